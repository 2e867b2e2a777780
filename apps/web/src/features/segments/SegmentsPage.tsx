import { Button } from '@mantine/core';
import { SEGMENT_KINDS, type ListedSegment } from '@perennial/contracts';
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
import { IconCirclesRelation, IconSearchOff, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { TagFilter } from '../tags/TagFilter.tsx';
import { Examples } from './Examples.tsx';
import { NewList } from './NewList.tsx';
import { NewMenu } from './NewMenu.tsx';
import { segmentColumns } from './segment-columns.tsx';
import { useSizesOfSome } from './use-day-sizes.ts';

/** What is being computed is looked at more often: its percent goes on. */
function lookEvery(segments: readonly ListedSegment[]): number {
  return segments.some(({ state }) => state === 'computing') ? 2_000 : 10_000;
}

/** Lists and dynamic segments in one table: search, kind, tags, sort; a row opens one. */
export function SegmentsPage() {
  const t = useText();
  const go = useGo();
  const to = useTo();
  const mayWrite = useRight('segments.write');
  const [adding, setAdding] = useState(false);
  const [state, setState] = useUrlState({
    search: '',
    kind: '',
    tag: '',
    archived: '',
    sort: 'name',
  });
  const segments = useList<ListedSegment>('/segments', {
    query: {
      search: state.search,
      kind: state.kind || null,
      tag: state.tag || null,
      archived: state.archived || null,
      sort: state.sort,
    },
    every: lookEvery,
  });
  const sizes = useSizesOfSome(segments.items.map(({ id }) => id));
  const columns = useMemo(() => segmentColumns(t, sizes, { mayWrite }), [t, sizes, mayWrite]);
  const view = useTableView('segments', columns);
  const add = mayWrite ? <NewMenu onList={() => setAdding(true)} /> : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.contacts.segments')}
          count={segments.total}
          detail={t('segments.detail')}
          actions={
            <>
              <Button
                variant="default"
                component={Link}
                to={to('segments/overlap')}
                leftSection={<IconCirclesRelation size={16} />}
              >
                {t('segments.overlap')}
              </Button>
              {add}
            </>
          }
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('segments.search')}
          value={state.search}
          onChange={(search) => setState({ search })}
        />
        <FilterChip
          single
          label={t('segments.filter.kind')}
          value={splitChoices(state.kind)}
          onChange={([kind]) => setState({ kind: kind ?? '' })}
          options={SEGMENT_KINDS.map((kind) => ({
            value: kind,
            label: t(`segments.kind.${kind}`),
          }))}
        />
        <TagFilter kind="segment" value={state.tag} onChange={(tag) => setState({ tag })} />
        <FilterChip
          single
          label={t('segments.filter.archived')}
          unset={t('segments.filter.archived.unset')}
          value={state.archived ? [state.archived] : []}
          onChange={([archived]) => setState({ archived: archived ?? '' })}
          options={[{ value: 'true', label: t('segments.filter.archived.only') }]}
        />
      </FilterRow>
      <ListTable
        label={t('app.contacts.segments')}
        view={view}
        list={segments}
        rowKey={(segment) => segment.id}
        onOpen={(segment) => go(`segments/${segment.id}`)}
        sort={parseSort(state.sort)}
        onSort={(sort) => setState({ sort: formatSort(sort) })}
        empty={
          state.search || state.tag || state.kind ? (
            <EmptyState
              icon={IconSearchOff}
              title={t('segments.noMatch.title')}
              actions={
                <Button
                  variant="default"
                  onClick={() => setState({ search: '', kind: '', tag: '', archived: '' })}
                >
                  {t('segments.noMatch.action')}
                </Button>
              }
            >
              {t('segments.noMatch.detail')}
            </EmptyState>
          ) : state.archived ? (
            <EmptyState icon={IconUsersGroup} title={t('segments.noDeleted')} />
          ) : (
            <EmptyState icon={IconUsersGroup} title={t('segments.empty.title')} actions={add}>
              {t('segments.empty.detail')}
              {mayWrite ? <Examples wide /> : null}
            </EmptyState>
          )
        }
      />
      {adding ? <NewList onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
