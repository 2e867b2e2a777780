import { Button } from '@mantine/core';
import type { Run, RunSelection, Workflow } from '@perennial/contracts';
import {
  EmptyState,
  FilterRow,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconFilterOff, IconRoute } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { graphOf } from '../../editor/graph.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import { BulkRuns } from './numbers/BulkRuns.tsx';
import { beginOf, readDays } from './numbers/period.ts';
import { NO_FILTER, RunFilters } from './numbers/RunFilters.tsx';
import { useBlockNames } from './use-block-names.ts';
import { runTones } from './workflow-state.ts';
import classes from './Workflows.module.css';

/** Everyone who passed through; a row shows the path on the graph. */
export function RunsTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const go = useGo();
  const [{ contact, ...filter }, setState] = useUrlState({ contact: '', ...NO_FILTER });
  const definition = workflow.published?.definition ?? workflow.definition;
  const blockName = useBlockNames(definition);
  const graph = useMemo(() => graphOf(definition), [definition]);
  const columns = useMemo(() => runColumns(t, blockName), [t, blockName]);
  const view = useTableView('runs', columns);
  const { days, block, reason, ...rest } = filter;
  const from = beginOf(readDays(days), new Date());
  const selection: RunSelection = {
    ...(block && { block }),
    ...(reason && { reason }),
    ...(from !== undefined && { from }),
  };
  const runs = useList<Run>(`/workflows/${workflow.id}/runs`, {
    query: {
      ...selection,
      state: splitChoices(rest.state),
      reached: rest.reached,
      exit: rest.exit,
      contact,
    },
    every: 3_000,
  });
  // What is chosen by path or contact cannot be meant by a bulk action.
  const bulk = contact === '' && filter.reached === '';
  return (
    <>
      <div style={{ paddingBlockStart: 12 }}>
        <FilterRow
          active={[contact, ...Object.values(filter)].filter(Boolean).length}
          acts={
            bulk ? (
              <BulkRuns
                workflow={workflow}
                selection={selection}
                states={splitChoices(filter.state)}
              />
            ) : null
          }
          end={<TableViewMenu view={view} />}
        >
          <RunFilters
            filter={filter}
            onChange={(change) => setState(change)}
            graph={graph}
            blockName={blockName}
          />
          <ContactSelect
            size="sm"
            label={t('workflows.runs.column.contact')}
            placeholder={t('workflows.runs.filter.contact')}
            value={contact || null}
            onChange={(value) => setState({ contact: value ?? '' })}
          />
        </FilterRow>
      </div>
      <ListTable
        label={t('workflows.tab.runs')}
        view={view}
        list={runs}
        rowKey={(run) => run.id}
        onOpen={(run) => go(`workflows/${workflow.id}?run=${run.id}`)}
        empty={
          <Empty
            filtered={Boolean(contact) || Object.values(filter).some(Boolean)}
            onClear={() => setState({ contact: '', ...NO_FILTER })}
          />
        }
      />
    </>
  );
}

function runColumns(t: Say, blockName: (id: string | null) => string): Column<Run>[] {
  return [
    {
      id: 'contact',
      header: t('workflows.runs.column.contact'),
      width: 160,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ contact }) => <ContactLink id={contact} />,
    },
    {
      id: 'state',
      header: t('workflows.runs.column.state'),
      width: 120,
      phone: 'end',
      cell: ({ state, test }) => (
        <StatusBadge tone={runTones[state]}>
          {t(`workflows.run.state.${state}`)}
          {test ? ` · ${t('workflows.run.test')}` : ''}
        </StatusBadge>
      ),
    },
    {
      id: 'block',
      header: t('workflows.runs.column.block'),
      width: 150,
      grow: 2,
      phone: 'meta',
      cell: ({ block }) => <span className={classes.muted}>{blockName(block)}</span>,
    },
    {
      id: 'reason',
      header: t('workflows.runs.column.reason'),
      width: 130,
      grow: 2,
      cell: ({ reason }) => <span className={classes.muted}>{reason}</span>,
    },
    {
      id: 'key',
      header: t('workflows.runs.column.key'),
      width: 100,
      optional: true,
      cell: ({ key }) => key,
    },
    {
      id: 'version',
      header: t('workflows.runs.column.version'),
      width: 72,
      align: 'end',
      cell: ({ version }) => version,
    },
    {
      id: 'started',
      header: t('workflows.runs.column.started'),
      width: 96,
      align: 'end',
      phone: 'meta',
      cell: (run) => <Time at={run.started_at} />,
    },
    {
      id: 'wakes',
      header: t('workflows.runs.column.wakes'),
      width: 96,
      align: 'end',
      cell: (run) => <Time at={run.wake_at} />,
    },
    {
      id: 'ended',
      header: t('workflows.runs.column.ended'),
      width: 96,
      align: 'end',
      cell: (run) => <Time at={run.ended_at} />,
    },
  ];
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useText();
  if (filtered) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('workflows.runs.noMatch')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('outbox.noMatch.action')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState icon={IconRoute} title={t('workflows.runs.empty.title')}>
      {t('workflows.runs.empty.detail')}
    </EmptyState>
  );
}
