import type { ContactCard } from '@perennial/contracts';
import { Fact, Facts, Panel, useNow } from '@perennial/ui';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { CategoriesPanel } from './CategoriesPanel.tsx';
import { ChannelsPanel } from './ChannelsPanel.tsx';
import { ConflictsPanel } from './ConflictsPanel.tsx';
import { ConsentPanel } from './ConsentPanel.tsx';
import { DevicesPanel } from './DevicesPanel.tsx';
import { FieldValue } from './FieldValue.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { MergesPanel } from '../merges/MergesPanel.tsx';
import { OrdersPanel } from './OrdersPanel.tsx';
import { ListsPanel } from './ListsPanel.tsx';
import classes from './ContactPage.module.css';

export function InformationTab({ contact }: { contact: ContactCard }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <ChannelsPanel channels={contact.channels} />
        <PersonalPanel contact={contact} />
        <IdentityPanel contact={contact} />
      </div>
      <div className={classes.column}>
        <ListsPanel contactId={contact.id} />
        <CustomPanel custom={contact.custom} />
        <CategoriesPanel contact={contact} />
        <ConsentPanel contact={contact} />
        <OrdersPanel contactId={contact.id} />
        <DevicesPanel devices={contact.devices} />
        <ConflictsPanel conflicts={contact.conflicts} />
        <MergesPanel contactId={contact.id} />
      </div>
    </div>
  );
}

const personal = [
  'first_name',
  'last_name',
  'gender',
  'birthday',
  'country',
  'region',
  'city',
] as const;

function PersonalPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const intl = useIntl();
  const now = useNow();
  const language = contact.language
    ? intl.formatDisplayName(contact.language, { type: 'language', fallback: 'code' })
    : null;
  return (
    <Panel title={t('contacts.personal')}>
      <Facts>
        {personal.map((field) => (
          <Fact key={field} label={t(`contacts.field.${field}`)}>
            <FieldValue value={contact[field]} />
          </Fact>
        ))}
        <Fact label={t('contacts.field.address')}>{addressOf(contact)}</Fact>
        <Fact label={t('contacts.field.language')}>{language}</Fact>
        <Fact label={t('contacts.field.time_zone')}>
          {contact.time_zone ? <LocalTime zone={contact.time_zone} now={now} /> : null}
        </Fact>
      </Facts>
    </Panel>
  );
}

function LocalTime({ zone, now }: { zone: string; now: number }): ReactNode {
  const intl = useIntl();
  const there = intl.formatTime(now, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return `${zone.replaceAll('_', ' ')} · ${there}`;
}

function addressOf({ address }: ContactCard): string | null {
  if (!address) return null;
  const { street, postcode, town, region, country } = address;
  return [street, postcode, town, region, country].filter(Boolean).join(', ') || null;
}

function CustomPanel({ custom }: { custom: Record<string, unknown> }) {
  const t = useText();
  const entries = Object.entries(custom);
  return (
    <Panel title={t('contacts.custom')}>
      {entries.length === 0 ? <p className={classes.none}>{t('contacts.custom.none')}</p> : null}
      <Facts>
        {entries.map(([key, value]) => (
          <Fact key={key} label={key}>
            <FieldValue value={value} />
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}
