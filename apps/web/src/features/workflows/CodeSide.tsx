import { Tabs } from '@mantine/core';
import type { WorkflowProblem } from '@perennial/contracts';
import { Inspector } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { WorkflowCanvas } from '../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../editor/graph.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { usePoolNames } from '../promo-codes/use-pool-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';
import { problemsByBlock, type Problems } from './problems-by-block.ts';
import { ProblemList } from './ProblemList.tsx';

interface CodeSideProps {
  /** Nothing while the text is no JSON. */
  definition: Record<string, unknown> | undefined;
  problems: Problems;
  onProblem: (problem: WorkflowProblem) => void;
}

/** Beside the code: what is wrong with it, or the graph it makes. */
export function CodeSide({ definition, problems, onProblem }: CodeSideProps) {
  const t = useText();
  const [tab, setTab] = useState('problems');
  const count = problems.errors.length + problems.warnings.length;
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
              {count > 0 ? ` ${count}` : ''}
            </Tabs.Tab>
            <Tabs.Tab value="graph">{t('workflows.code.preview')}</Tabs.Tab>
          </Tabs.List>
        }
      >
        {tab === 'graph' ? (
          <Preview definition={definition} problems={problems} />
        ) : (
          <ProblemList problems={problems} onProblem={onProblem} />
        )}
      </Inspector>
    </Tabs>
  );
}

function Preview({ definition, problems }: Pick<CodeSideProps, 'definition' | 'problems'>) {
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames(), usePoolNames());
  const graph = useMemo(() => graphOf(definition), [definition]);
  const marks = useMemo(() => problemsByBlock(problems), [problems]);
  return <WorkflowCanvas key={graph.blocks.length} graph={graph} words={words} problems={marks} />;
}
