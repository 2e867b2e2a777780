import { Button, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { RunDetail, Workflow, WorkflowProblem, WorkflowStats } from '@perennial/contracts';
import { Inspector, SplitView } from '@perennial/ui';
import { IconHistory } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { Builder } from '../../editor/builder/Builder.tsx';
import { WorkflowCanvas } from '../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf, START } from '../../editor/graph.ts';
import { pathOf } from '../../editor/run-path.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';
import { usePoolNames } from '../promo-codes/use-pool-names.ts';
import { BlockInspector } from './BlockInspector.tsx';
import { BlockSettingsForm } from './BlockSettingsForm.tsx';
import type { WorkflowDraft } from './draft/use-draft.ts';
import { useProblems } from './draft/use-problems.ts';
import { DraftStatus } from './DraftStatus.tsx';
import { placeOf, problemsByBlock } from './problems-by-block.ts';
import { ProblemList } from './ProblemList.tsx';
import { RunInspector } from './RunInspector.tsx';
import { StartInspector } from './StartInspector.tsx';
import { StatsBar } from './StatsBar.tsx';
import { ComparePanel } from './versions/ComparePanel.tsx';
import { useComparison, type Sides } from './versions/use-comparison.ts';
import { VersionsPanel } from './versions/VersionsPanel.tsx';
import classes from './Workflows.module.css';

const NOTHING: ReadonlySet<string> = new Set();

/** The graph with live counts, drawn by hand; a block picked, or a run's path, stands beside it. */
export function GraphTab({ workflow, draft }: { workflow: Workflow; draft: WorkflowDraft }) {
  const t = useText();
  const [{ run }, setState] = useUrlState({ run: '' });
  const mayWrite = useRight('workflows.write');
  const mayEdit = mayWrite && workflow.state !== 'archived';
  const [selection, setSelection] = useState(NOTHING);
  const [drawn, setDrawn] = useState<'published' | 'draft'>(mayEdit ? 'draft' : 'published');
  const [panel, setPanel] = useState<'problems' | 'versions' | null>(null);
  const [sides, setSides] = useState<Sides | null>(null);
  const [reveal, setReveal] = useState<{ block: string }>();
  const root = useRef<HTMLDivElement>(null);
  const stats = useRead<WorkflowStats>(`/workflows/${workflow.id}/stats`, { every: 3_000 });
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames(), usePoolNames());
  const showsDraft = (drawn === 'draft' && run === '') || !workflow.published;
  const definition = showsDraft ? draft.definition : workflow.published?.definition;
  const graph = useMemo(() => graphOf(definition), [definition]);
  const { problems, verdict } = useProblems(draft.definition);
  const marks = useMemo(() => problemsByBlock(problems), [problems]);
  const { comparison, earlier } = useComparison(workflow.id, sides, draft.definition);
  const details = useRead<RunDetail>(`/workflows/runs/${run}`, {
    enabled: run !== '',
    every: 3_000,
  });
  const path = useMemo(
    () => (run && details.data ? pathOf(details.data, details.data.steps) : null),
    [run, details.data],
  );
  const select = useCallback((ids: readonly string[]) => {
    setSelection(new Set(ids));
    if (ids.length > 0) setPanel((now) => (now === 'versions' ? null : now));
  }, []);
  const [block = null] = selection;
  const pick = (id: string | null) => select(id === null ? [] : [id]);
  const closeSide = () => {
    select([]);
    setPanel(null);
    setSides(null);
    setState({ run: '' });
  };
  return (
    <>
      <StatsBar
        stats={stats.data}
        end={
          workflow.published && workflow.changed && !sides ? (
            <SegmentedControl
              value={showsDraft ? 'draft' : 'published'}
              onChange={(value) => setDrawn(value)}
              data={[
                { value: 'published', label: t('workflows.draw.published') },
                { value: 'draft', label: t('workflows.draw.draft') },
              ]}
            />
          ) : null
        }
      />
      <div ref={root} className={classes.work}>
        <SplitView name="workflow" width={400} onCloseSide={closeSide} side={side()}>
          {canvas()}
        </SplitView>
      </div>
      {run === '' ? (
        <DraftStatus
          workflow={workflow}
          draft={draft}
          problems={problems}
          verdict={verdict}
          onProblems={() => setPanel((now) => (now === 'problems' ? null : 'problems'))}
        >
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconHistory size={14} />}
            onClick={() => {
              select([]);
              setPanel('versions');
            }}
          >
            {t('workflows.versions')}
          </Button>
        </DraftStatus>
      ) : null}
    </>
  );

  function canvas() {
    if (sides && comparison) {
      return (
        <WorkflowCanvas
          key={`${sides.earlier} ${sides.later}`}
          graph={comparison.graph}
          words={words}
          changes={comparison.changes}
          selected={block}
          onSelect={pick}
        />
      );
    }
    if (showsDraft && mayEdit) {
      return (
        <Builder
          draft={draft}
          words={words}
          stats={workflow.published ? stats.data : undefined}
          problems={marks}
          selection={selection}
          onSelect={select}
          onInspect={focusInspector}
          reveal={reveal}
        />
      );
    }
    return (
      <WorkflowCanvas
        key={drawn}
        graph={graph}
        words={words}
        stats={stats.data}
        path={path}
        selected={block}
        onSelect={pick}
      />
    );
  }

  function focusInspector(): void {
    const inspector = root.current?.querySelector<HTMLElement>('aside');
    const field = inspector?.querySelector<HTMLElement>(
      'input:not([type="hidden"]), select, textarea, [contenteditable="true"]',
    );
    (field ?? inspector)?.focus();
  }

  function flyTo(problem: WorkflowProblem): void {
    const place = placeOf(problem);
    if (place === null) return;
    setDrawn('draft');
    setReveal({ block: place });
  }

  function restore(): void {
    if (!earlier || !sides) return;
    draft.edit(() => earlier);
    notifications.show({
      message: t('workflows.versions.restored', { version: sides.earlier }),
    });
    setDrawn('draft');
    closeSide();
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
          block={block}
          onBlock={pick}
          onClose={closeSide}
        />
      );
    }
    if (sides && comparison) {
      return (
        <ComparePanel
          workflow={workflow.id}
          {...sides}
          comparison={comparison}
          words={words}
          picked={block}
          mayRestore={mayEdit}
          onSides={setSides}
          onPick={pick}
          onRestore={restore}
          onBack={() => setSides(null)}
          onClose={closeSide}
        />
      );
    }
    if (panel === 'versions') {
      return (
        <VersionsPanel
          workflow={workflow}
          onCompare={(version) => setSides({ earlier: version, later: 'draft' })}
          onClose={closeSide}
        />
      );
    }
    if (panel === 'problems') {
      return (
        <Inspector leavesFocus title={t('workflows.problems')} onClose={() => setPanel(null)}>
          <ProblemList problems={problems} onProblem={flyTo} />
        </Inspector>
      );
    }
    if (selection.size > 1) return null;
    return settings();
  }

  function settings() {
    const isDraft = showsDraft && mayEdit;
    if (block === START) {
      return (
        <StartInspector
          graph={graph}
          words={words}
          definition={definition}
          readOnly={!isDraft}
          edits={draft}
          onClose={closeSide}
        />
      );
    }
    const picked = graph.blocks.find((each) => each.id === block);
    if (!picked) return null;
    return (
      <BlockInspector
        workflow={workflow.id}
        block={picked}
        words={words}
        stats={stats.data?.blocks[picked.id]}
        form={
          <BlockSettingsForm
            graph={graph}
            block={picked}
            words={words}
            readOnly={!isDraft}
            edits={draft}
          />
        }
        onClose={closeSide}
      />
    );
  }
}
