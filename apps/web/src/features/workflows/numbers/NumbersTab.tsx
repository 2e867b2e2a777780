import { SegmentedControl } from '@mantine/core';
import type { Workflow, WorkflowConversion, WorkflowStats } from '@perennial/contracts';
import { EmptyState, SplitView, StatNumber } from '@perennial/ui';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { useUrlState } from '../../../app/use-url-state.ts';
import { WorkflowCanvas } from '../../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../../editor/graph.ts';
import { useBlockWords } from '../../../editor/use-block-words.ts';
import { useMessageNames } from '../../messages/use-message-names.ts';
import { useSegmentNames } from '../../segments/use-segment-names.ts';
import { BlockNumbers } from './BlockNumbers.tsx';
import { DaysChart } from './DaysChart.tsx';
import { GoalBar } from './GoalBar.tsx';
import { readWindow } from './goal-windows.ts';
import { heatOf } from './heat.ts';
import { beginOf, PERIODS, readDays } from './period.ts';
import classes from '../Workflows.module.css';
import own from './Numbers.module.css';

/** What a workflow did in a period: on the graph, by day, and block by block. */
export function NumbersTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const [state, setState] = useUrlState({ days: '30', goal: '', within: '168' });
  const [block, setBlock] = useState<string | null>(null);
  const days = readDays(state.days);
  const from = beginOf(days, new Date());
  const stats = useRead<WorkflowStats>(`/workflows/${workflow.id}/stats`, {
    query: from === undefined ? {} : { from },
    every: 10_000,
  });
  const hours = readWindow(state.within);
  const conversion = useRead<WorkflowConversion>(`/workflows/${workflow.id}/conversion`, {
    query: { event: state.goal, within_hours: hours, ...(from !== undefined && { from }) },
    enabled: state.goal !== '',
  });
  const reached = state.goal === '' ? undefined : conversion.data;
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames());
  const definition = workflow.published?.definition;
  const graph = useMemo(() => graphOf(definition), [definition]);
  const heat = useMemo(
    () => (stats.data ? heatOf(graph, stats.data) : undefined),
    [graph, stats.data],
  );
  if (!workflow.published) {
    return (
      <EmptyState icon={IconChartBar} title={t('workflows.numbers.none')}>
        {t('workflows.numbers.none.detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.stats}>
        <Totals stats={stats.data} />
        <div className={classes.statsEnd}>
          <SegmentedControl
            aria-label={t('workflows.numbers.period')}
            value={String(days)}
            onChange={(value) => setState({ days: value })}
            data={[
              ...PERIODS.map((each) => ({
                value: String(each),
                label: t('workflows.numbers.days', { days: each }),
              })),
              { value: '0', label: t('workflows.numbers.all') },
            ]}
          />
        </div>
      </div>
      <SplitView
        name="workflow-numbers"
        width={480}
        tabs={{ main: t('workflows.numbers.graph'), side: t('workflows.numbers.table') }}
        side={
          <div className={own.side}>
            <DaysChart workflow={workflow.id} days={days || 90} />
            {stats.error && !stats.data ? (
              <Problem error={stats.error} onRetry={() => void stats.refetch()} />
            ) : null}
            <GoalBar event={state.goal} hours={hours} conversion={conversion} onChange={setState} />
            {stats.data ? (
              <BlockNumbers
                workflow={workflow.id}
                graph={graph}
                stats={stats.data}
                conversion={reached}
                words={words}
                days={days}
                picked={block}
                onPick={setBlock}
              />
            ) : null}
          </div>
        }
      >
        <WorkflowCanvas
          graph={graph}
          words={words}
          stats={stats.data}
          heat={heat}
          conversion={reached}
          selected={block}
          onSelect={setBlock}
        />
      </SplitView>
    </>
  );
}

function Totals({ stats }: { stats: WorkflowStats | undefined }) {
  const t = useText();
  const intl = useIntl();
  const refused = stats && Object.values(stats.not_started).reduce((sum, n) => sum + n, 0);
  const share = stats && stats.started > 0 ? stats.converted / stats.started : null;
  return (
    <>
      <StatNumber size="small" label={t('workflows.numbers.started')} value={stats?.started} />
      <StatNumber
        size="small"
        label={t('workflows.numbers.converted')}
        value={stats?.converted}
        after={
          share === null
            ? null
            : t('workflows.numbers.convertedShare', {
                share: intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 1 }),
              })
        }
      />
      <StatNumber size="small" label={t('workflows.numbers.failed')} value={stats?.failed} />
      <StatNumber size="small" label={t('workflows.numbers.notStarted')} value={refused} />
    </>
  );
}
