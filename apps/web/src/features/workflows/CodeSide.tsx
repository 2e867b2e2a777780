import { Tabs } from '@mantine/core';
import type { WorkflowProblem, WorkflowVerdict } from '@perennial/contracts';
import { EmptyState, Inspector, SkeletonLines } from '@perennial/ui';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { WorkflowCanvas } from '../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../editor/graph.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { usePoolNames } from '../promo-codes/use-pool-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';
import classes from './Workflows.module.css';

interface CodeSideProps {
  /** Nothing while the text is no JSON. */
  definition: Record<string, unknown> | undefined;
  verdict: WorkflowVerdict | undefined;
  onProblem: (problem: WorkflowProblem) => void;
}

/** Beside the code: what is wrong with it, or the graph it makes. */
export function CodeSide({ definition, verdict, onProblem }: CodeSideProps) {
  const t = useText();
  const [tab, setTab] = useState('problems');
  const problems = (verdict?.errors.length ?? 0) + (verdict?.warnings.length ?? 0);
  return (
    <Tabs
      value={tab}
      onChange={(next) => setTab(next ?? 'problems')}
      style={{ display: 'contents' }}
    >
      <Inspector
        leavesFocus
        flush={tab === 'graph'}
        tabs={
          <Tabs.List>
            <Tabs.Tab value="problems">
              {t('workflows.code.problems')}
              {problems > 0 ? ` ${problems}` : ''}
            </Tabs.Tab>
            <Tabs.Tab value="graph">{t('workflows.code.preview')}</Tabs.Tab>
          </Tabs.List>
        }
      >
        {tab === 'graph' ? (
          <Preview definition={definition} verdict={verdict} />
        ) : (
          <Problems verdict={verdict} onProblem={onProblem} />
        )}
      </Inspector>
    </Tabs>
  );
}

function Preview({ definition, verdict }: Pick<CodeSideProps, 'definition' | 'verdict'>) {
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames(), usePoolNames());
  const graph = useMemo(() => graphOf(definition), [definition]);
  const problems = useMemo(
    () =>
      new Map(
        verdict?.errors
          .filter((problem) => problem.block !== null)
          .map((problem) => [problem.block ?? '', problem.message]),
      ),
    [verdict],
  );
  return (
    <WorkflowCanvas key={graph.blocks.length} graph={graph} words={words} problems={problems} />
  );
}

function Problems({ verdict, onProblem }: Pick<CodeSideProps, 'verdict' | 'onProblem'>) {
  const t = useText();
  if (!verdict) return <SkeletonLines lines={3} />;
  if (verdict.errors.length + verdict.warnings.length === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title={t('workflows.code.clean.title')}>
        {t('workflows.code.clean.detail')}
      </EmptyState>
    );
  }
  return (
    <>
      {verdict.errors.map((problem, index) => (
        <ProblemLine
          key={`e${index}`}
          problem={problem}
          severe
          onClick={() => onProblem(problem)}
        />
      ))}
      {verdict.warnings.map((problem, index) => (
        <ProblemLine key={`w${index}`} problem={problem} onClick={() => onProblem(problem)} />
      ))}
    </>
  );
}

interface ProblemLineProps {
  problem: WorkflowProblem;
  severe?: boolean;
  onClick: () => void;
}

function ProblemLine({ problem, severe, onClick }: ProblemLineProps) {
  return (
    <button type="button" className={classes.problem} onClick={onClick}>
      {severe ? (
        <IconAlertCircle size={16} color="var(--p-danger)" />
      ) : (
        <IconAlertTriangle size={16} color="var(--p-warning)" />
      )}
      <span>
        {problem.message}
        <span className={classes.problemPath}>{problem.path || '/'}</span>
      </span>
    </button>
  );
}
