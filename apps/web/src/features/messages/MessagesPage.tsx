import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { MOST_BULK_MESSAGES, type ListedMessage } from '@perennial/contracts';
import {
  CardGrid,
  EmptyState,
  formatSort,
  Page,
  PageHeader,
  parseSort,
  TableViewMenu,
  useTableSelection,
  useTableView,
} from '@perennial/ui';
import { IconArchive, IconMail, IconPlus, IconSearchOff, IconTemplate } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { LibraryBulk } from './library/LibraryBulk.tsx';
import { LibraryFilters, type LibraryView } from './library/LibraryFilters.tsx';
import { messageColumns } from './library/message-columns.tsx';
import { MessageCard } from './library/MessageCard.tsx';
import { useLibraryState } from './library/use-library-state.ts';

const CARD_HEIGHT = 290;

/** The library: messages of all channels, as pictures or in a table. */
export function MessagesPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('messages.write');
  const { state, setState, query, filtered, clear } = useLibraryState();
  const [shape, setShape] = useLocalStorage<LibraryView>({
    key: 'perennial.library.view',
    defaultValue: 'gallery',
    getInitialValueInEffect: false,
  });
  const selection = useTableSelection();
  const columns = useMemo(() => messageColumns(t, { mayWrite }), [t, mayWrite]);
  const view = useTableView('messages', columns);
  const messages = useList<ListedMessage>('/messages', { query });
  const languages = useMemo(
    () => [...new Set(messages.items.flatMap(({ languages: own }) => own))].sort(),
    [messages.items],
  );
  const open = ({ id }: ListedMessage) => go(`messages/${id}`);
  const shared = {
    label: t('app.messages.library'),
    onOpen: open,
    empty: <Empty what={state.what} filtered={filtered} onClear={clear} />,
    ...(mayWrite && { selection: bounded(selection) }),
  };
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.messages.library')}
          count={messages.total}
          actions={<NewMessageButton />}
        />
      }
    >
      <LibraryFilters
        state={state}
        onState={(change) => {
          setState(change);
          selection.clear();
        }}
        languages={languages}
        view={shape}
        onView={setShape}
        menu={<TableViewMenu view={view} />}
      />
      {shape === 'table' ? (
        <ListTable
          {...shared}
          view={view}
          list={messages}
          rowKey={(message) => message.id}
          sort={parseSort(state.sort)}
          onSort={(sort) => setState({ sort: formatSort(sort) })}
        />
      ) : messages.error && messages.items.length === 0 ? (
        <Problem error={messages.error} onRetry={messages.retry} />
      ) : (
        <CardGrid
          {...shared}
          items={messages.items}
          itemKey={(message) => message.id}
          height={CARD_HEIGHT}
          renderCard={(message) => (
            <MessageCard message={message} selection={shared.selection} mayWrite={mayWrite} />
          )}
          loading={messages.loading}
          hasMore={messages.hasMore}
          loadingMore={messages.loadingMore}
          onMore={messages.more}
        />
      )}
      <LibraryBulk
        selection={selection}
        messages={messages.items}
        archived={state.what === 'archived'}
      />
    </Page>
  );
}

/** No more can be chosen than one call changes. */
function bounded(selection: ReturnType<typeof useTableSelection>): typeof selection {
  return {
    ...selection,
    toggle: (key) => {
      if (selection.keys.has(key) || selection.keys.size < MOST_BULK_MESSAGES)
        selection.toggle(key);
    },
    toggleAll: (keys) => selection.toggleAll(keys.slice(0, MOST_BULK_MESSAGES)),
  };
}

interface EmptyProps {
  what: string;
  filtered: boolean;
  onClear: () => void;
}

function Empty({ what, filtered, onClear }: EmptyProps) {
  const t = useText();
  if (filtered) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title={t('messages.noMatch')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('library.clear')}
          </Button>
        }
      >
        {t('library.noMatch.detail')}
      </EmptyState>
    );
  }
  if (what === 'templates') {
    return (
      <EmptyState icon={IconTemplate} title={t('library.noTemplates.title')}>
        {t('library.noTemplates.detail')}
      </EmptyState>
    );
  }
  if (what === 'archived') return <EmptyState icon={IconArchive} title={t('library.noArchived')} />;
  return (
    <EmptyState icon={IconMail} title={t('messages.empty.title')} actions={<NewMessageButton />}>
      {t('messages.empty.detail')}
    </EmptyState>
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
