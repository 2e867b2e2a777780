import type { TestLaunch, Workflow } from '@perennial/contracts';
import { SplitView } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { useRead } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { useUrlState } from '../../../app/use-url-state.ts';
import { WorkflowCanvas } from '../../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../../editor/graph.ts';
import { pathOf } from '../../../editor/run-path.ts';
import { useBlockWords } from '../../../editor/use-block-words.ts';
import { useMessageNames } from '../../messages/use-message-names.ts';
import { useSegmentNames } from '../../segments/use-segment-names.ts';
import { TestPanel } from './TestPanel.tsx';
import { TestSetup } from './TestSetup.tsx';

/** Tries the workflow out for one contact; its path is drawn on the graph as it goes. */
export function TestTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const [{ launch }, setState] = useUrlState({ launch: '' });
  const [version, setVersion] = useState<number | null>(null);
  const [block, setBlock] = useState<string | null>(null);
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames());
  const shown = useRead<TestLaunch>(`/workflows/tests/${launch}`, {
    enabled: launch !== '',
    every: 2_000,
  });
  const test = launch === '' ? undefined : shown.data;
  const tried = version === null ? workflow.definition : workflow.published?.definition;
  const definition = test?.definition ?? tried;
  const graph = useMemo(() => graphOf(definition), [definition]);
  const path = useMemo(() => (test ? pathOf(test, byItsClock(test)) : null), [test]);
  const open = (id: string) => {
    setBlock(null);
    setState({ launch: id });
  };
  return (
    <SplitView
      name="workflow-test"
      width={420}
      tabs={{
        main: t('workflows.tab.graph'),
        side: t('workflows.test.title'),
        first: 'side',
      }}
      side={
        launch === '' ? (
          <TestSetup
            workflow={workflow}
            version={version}
            onVersion={setVersion}
            graph={graph}
            onBegun={open}
          />
        ) : (
          <TestPanel
            read={shown}
            graph={graph}
            words={words}
            block={block}
            onBlock={setBlock}
            onClose={() => open('')}
          />
        )
      }
    >
      <WorkflowCanvas
        key={launch || String(version)}
        graph={graph}
        words={words}
        path={path}
        selected={block}
        onSelect={setBlock}
      />
    </SplitView>
  );
}

/** The steps at the times at which they would be. */
function byItsClock({ steps }: TestLaunch): TestLaunch['steps'] {
  return steps.map((step) => ({ ...step, at: step.clock }));
}
