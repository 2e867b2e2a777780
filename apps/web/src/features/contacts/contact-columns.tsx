import type { Contact } from '@perennial/contracts';
import { Avatar, ChannelIcon, Copyable, Time, type Column } from '@perennial/ui';
import type { Say } from '../../app/text.tsx';
import { contactName } from './contact.ts';
import { isReachable } from './contact-status.ts';
import { SourceWord } from './SourceWord.tsx';
import classes from './Contacts.module.css';

/** What a list shows of a contact beside the values of its fields. */
export function contactColumns(t: Say): Column<Contact>[] {
  return [
    {
      id: 'name',
      header: t('contacts.column.name'),
      width: 180,
      grow: 2,
      fixed: true,
      sort: 'name',
      phone: 'title',
      cell: (contact) => <Name contact={contact} anonymous={t('app.contact.anonymous')} />,
    },
    {
      id: 'email',
      header: t('contacts.column.email'),
      width: 180,
      grow: 2,
      sort: 'email',
      phone: 'meta',
      cell: ({ email }) => (email ? <Copyable value={email} /> : null),
    },
    {
      id: 'phone',
      header: t('contacts.column.phone'),
      width: 132,
      grow: 1,
      cell: ({ phone }) => (phone ? <Copyable value={phone} /> : null),
    },
    {
      id: 'external_id',
      header: t('contacts.column.externalId'),
      width: 110,
      grow: 1,
      sort: 'external_id',
      cell: (contact) =>
        contact.external_id ? <Copyable value={contact.external_id} mono /> : null,
    },
    {
      id: 'reach',
      header: t('contacts.column.reach'),
      width: 104,
      cell: (contact) => <Reach contact={contact} />,
    },
    {
      id: 'tags',
      header: t('contacts.column.tags'),
      width: 140,
      optional: true,
      cell: ({ tags }) => tags.join(', '),
    },
    {
      id: 'source',
      header: t('contacts.column.source'),
      width: 96,
      cell: ({ source }) => <SourceWord source={source} />,
    },
    {
      id: 'created',
      header: t('contacts.column.created'),
      width: 100,
      align: 'end',
      sort: 'created_at',
      cell: (contact) => <Time at={contact.created_at} />,
    },
    {
      id: 'updated',
      header: t('contacts.column.updated'),
      width: 100,
      align: 'end',
      optional: true,
      sort: 'updated_at',
      cell: (contact) => <Time at={contact.updated_at} />,
    },
    {
      id: 'seen',
      header: t('contacts.column.seen'),
      width: 100,
      align: 'end',
      sort: 'last_seen_at',
      phone: 'end',
      cell: (contact) => <Time at={contact.last_seen_at} />,
    },
    {
      id: 'id',
      header: t('contacts.column.id'),
      width: 100,
      align: 'end',
      optional: true,
      cell: ({ id }) => <Copyable value={id} mono />,
    },
  ];
}

function Name({ contact, anonymous }: { contact: Contact; anonymous: string }) {
  const name = contactName(contact);
  return (
    <span className={classes.name}>
      <Avatar name={name ?? contact.id} size={24} />
      <span className={classes.nameText} data-anonymous={!name || undefined} dir="auto">
        {name ?? anonymous}
      </span>
    </span>
  );
}

/** One icon for each channel that may be used right now. */
function Reach({ contact }: { contact: Contact }) {
  const open = contact.channels.filter(({ status }) => isReachable(status));
  const channels = [...new Set(open.map(({ channel }) => channel))];
  return (
    <span className={classes.reach}>
      {channels.map((channel) => (
        <ChannelIcon key={channel} channel={channel} />
      ))}
    </span>
  );
}
