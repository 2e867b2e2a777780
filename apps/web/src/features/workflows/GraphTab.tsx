import { SegmentedControl } from '@mantine/core';
import { findBlock } from '@perennial/blocks';
import type { RunDetail, Workflow, WorkflowStats } from '@perennial/contracts';
import { SplitView } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { WorkflowCanvas } from '../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf, START } from '../../editor/graph.ts';
import { pathOf } from '../../editor/run-path.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';
import { BlockInspector } from './BlockInspector.tsx';
import { MessageBlockForm } from './MessageBlockForm.tsx';
import { RunInspector } from './RunInspector.tsx';
import { StartForm } from './StartForm.tsx';
import { StartInspector } from './StartInspector.tsx';
import { StatsBar } from './StatsBar.tsx';

/** The graph with live counts; a block picked, or a run's path, stands beside it. */
export function GraphTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const [{ run }, setState] = useUrlState({ run: '' });
  const [block, setBlock] = useState<string | null>(null);
  const [drawn, setDrawn] = useState<'published' | 'draft'>('published');
  const mayWrite = useRight('workflows.write');
  const stats = useRead<WorkflowStats>(`/workflows/${workflow.id}/stats`, { every: 3_000 });
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames());
  const showsDraft = drawn === 'draft' || !workflow.published;
  const definition = showsDraft ? workflow.definition : workflow.published?.definition;
  const graph = useMemo(() => graphOf(definition), [definition]);
  const details = useRead<RunDetail>(`/workflows/runs/${run}`, {
    enabled: run !== '',
    every: 3_000,
  });
  const path = useMemo(
    () => (run && details.data ? pathOf(details.data, details.data.steps) : null),
    [run, details.data],
  );
  const closeSide = () => {
    setBlock(null);
    setState({ run: '' });
  };
  return (
    <>
      <StatsBar
        stats={stats.data}
        end={
          workflow.published && workflow.changed ? (
            <SegmentedControl
              value={drawn}
              onChange={(value) => setDrawn(value)}
              data={[
                { value: 'published', label: t('workflows.draw.published') },
                { value: 'draft', label: t('workflows.draw.draft') },
              ]}
            />
          ) : null
        }
      />
      <SplitView name="workflow" width={400} onCloseSide={closeSide} side={side()}>
        <WorkflowCanvas
          key={drawn}
          graph={graph}
          words={words}
          stats={stats.data}
          path={path}
          selected={block}
          onSelect={setBlock}
        />
      </SplitView>
    </>
  );

  /** What is published is changed in the draft, which is the same until then. */
  function mayChange(): boolean {
    const isDraft = showsDraft || !workflow.changed;
    return mayWrite && isDraft && workflow.state !== 'archived';
  }

  function startForm() {
    if (!mayChange()) return null;
    return <StartForm workflow={workflow} start={graph.start} onSaved={() => setDrawn('draft')} />;
  }

  function side() {
    if (run) {
      return (
        <RunInspector
          runId={run}
          run={details}
          workflow={workflow}
          graph={graph}
          words={words}
          onBlock={setBlock}
          onClose={closeSide}
        />
      );
    }
    if (block === START) {
      return (
        <StartInspector
          graph={graph}
          words={words}
          definition={definition}
          form={startForm()}
          onClose={closeSide}
        />
      );
    }
    const picked = graph.blocks.find((each) => each.id === block);
    if (!picked) return null;
    const sends =
      findBlock(picked.type)?.group === 'message' || picked.type === 'message_to_segment';
    return (
      <BlockInspector
        workflow={workflow.id}
        block={picked}
        words={words}
        stats={stats.data?.blocks[picked.id]}
        form={
          sends && mayChange() ? (
            <MessageBlockForm
              key={picked.id}
              workflow={workflow}
              block={picked}
              onEdit={() => setDrawn('draft')}
            />
          ) : null
        }
        onClose={closeSide}
      />
    );
  }
}
