import { ActionIcon, Button, Menu } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { Arrangement, Contact } from '@perennial/contracts';
import {
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
import {
  IconDots,
  IconDownload,
  IconPlus,
  IconSearchOff,
  IconTrashOff,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useList } from '../../../app/data.ts';
import { ListTable } from '../../../app/ListTable.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useEscape } from '../../../app/use-escape.ts';
import { useGo, useTo } from '../../../app/use-to.ts';
import { useUrlState } from '../../../app/use-url-state.ts';
import { contactColumns } from '../contact-columns.tsx';
import { NewContact } from '../NewContact.tsx';
import { fieldColumns } from './field-columns.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FilterChips } from './FilterChips.tsx';
import { parse } from './filter.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useWorkspaceNames } from './use-workspace-names.ts';
import { useContactCount } from './use-contact-count.ts';
import { useSelected, type ListChoice } from './use-selected.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

/** All contacts: search, filters, sort, columns, saved views, and what is done with many. */
export function ContactsPage() {
  const t = useText();
  const go = useGo();
  const words = useWorkspaceNames();
  const [state, setState] = useUrlState({
    search: '',
    sort: '-created_at',
    identified: '',
    filter: '',
    deleted: '',
  });
  const { search, sort, identified, filter } = state;
  const deleted = state.deleted === 'true';
  const choice: ListChoice = { search, filter, identified, deleted };
  const columns = useMemo(
    () => [...contactColumns(t), ...fieldColumns(words.fields)],
    [t, words.fields],
  );
  const view = useTableView('contacts', columns);
  const which = {
    search,
    filter: filter || null,
    identified: identified || null,
    deleted: deleted ? 'true' : null,
  };
  const contacts = useList<Contact>('/contacts', { query: { ...which, sort, count: 'false' } });
  const { total, exact } = useContactCount(which, contacts.first);
  const selected = useSelected(choice);
  const mayWrite = useRight('contacts.write');
  const [creating, setCreating] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  useHotkeys([['/', () => page.current?.querySelector('input')?.focus()]]);
  useEscape(selected.clear);
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.contacts.all')}
          count={total}
          countIs={exact ? 'exact' : search ? 'least' : 'about'}
          actions={
            <>
              <More choice={selected.everything} total={total} exact={exact} words={words} />
              {mayWrite ? (
                <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
                  {t('contacts.new')}
                </Button>
              ) : null}
            </>
          }
        />
      }
    >
      <div ref={page}>
        <FilterRow
          end={
            <>
              <ViewsMenu
                current={() => arrangementOf(state, view.arrangement)}
                onOpen={(arrangement) => {
                  setState(stateOf(arrangement));
                  view.arrange(arrangement);
                }}
              />
              <TableViewMenu view={view} />
            </>
          }
        >
          <SearchField
            label={t('contacts.search')}
            value={search}
            onChange={(value) => setState({ search: value })}
          />
          <FilterChip
            single
            label={t('contacts.who')}
            fallback="identified"
            options={[
              { value: 'identified', label: t('contacts.who.identified') },
              { value: 'all', label: t('contacts.who.all') },
              { value: 'deleted', label: t('contacts.state.deleted') },
            ]}
            value={deleted ? ['deleted'] : identified ? [identified] : []}
            onChange={([value]) =>
              setState({
                identified: value === 'all' ? 'all' : '',
                deleted: value === 'deleted' ? 'true' : '',
              })
            }
          />
          <FilterChips filter={filter} onChange={(next) => setState({ filter: next })} />
        </FilterRow>
      </div>
      <ListTable
        label={t('app.contacts.all')}
        view={view}
        list={contacts}
        rowKey={(contact) => contact.id}
        onOpen={(contact) => go(`contacts/${contact.id}`)}
        sort={parseSort(sort)}
        onSort={(next) => setState({ sort: formatSort(next) })}
        selection={selected.selection}
        empty={<Empty choice={choice} onClear={() => setState({ search: '', filter: '' })} />}
      />
      <SelectionBar
        selected={selected}
        words={words}
        deleted={deleted}
        loaded={contacts.items.length}
        total={total}
        exact={exact}
      />
      {creating ? <NewContact onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

type State = Record<'search' | 'sort' | 'identified' | 'filter' | 'deleted', string>;

function arrangementOf(
  { search, sort, identified, filter, deleted }: State,
  table: Pick<Arrangement, 'columns' | 'widths' | 'density'>,
): Arrangement {
  const node = parse(filter);
  return {
    ...table,
    sort,
    ...(search && { search }),
    ...(node && { filter: node as never }),
    ...(identified && { identified: 'all' as const }),
    ...(deleted && { deleted: true }),
  };
}

function stateOf({ search, sort, identified, filter, deleted }: Arrangement): State {
  return {
    search: search ?? '',
    sort: sort ?? '-created_at',
    identified: identified === 'all' ? 'all' : '',
    filter: filter === undefined ? '' : JSON.stringify(filter),
    deleted: deleted ? 'true' : '',
  };
}

interface MoreProps {
  choice: ReturnType<typeof useSelected>['everything'];
  total: number | null | undefined;
  exact: boolean;
  words: ReturnType<typeof useWorkspaceNames>;
}

function More({ choice, total, exact, words }: MoreProps) {
  const t = useText();
  const to = useTo();
  const mayExport = useRight('contacts.export');
  const seesPersonal = useRight('contacts.read_personal');
  const [exporting, setExporting] = useState(false);
  if (!seesPersonal) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('contacts.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={to('contacts/duplicates')}
            leftSection={<IconUsersGroup size={14} />}
          >
            {t('contacts.duplicates')}
          </Menu.Item>
          {mayExport ? (
            <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => setExporting(true)}>
              {t('contacts.export')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {exporting ? (
        <ExportDialog
          selection={choice()}
          count={total ?? undefined}
          exact={exact}
          words={words}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </>
  );
}

function Empty({ choice, onClear }: { choice: ListChoice; onClear: () => void }) {
  const t = useText();
  const to = useTo();
  const { search, filter, deleted } = choice;
  if (search || filter) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title={search ? t('contacts.noMatch.title', { search }) : t('contacts.noMatch.filter')}
        actions={
          <Button variant="default" onClick={onClear}>
            {filter ? t('contacts.noMatch.clear') : t('contacts.noMatch.action')}
          </Button>
        }
      >
        {search ? t('contacts.noMatch.detail') : t('contacts.noMatch.filterDetail')}
      </EmptyState>
    );
  }
  if (deleted) {
    return (
      <EmptyState icon={IconTrashOff} title={t('contacts.noDeleted.title')}>
        {t('contacts.noDeleted.detail')}
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
