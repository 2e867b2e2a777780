import type { ContactCard, ContactChannel } from '@perennial/contracts';
import {
  ChannelIcon,
  Copyable,
  Fact,
  Facts,
  Panel,
  StatusBadge,
  Time,
  useChannelName,
  useNow,
} from '@perennial/ui';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Rich, useText } from '../../app/text.tsx';
import { channelStatusLook } from './contact-status.ts';
import { ConflictsPanel } from './ConflictsPanel.tsx';
import { DevicesPanel } from './DevicesPanel.tsx';
import { FieldValue } from './FieldValue.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
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
        <CategoriesPanel categories={contact.categories} />
        <DevicesPanel devices={contact.devices} />
        <ConflictsPanel conflicts={contact.conflicts} />
      </div>
    </div>
  );
}

function ChannelsPanel({ channels }: { channels: readonly ContactChannel[] }) {
  const t = useText();
  return (
    <Panel title={t('contacts.channels')}>
      {channels.length === 0 ? <p className={classes.none}>{t('contacts.channels.none')}</p> : null}
      {channels.map((address) => (
        <Address key={`${address.channel} ${address.address}`} address={address} />
      ))}
    </Panel>
  );
}

function Address({ address }: { address: ContactChannel }) {
  const t = useText();
  const name = useChannelName();
  const look = channelStatusLook(address.status);
  return (
    <div className={classes.address}>
      <ChannelIcon channel={address.channel} />
      <Copyable value={address.address} mono={address.channel.includes('push')} />
      <StatusBadge tone={look.tone}>{t(look.text)}</StatusBadge>
      <div className={classes.reason}>
        {name(address.channel)}
        {address.app ? ` · ${address.app}` : ''}
        {address.status_at ? (
          <>
            {' · '}
            <Rich
              id="contacts.channels.since"
              values={{ at: <Time key="at" at={address.status_at} /> }}
            />
          </>
        ) : null}
        {address.reason ? ` · ${address.reason}` : ''}
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

function CategoriesPanel({ categories }: { categories: readonly string[] }) {
  const t = useText();
  return (
    <Panel title={t('contacts.categories')}>
      {categories.length === 0 ? (
        <p className={classes.none}>{t('contacts.categories.none')}</p>
      ) : (
        <div className={classes.chips}>
          {categories.map((category) => (
            <span key={category} className={classes.chip} dir="auto">
              {category}
            </span>
          ))}
        </div>
      )}
    </Panel>
  );
}
