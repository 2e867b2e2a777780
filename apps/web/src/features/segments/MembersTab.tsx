import { Button } from '@mantine/core';
import type { Field, Member, MembersChanged, SegmentDetail } from '@perennial/contracts';
import {
  BulkBar,
  EmptyState,
  FilterRow,
  formatSort,
  parseSort,
  SearchField,
  TableViewMenu,
  Time,
  useTableSelection,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconSearchOff, IconUserMinus, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { contactColumns } from '../contacts/contact-columns.tsx';
import { fieldColumns } from '../contacts/list/field-columns.tsx';
import { AddMembers } from './AddMembers.tsx';
import { changeMembers } from './change-members.ts';
import { eventPathsIn } from './editor/trial.ts';
import classes from './Segments.module.css';

/** Who is in it: search; into and out of a list contacts are put here. */
export function MembersTab({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const go = useGo();
  const isList = segment.kind === 'list';
  const mayWrite = useRight('segments.write') && segment.archived_at === null && isList;
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const [adding, setAdding] = useState(false);
  const [{ search, sort }, setState] = useUrlState({ search: '', sort: '-entered_at' });
  const { items: fields } = useList<Field>('/fields', { query: { limit: 500 } });
  const columns = useMemo(() => memberColumns(t, fields), [t, fields]);
  const view = useTableView('members', columns);
  const selection = useTableSelection();
  const members = useList<Member>(`/segments/${segment.id}/members`, {
    query: { search, sort },
    every: 5_000,
  });
  const change = useChange(
    (api, changes: { add?: string[]; remove?: string[] }) =>
      changeMembers(api, segment.id, changes),
    ['/segments', '/contacts'],
  );
  const remove = () => {
    const ids = [...selection.keys];
    change.mutate(
      { remove: ids },
      {
        onError: showProblem,
        onSuccess: ({ removed }: MembersChanged) => {
          selection.clear();
          showUndo(t('segments.members.removed', { count: removed, name: segment.name }), () =>
            change.mutate({ add: ids }, { onError: showProblem }),
          );
        },
      },
    );
  };
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('segments.members.add')}
    </Button>
  ) : null;
  return (
    <>
      <div className={classes.filters}>
        <FilterRow
          end={
            <>
              {add}
              <TableViewMenu view={view} />
            </>
          }
        >
          <SearchField
            label={t('segments.members.search')}
            value={search}
            onChange={(value) => setState({ search: value })}
          />
        </FilterRow>
      </div>
      <ListTable
        label={t('segments.tab.members')}
        view={view}
        list={members}
        rowKey={({ contact }) => contact.id}
        onOpen={({ contact }) => go(`contacts/${contact.id}`)}
        sort={parseSort(sort)}
        onSort={(next) => setState({ sort: formatSort(next) })}
        {...(mayWrite ? { selection } : {})}
        empty={
          search ? (
            <EmptyState icon={IconSearchOff} title={t('segments.members.noMatch', { search })} />
          ) : (
            <EmptyState
              icon={IconUsersGroup}
              title={t(`segments.members.${emptyAs(segment)}.title`)}
              actions={add}
            >
              {t(`segments.members.${emptyAs(segment)}.detail`)}
            </EmptyState>
          )
        }
      />
      {mayWrite ? (
        <BulkBar selection={selection}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUserMinus size={14} />}
            loading={change.isPending}
            onClick={remove}
          >
            {t('segments.members.remove')}
          </Button>
        </BulkBar>
      ) : null}
      {adding ? <AddMembers segment={segment} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

/** Why nobody is in it. */
function emptyAs(segment: SegmentDetail) {
  if (segment.kind === 'list') return 'empty';
  if (eventPathsIn(segment.definition).length > 0) return 'emptyEvent';
  return segment.version === 0 && segment.state === 'computing' ? 'emptyFirst' : 'emptyDynamic';
}

/** Off until chosen, so that the entry fits in. */
const LEFT_OUT = new Set(['source', 'created']);

/** Those of a contact, with when it entered; members are sorted by nothing else. */
function memberColumns(t: Say, fields: readonly Field[]): Column<Member>[] {
  const ofContact = [...contactColumns(t), ...fieldColumns(fields)].map(
    ({ cell, phoneCell, sort: _sort, phone, ...column }): Column<Member> => ({
      ...column,
      ...(column.id === 'created' && { sort: 'created_at' }),
      ...(LEFT_OUT.has(column.id) && { optional: true }),
      ...(phone && phone !== 'end' && { phone }),
      ...(phoneCell && { phoneCell: ({ contact }: Member) => phoneCell(contact) }),
      cell: ({ contact }) => cell(contact),
    }),
  );
  const entered: Column<Member> = {
    id: 'entered',
    header: t('segments.members.entered'),
    width: 110,
    align: 'end',
    sort: 'entered_at',
    phone: 'end',
    cell: (member) => <Time at={member.entered_at} />,
  };
  return [...ofContact, entered];
}
