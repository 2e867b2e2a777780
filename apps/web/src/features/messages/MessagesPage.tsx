import { Button } from '@mantine/core';
import type { Message } from '@perennial/contracts';
import {
  ChannelIcon,
  ChannelLabel,
  Copyable,
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  TableViewMenu,
  Time,
  useChannelName,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconMail, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { messageChannels } from './message.ts';

/** The library: messages of all channels. */
export function MessagesPage() {
  const t = useText();
  const go = useGo();
  const channelName = useChannelName();
  const [{ search, channel }, setState] = useUrlState({ search: '', channel: '' });
  const columns = useMemo(() => messageColumns(t), [t]);
  const view = useTableView('messages', columns);
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  const chosen = splitChoices(channel);
  const shown = messages.items.filter(
    (message) =>
      matches(message, search) && (chosen.length === 0 || chosen.includes(message.channel)),
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.messages.library')}
          count={messages.first ? shown.length : null}
          actions={<NewMessageButton />}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('messages.library.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <FilterChip
          label={t('messages.library.channel')}
          value={chosen}
          onChange={(value) => setState({ channel: value.join(',') })}
          options={messageChannels.map((each) => ({
            value: each,
            label: channelName(each),
            icon: <ChannelIcon channel={each} />,
            count: messages.items.filter((message) => message.channel === each).length,
          }))}
        />
      </FilterRow>
      <ListTable
        label={t('app.messages.library')}
        view={view}
        list={messages}
        rows={shown}
        rowKey={(message) => message.id}
        onOpen={(message) => go(`messages/${message.id}`)}
        empty={
          messages.items.length > 0 ? (
            <EmptyState icon={IconSearchOff} title={t('messages.noMatch')} />
          ) : (
            <EmptyState
              icon={IconMail}
              title={t('messages.empty.title')}
              actions={<NewMessageButton />}
            >
              {t('messages.empty.detail')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function NewMessageButton() {
  const t = useText();
  const to = useTo();
  if (!useRight('messages.write')) return null;
  return (
    <Button component={Link} to={to('messages/new')} leftSection={<IconPlus size={16} />}>
      {t('messages.library.new')}
    </Button>
  );
}

function matches(message: Message, search: string): boolean {
  const wanted = search.toLocaleLowerCase();
  return [message.name, message.key, ...message.tags].some((text) =>
    text.toLocaleLowerCase().includes(wanted),
  );
}

function messageColumns(t: Say): Column<Message>[] {
  return [
    {
      id: 'name',
      header: t('messages.column.name'),
      width: 240,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span dir="auto" style={{ fontWeight: 500 }}>
          {name}
        </span>
      ),
    },
    {
      id: 'channel',
      header: t('messages.column.channel'),
      width: 140,
      phone: 'meta',
      cell: ({ channel }) => <ChannelLabel channel={channel} />,
    },
    {
      id: 'languages',
      header: t('messages.column.languages'),
      width: 120,
      grow: 1,
      cell: (message) => languagesOf(message).join(', '),
    },
    {
      id: 'tags',
      header: t('messages.column.tags'),
      width: 140,
      grow: 1,
      cell: ({ tags }) => tags.join(', '),
    },
    {
      id: 'key',
      header: t('messages.column.key'),
      width: 160,
      optional: true,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'updated',
      header: t('messages.column.updated'),
      width: 120,
      align: 'end',
      phone: 'end',
      cell: (message) => <Time at={message.updated_at} />,
    },
  ];
}

/** The default language first. Lists may leave the content out. */
function languagesOf(message: Message): string[] {
  const others = Object.keys(message.content ?? {}).filter(
    (tag) => tag !== message.default_language,
  );
  return [message.default_language, ...others];
}
