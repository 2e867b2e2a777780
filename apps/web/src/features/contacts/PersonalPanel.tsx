import type { ContactCard } from '@perennial/contracts';
import { Panel, useNow } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import type { CardField } from './edit/card-field.ts';
import { EditableFact } from './edit/EditableFact.tsx';
import { ageOn } from './age-on.ts';
import { sayValue } from './say-value.ts';
import { useCardFields } from './use-card-fields.ts';
import { useMayEdit } from './use-may-edit.ts';
import classes from './ContactPage.module.css';

/** As people introduce themselves; what is not named comes last. */
const order = ['first_name', 'last_name', 'email', 'phone', 'gender', 'birthday', 'language'];

function rank({ key }: CardField): number {
  const at = order.indexOf(key);
  if (key === 'contact_key') return order.length + 2;
  if (key === 'device_platform') return order.length + 1;
  return at < 0 ? order.length : at;
}

/** Who the contact is, in the fields that every workspace has. */
export function PersonalPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { system } = useCardFields();
  const editable = useMayEdit(contact);
  const postal = (key: string) => key.startsWith('address.');
  // The source stands beside the time of creation.
  const personal = system.filter(({ key }) => !postal(key) && key !== 'source');
  return (
    <Panel title={t('contacts.personal')}>
      <dl className={classes.facts}>
        {personal
          .toSorted((a, b) => rank(a) - rank(b))
          .map((field) => (
            <EditableFact
              key={field.key}
              contact={contact}
              field={field}
              editable={editable && !field.readOnly}
              shown={shownOf(field.key, contact)}
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

/** Of some fields more than the value is shown. */
function shownOf(key: string, { time_zone: zone, birthday }: ContactCard) {
  if (key === 'time_zone' && zone) return <LocalTime zone={zone} />;
  return key === 'birthday' && birthday ? <Birthday day={birthday} /> : undefined;
}

/** A birthday with the age of today. */
function Birthday({ day }: { day: string }) {
  const t = useText();
  const intl = useIntl();
  const age = ageOn(day, new Date(useNow()).toISOString().slice(0, 10));
  const said = sayValue(day, intl);
  return age === undefined ? said : t('contacts.birthday.age', { day: said, age });
}

/** A zone with the time it is there. */
function LocalTime({ zone }: { zone: string }) {
  const intl = useIntl();
  const now = useNow();
  const there = intl.formatTime(now, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return `${zone.replaceAll('_', ' ')} · ${there}`;
}
