import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow, type NodeChange } from '@xyflow/react';
import type { WorkflowConversion, WorkflowStats } from '@perennial/contracts';
import { useMemo, useRef } from 'react';
import { useText } from '../../app/text.tsx';
import type { Change } from '../edit/compare-drafts.ts';
import type { Graph } from '../graph.ts';
import { layOut } from '../layout.ts';
import type { RunPath } from '../run-path.ts';
import type { BlockWords } from '../use-block-words.ts';
import { BlockNode } from './BlockNode.tsx';
import { CanvasControls } from './CanvasControls.tsx';
import { drawEdges, drawNodes, type BlockProblem, type DrawnNode } from './drawing.ts';
import { ExitEdge } from './ExitEdge.tsx';
import { showFromStart } from './show-from-start.ts';
import { NoteNode } from './NoteNode.tsx';
import { StartNode } from './StartNode.tsx';
import { useSteady } from './use-steady.ts';
import { ZoomMark } from './ZoomMark.tsx';
import { withHeat } from './with-heat.ts';
import classes from './Canvas.module.css';

interface WorkflowCanvasProps {
  graph: Graph;
  words: BlockWords;
  /** Counts drawn on blocks and exits. */
  stats?: WorkflowStats | undefined;
  /** Who reached a goal after each block. */
  conversion?: WorkflowConversion | undefined;
  /** How busy each way is, 0 to 1: its thickness. */
  heat?: ReadonlyMap<string, number> | undefined;
  /** A contact's path, drawn over everything. */
  path?: RunPath | null;
  /** By block what is wrong with it. */
  problems?: ReadonlyMap<string, BlockProblem> | undefined;
  /** By block and edge what became of it from one version to another. */
  changes?: ReadonlyMap<string, Change> | undefined;
  selected?: string | null;
  onSelect?: (block: string | null) => void;
}

export const nodeTypes = { block: BlockNode, start: StartNode, note: NoteNode };
export const edgeTypes = { exit: ExitEdge };

/** Draws a workflow: blocks, exits, counts, and the path of one run. Nothing here changes it. */
export function WorkflowCanvas(props: WorkflowCanvasProps) {
  const { graph, words, stats, conversion, heat, path, problems, changes } = props;
  const { selected, onSelect } = props;
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layOut(graph), [graph]);
  const nodes = useSteady(
    useMemo(
      () =>
        drawNodes({
          graph,
          layout,
          words,
          stats,
          conversion,
          path,
          problems,
          changes,
          selected: new Set(selected ? [selected] : []),
        }),
      [graph, layout, words, stats, conversion, path, problems, changes, selected],
    ),
  );
  const edges = useSteady(
    useMemo(
      () => withHeat(drawEdges({ graph, layout, stats, path, changes }), heat),
      [graph, layout, stats, path, changes, heat],
    ),
  );
  const select = (changes: NodeChange<DrawnNode>[]) => {
    for (const change of changes) {
      if (change.type === 'select' && change.selected) onSelect?.(change.id);
    }
  };
  return (
    <div ref={frame} className={classes.canvas} dir="ltr">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        zIndexMode="manual"
        elementsSelectable={onSelect !== undefined}
        deleteKeyCode={null}
        onlyRenderVisibleElements
        minZoom={0.1}
        maxZoom={1.5}
        onInit={(flow) => showFromStart(flow, frame.current)}
        onNodesChange={select}
        onPaneClick={() => onSelect?.(null)}
        aria-label={t('workflows.canvas')}
        ariaLabelConfig={{ 'node.a11yDescription.default': t('workflows.canvas.node') }}
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={20}
          size={1.5}
          color="var(--p-line-strong)"
        />
        <CanvasControls />
        <ZoomMark />
      </ReactFlow>
    </div>
  );
}
