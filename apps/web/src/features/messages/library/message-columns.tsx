import type { ListedMessage } from '@perennial/contracts';
import { ChannelLabel, Copyable, Time, type Column } from '@perennial/ui';
import type { Say } from '../../../app/text.tsx';
import { UsedBy } from '../../segments/UsedBy.tsx';
import { TagsCell } from '../../tags/TagsCell.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { MessagePicture } from './MessagePicture.tsx';
import classes from './Library.module.css';

/** What can be shown of a message in the table of them. */
export function messageColumns(
  t: Say,
  { mayWrite }: { mayWrite: boolean },
): Column<ListedMessage>[] {
  return [
    {
      id: 'name',
      header: t('messages.column.name'),
      width: 220,
      grow: 3,
      fixed: true,
      phone: 'title',
      sort: 'name',
      cell: (message) => (
        <span className={classes.named}>
          <span className={classes.thumb}>
            <MessagePicture message={message} />
          </span>
          <span className={classes.name} dir="auto">
            {message.name}
          </span>
        </span>
      ),
      phoneCell: ({ name }) => <span dir="auto">{name}</span>,
    },
    {
      id: 'channel',
      header: t('messages.column.channel'),
      width: 120,
      phone: 'meta',
      cell: ({ channel }) => <ChannelLabel channel={channel} />,
    },
    {
      id: 'subject',
      header: t('library.column.subject'),
      width: 160,
      grow: 2,
      optional: true,
      cell: ({ subject }) => (
        <span className={classes.muted} dir="auto">
          {subject}
        </span>
      ),
    },
    {
      id: 'languages',
      header: t('messages.column.languages'),
      width: 96,
      yields: 3,
      cell: ({ languages }) => languages.join(', '),
    },
    {
      id: 'used',
      header: t('library.column.used'),
      width: 130,
      grow: 1,
      yields: 2,
      cell: ({ used_by: uses }) => <UsedBy uses={uses} />,
    },
    {
      id: 'tags',
      header: t('messages.column.tags'),
      width: 176,
      grow: 1,
      yields: 1,
      cell: ({ id, name, tags }) => (
        <TagsCell path={`/messages/${id}`} name={name} tags={tags} readOnly={!mayWrite} />
      ),
    },
    {
      id: 'key',
      header: t('messages.column.key'),
      width: 160,
      optional: true,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'sent',
      header: t('library.column.sent'),
      width: 100,
      align: 'end',
      sort: 'last_sent_at',
      cell: ({ last_sent_at: at }) => (at ? <Time at={at} /> : '–'),
    },
    {
      id: 'updated',
      header: t('messages.column.updated'),
      width: 100,
      align: 'end',
      phone: 'end',
      sort: 'updated_at',
      cell: (message) => <Time at={message.updated_at} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'menu',
            header: '',
            width: 44,
            fixed: true,
            align: 'end' as const,
            phone: 'action' as const,
            cell: (message: ListedMessage) => <MessageMenu message={message} />,
          },
        ]
      : []),
  ];
}
