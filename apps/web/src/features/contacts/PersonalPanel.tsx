import type { ContactCard } from '@perennial/contracts';
import { Panel, useNow } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import type { CardField } from './edit/card-field.ts';
import { EditableFact } from './edit/EditableFact.tsx';
import { useCardFields } from './use-card-fields.ts';
import { useMayEdit } from './use-may-edit.ts';
import classes from './ContactPage.module.css';

/** As people introduce themselves; what is not named comes last. */
const order = ['first_name', 'last_name', 'email', 'phone', 'gender', 'birthday', 'language'];

function rank({ key }: CardField): number {
  const at = order.indexOf(key);
  if (key === 'contact_key') return order.length + 1;
  return at < 0 ? order.length : at;
}

/** Who the contact is, in the fields that every workspace has. */
export function PersonalPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { system } = useCardFields();
  const editable = useMayEdit(contact);
  const postal = (key: string) => key.startsWith('address.');
  return (
    <Panel title={t('contacts.personal')}>
      <dl className={classes.facts}>
        {system
          .filter(({ key }) => !postal(key))
          .toSorted((a, b) => rank(a) - rank(b))
          .map((field) => (
            <EditableFact
              key={field.key}
              contact={contact}
              field={field}
              editable={editable}
              {...(field.key === 'time_zone' && contact.time_zone
                ? { shown: <LocalTime zone={contact.time_zone} /> }
                : {})}
            />
          ))}
      </dl>
      <h3 className={classes.subtitle}>{t('contacts.field.address')}</h3>
      <dl className={classes.facts}>
        {system
          .filter(({ key }) => postal(key))
          .map((field) => (
            <EditableFact key={field.key} contact={contact} field={field} editable={editable} />
          ))}
      </dl>
    </Panel>
  );
}

/** A zone with the time it is there. */
function LocalTime({ zone }: { zone: string }) {
  const intl = useIntl();
  const now = useNow();
  const there = intl.formatTime(now, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return `${zone.replaceAll('_', ' ')} · ${there}`;
}
