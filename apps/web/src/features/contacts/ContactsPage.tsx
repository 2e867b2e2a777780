import { Button } from '@mantine/core';
import type { Contact } from '@perennial/contracts';
import {
  DataTable,
  EmptyState,
  FilterChip,
  FilterRow,
  formatSort,
  Page,
  PageHeader,
  parseSort,
  SearchField,
  TableViewMenu,
  useTableView,
} from '@perennial/ui';
import { IconSearchOff, IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { contactColumns } from './contact-columns.tsx';

/** All contacts: search, sort, columns, endless scrolling; a row opens the card. */
export function ContactsPage() {
  const t = useText();
  const go = useGo();
  const [{ search, sort, identified }, setState] = useUrlState({
    search: '',
    sort: '-created_at',
    identified: '',
  });
  const columns = useMemo(() => contactColumns(t), [t]);
  const view = useTableView('contacts', columns);
  const contacts = useList<Contact>('/contacts', {
    query: { search, sort, identified: identified || null },
  });
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.contacts.all')}
          count={contacts.total}
          countIsMore={contacts.first?.total_exact === false}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('contacts.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <FilterChip
          single
          label={t('contacts.who')}
          unset={t('contacts.who.identified')}
          options={[{ value: 'all', label: t('contacts.who.all') }]}
          value={identified ? [identified] : []}
          onChange={([value]) => setState({ identified: value ?? '' })}
        />
      </FilterRow>
      {contacts.error && contacts.items.length === 0 ? (
        <Problem error={contacts.error} onRetry={contacts.retry} />
      ) : (
        <DataTable
          label={t('app.contacts.all')}
          view={view}
          rows={contacts.items}
          rowKey={(contact) => contact.id}
          onOpen={(contact) => go(`contacts/${contact.id}`)}
          sort={parseSort(sort)}
          onSort={(next) => setState({ sort: formatSort(next) })}
          loading={contacts.loading}
          hasMore={contacts.hasMore}
          loadingMore={contacts.loadingMore}
          onMore={contacts.more}
          empty={<Empty search={search} onClear={() => setState({ search: '' })} />}
        />
      )}
    </Page>
  );
}

function Empty({ search, onClear }: { search: string; onClear: () => void }) {
  const t = useText();
  const to = useTo();
  if (search) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title={t('contacts.noMatch.title', { search })}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('contacts.noMatch.action')}
          </Button>
        }
      >
        {t('contacts.noMatch.detail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconUsers}
      title={t('contacts.empty.title')}
      actions={
        <Button component={Link} to={to('')}>
          {t('contacts.empty.action')}
        </Button>
      }
    >
      {t('contacts.empty.detail')}
    </EmptyState>
  );
}
