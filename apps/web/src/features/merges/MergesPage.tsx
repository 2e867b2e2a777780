import type { Merge } from '@perennial/contracts';
import {
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
  type Tone,
} from '@perennial/ui';
import { IconArrowsJoin, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { whyWords } from './merge-words.ts';
import { UndoButton } from './UndoButton.tsx';
import { UndoMerge } from './UndoMerge.tsx';

const states = ['applied', 'undone', 'decided'] as const;
const hows = ['true', 'false'] as const;
const tones: Record<Merge['state'], Tone> = {
  applied: 'success',
  decided: 'info',
  undone: 'neutral',
};

/** All merges of the workspace, newest first. */
export function MergesPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('contacts.write');
  const [{ state, how }, setState] = useUrlState({ state: '', how: '' });
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const columns = useMemo(() => mergeColumns(t, mayWrite ? setUndoing : undefined), [t, mayWrite]);
  const view = useTableView('merges', columns);
  const merges = useList<Merge>('/merges', {
    query: { ...(state && { state }), ...(how && { by_hand: how }) },
    every: 15_000,
  });
  return (
    <Page
      layout="fill"
      header={<PageHeader title={t('merges.page')} detail={t('merges.page.detail')} />}
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <FilterChip
          single
          label={t('merges.filter.state')}
          value={state ? [state] : []}
          onChange={([next]) => setState({ state: next ?? '' })}
          options={states.map((each) => ({ value: each, label: t(`merges.state.${each}`) }))}
        />
        <FilterChip
          single
          label={t('merges.filter.how')}
          value={how ? [how] : []}
          onChange={([next]) => setState({ how: next ?? '' })}
          options={hows.map((each) => ({ value: each, label: t(`merges.how.${each}`) }))}
        />
      </FilterRow>
      <ListTable
        label={t('merges.page')}
        view={view}
        list={merges}
        rowKey={(merge) => merge.id}
        onOpen={(merge) => go(`contacts/${merge.survivor}`)}
        empty={
          state || how ? (
            <EmptyState icon={IconSearchOff} title={t('merges.noMatch')} />
          ) : (
            <EmptyState icon={IconArrowsJoin} title={t('merges.empty.title')}>
              {t('merges.empty.detail')}
            </EmptyState>
          )
        }
      />
      {undoing ? <UndoMerge merge={undoing} onClose={() => setUndoing(null)} /> : null}
    </Page>
  );
}

function mergeColumns(t: Say, onUndo: ((merge: Merge) => void) | undefined): Column<Merge>[] {
  return [
    {
      id: 'survivor',
      header: t('merges.column.survivor'),
      width: 200,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ survivor }) => <ContactLink id={survivor} />,
    },
    {
      id: 'merged',
      header: t('merges.column.merged'),
      width: 120,
      cell: ({ merged }) => merged,
    },
    {
      id: 'why',
      header: t('merges.column.why'),
      width: 240,
      grow: 2,
      phone: 'meta',
      cell: (merge) => <span dir="auto">{whyWords(t, merge)}</span>,
    },
    {
      id: 'at',
      header: t('merges.column.when'),
      width: 120,
      phone: 'end',
      cell: ({ decided_at: at }) => <Time at={at} />,
    },
    {
      id: 'state',
      header: t('merges.column.state'),
      width: 120,
      phone: 'meta',
      cell: ({ state }) => (
        <StatusBadge tone={tones[state]}>{t(`merges.state.${state}`)}</StatusBadge>
      ),
    },
    {
      id: 'undo',
      header: '',
      width: 80,
      fixed: true,
      phone: 'action',
      cell: (merge) =>
        merge.state === 'applied' && onUndo ? <UndoButton merge={merge} onUndo={onUndo} /> : null,
    },
  ];
}
