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
import type { Contact, ContactChannel } from './contact.ts';
import { channelStatusLook } from './contact-status.ts';
import { DevicesPanel } from './DevicesPanel.tsx';
import { FieldValue } from './FieldValue.tsx';
import { MembershipsPanel } from './MembershipsPanel.tsx';
import classes from './ContactPage.module.css';

export function InformationTab({ contact }: { contact: Contact }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <ChannelsPanel channels={contact.channels} />
        <PersonalPanel contact={contact} />
        <IdentityPanel contact={contact} />
      </div>
      <div className={classes.column}>
        <CustomPanel custom={contact.custom} />
        <MembershipsPanel contactId={contact.id} />
        <CategoriesPanel categories={contact.categories} />
        <DevicesPanel contact={contact} />
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
      <StatusBadge tone={look?.tone ?? 'neutral'}>
        {look ? t(look.text) : address.status}
      </StatusBadge>
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
  'address',
] as const;

function PersonalPanel({ contact }: { contact: Contact }) {
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

function IdentityPanel({ contact }: { contact: Contact }) {
  const t = useText();
  return (
    <Panel title={t('contacts.identity')}>
      <Facts>
        <Fact label={t('contacts.column.id')}>
          <Copyable value={contact.id} mono />
        </Fact>
        <Fact label={t('contacts.column.externalId')}>
          {contact.external_id ? <Copyable value={contact.external_id} mono /> : null}
        </Fact>
        <Fact label={t('contacts.column.source')}>{contact.source}</Fact>
        <Fact label={t('contacts.column.created')}>
          <Time at={contact.created_at} style="exact" />
        </Fact>
        <Fact label={t('contacts.column.updated')}>
          <Time at={contact.updated_at} style="exact" />
        </Fact>
        <Fact label={t('contacts.column.seen')}>
          {contact.last_seen_at ? <Time at={contact.last_seen_at} style="exact" /> : null}
        </Fact>
        <Fact label={t('contacts.column.tags')}>{contact.tags.join(', ')}</Fact>
      </Facts>
    </Panel>
  );
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
