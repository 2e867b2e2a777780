import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  ReactFlow,
  SelectionMode,
} from '@xyflow/react';
import type { WorkflowStats } from '@perennial/contracts';
import { useMemo, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useText } from '../../app/text.tsx';
import { CanvasControls } from '../canvas/CanvasControls.tsx';
import {
  drawEdges,
  drawNodes,
  type BlockProblem,
  type DrawnNode,
  type ExitEdgeType,
} from '../canvas/drawing.ts';
import { ZoomMark } from '../canvas/ZoomMark.tsx';
import { useSteady } from '../canvas/use-steady.ts';
import { edgeTypes, nodeTypes } from '../canvas/WorkflowCanvas.tsx';
import { throughExit, type Way } from '../edit/draft.ts';
import { newBlock } from '../edit/new-block.ts';
import type { Graph, Position } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { BlockWords } from '../use-block-words.ts';
import type { MenuAt } from './CanvasMenu.tsx';
import { DropMark, SnapLines } from './Marks.tsx';
import { EmptyHint } from './EmptyHint.tsx';
import { nearestWay, waySpots, type WaySpot } from './nearest-way.ts';
import { DRAGGED, NOTE } from './Palette.tsx';
import type { Edits } from './use-edits.ts';
import { useFlowHandlers, wayOf } from './use-flow-handlers.ts';
import { useNodeChanges } from './use-node-changes.ts';
import type { Viewport } from './use-viewport.ts';
import { useWayUnder } from './use-way-under.ts';
import { looseEdges, movedNodes } from './while-moving.ts';
import classes from './Builder.module.css';
import canvasClasses from '../canvas/Canvas.module.css';

/** Held down, a click adds to what is selected. */
const SEVERAL = ['Meta', 'Control', 'Shift'];

/** The same function at all times: with another one the map draws all its blocks anew. */
function mapColour({ type }: DrawnNode): string {
  return type === 'note' ? 'var(--p-line)' : 'var(--p-line-strong)';
}

interface BuilderFlowProps {
  graph: Graph;
  layout: Layout;
  words: BlockWords;
  stats: WorkflowStats | undefined;
  problems: ReadonlyMap<string, BlockProblem>;
  selection: ReadonlySet<string>;
  /** The kind of block that is dragged from the palette. */
  dragged: string | null;
  /** The block whose note is being written, or the note of the canvas. */
  writing: string | null;
  /** The edge that is selected. */
  edge: string | null;
  edits: Edits;
  viewport: Viewport;
  onSelect: (ids: readonly string[]) => void;
  /** An edge is selected, or none is. */
  onEdge: (edge: string | null) => void;
  /** Blocks stand where they were dragged. */
  onSettle: (moved: ReadonlyMap<string, Position>) => void;
  onMenu: (menu: MenuAt) => void;
  /** An edge was drawn into the void: what comes there? */
  onOpenEnd: (way: Way, at: Position) => void;
}

/** The canvas itself: blocks and edges, moved, connected and dropped upon. */
export function BuilderFlow(props: BuilderFlowProps) {
  const { graph, layout, words, stats, problems, selection, dragged, writing } = props;
  const { edge, edits, viewport, onSelect, onEdge, onMenu } = props;
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [drop, setDrop] = useState<WaySpot | null>(null);
  const [connecting, setConnecting] = useState(false);
  const under = useWayUnder({ graph, places: layout.places, takers: edits.takersOf });
  const moves = useNodeChanges({
    places: layout.places,
    notes: graph.notes,
    selection,
    onSelect,
    onResized: edits.resizeNote,
    onMoved: (moved) => {
      props.onSettle(moved);
      const aimed = under.take();
      if (aimed && !aimed.refusal) edits.moveOnto(moved, aimed.way);
      else edits.move(moved);
      if (aimed?.refusal) edits.refuse(aimed.refusal);
    },
  });
  const target = drop ?? under.spot;
  const lit = under.spot?.refusal ? null : (target?.edge ?? null);
  const settled = useSteady(
    useMemo(
      () =>
        drawNodes({
          graph,
          layout,
          words,
          stats,
          problems,
          selected: moves.selected,
          editing: true,
          writing,
        }),
      [graph, layout, words, stats, problems, moves.selected, writing],
    ),
  );
  const ways = useSteady(
    useMemo(
      () =>
        drawEdges({ graph, layout, stats, lit }).map((each): ExitEdgeType => ({
          ...each,
          selected: each.id === edge,
        })),
      [graph, layout, stats, lit, edge],
    ),
  );
  const nodes = useMemo(
    () => movedNodes(settled, moves.moved, moves.resized),
    [settled, moves.moved, moves.resized],
  );
  const moving = [...(moves.moved?.keys() ?? [])].join(' ');
  const edges = useMemo(
    () => looseEdges(ways, new Set(moving === '' ? [] : moving.split(' '))),
    [ways, moving],
  );
  const spots = useMemo(
    () => (dragged === null ? [] : waySpots(graph, layout.places)),
    [dragged, graph, layout],
  );

  function dragOver(event: DragEvent): void {
    if (dragged === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const point = viewport.pointAt({ x: event.clientX, y: event.clientY });
    if (dragged === NOTE) return;
    const goesOn = throughExit(newBlock(dragged)) !== undefined;
    setDrop(nearestWay(spots, point, { edges: goesOn }));
  }

  /** Within the canvas the pointer leaves one element for another all the time. */
  function leave({ currentTarget, relatedTarget }: DragEvent): void {
    if (!(relatedTarget instanceof Element && currentTarget.contains(relatedTarget))) setDrop(null);
  }

  function dropped(event: DragEvent): void {
    const type = event.dataTransfer.getData(DRAGGED);
    if (type === '') return;
    event.preventDefault();
    const { x, y } = viewport.pointAt({ x: event.clientX, y: event.clientY });
    if (type === NOTE) edits.addNote({ x, y });
    else if (drop) edits.add(type, { way: drop.way });
    // Under the pointer is the middle of the block's head.
    else edits.addAt(type, { x: x - 120, y: y - 20 });
    setDrop(null);
  }

  function removeEdge({ key }: KeyboardEvent): void {
    const selected = edges.find(({ id }) => id === edge);
    if (!['Delete', 'Backspace'].includes(key) || !selected || selection.size > 0) return;
    edits.removeWay(wayOf(selected));
    onEdge(null);
  }

  const handlers = useFlowHandlers({
    frame,
    moves,
    under,
    viewport,
    selection,
    edits,
    onSelect,
    onMenu,
    onOpenEnd: props.onOpenEnd,
    onEdge,
    onConnecting: setConnecting,
  });
  const labels = useMemo(
    () => ({ 'node.a11yDescription.default': t('workflows.canvas.node') }),
    [t],
  );
  return (
    <div
      ref={frame}
      // A click on free space brings the keyboard here.
      tabIndex={-1}
      className={`${canvasClasses.canvas} ${classes.flow}`}
      dir="ltr"
      data-connecting={connecting || undefined}
      data-dropping={dragged !== null || undefined}
      data-onto={under.spot !== null || undefined}
      onKeyDown={removeEdge}
      onDragOver={dragOver}
      onDragLeave={leave}
      onDrop={dropped}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements
        disableKeyboardA11y
        edgesFocusable={false}
        edgesReconnectable
        connectionRadius={60}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectOnClick={false}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={SEVERAL}
        selectionMode={SelectionMode.Partial}
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={4}
        // Its settings would open beside the canvas and move what is under the pointer.
        selectNodesOnDrag={false}
        zIndexMode="manual"
        minZoom={0.1}
        maxZoom={1.5}
        {...handlers}
        aria-label={t('workflows.canvas')}
        ariaLabelConfig={labels}
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={20}
          size={1.5}
          color="var(--p-line-strong)"
        />
        <CanvasControls />
        {graph.blocks.length >= 12 ? (
          <MiniMap
            className={classes.map ?? ''}
            pannable
            zoomable
            ariaLabel={t('builder.tool.map')}
            nodeColor={mapColour}
            maskColor="color-mix(in srgb, var(--p-sunken) 70%, transparent)"
          />
        ) : null}
        <ZoomMark />
        <DropMark spot={target} refusal={under.spot?.refusal} />
        {under.spot ? null : <SnapLines x={moves.lines.x} y={moves.lines.y} />}
      </ReactFlow>
      {graph.blocks.length === 0 ? <EmptyHint /> : null}
    </div>
  );
}
