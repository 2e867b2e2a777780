import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  ReactFlow,
  SelectionMode,
  type Connection,
  type FinalConnectionState,
} from '@xyflow/react';
import type { WorkflowStats } from '@perennial/contracts';
import {
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useText } from '../../app/text.tsx';
import { CanvasControls } from '../canvas/CanvasControls.tsx';
import { drawEdges, drawNodes, type BlockProblem, type ExitEdgeType } from '../canvas/drawing.ts';
import { showFromStart } from '../canvas/show-from-start.ts';
import { ZoomMark } from '../canvas/ZoomMark.tsx';
import { useSteady } from '../canvas/use-steady.ts';
import { edgeTypes, nodeTypes } from '../canvas/WorkflowCanvas.tsx';
import { throughExit, type Way } from '../edit/draft.ts';
import { newBlock } from '../edit/new-block.ts';
import { START, type Graph, type Position } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { BlockWords } from '../use-block-words.ts';
import type { MenuAt } from './CanvasMenu.tsx';
import { DropMark, SnapLines } from './Marks.tsx';
import { EmptyHint } from './EmptyHint.tsx';
import { nearestWay, waySpots, type WaySpot } from './nearest-way.ts';
import { DRAGGED } from './Palette.tsx';
import type { Edits } from './use-edits.ts';
import { useNodeChanges } from './use-node-changes.ts';
import type { Viewport } from './use-viewport.ts';
import { looseEdges, movedNodes } from './while-moving.ts';
import classes from './Builder.module.css';
import canvasClasses from '../canvas/Canvas.module.css';

interface BuilderFlowProps {
  graph: Graph;
  layout: Layout;
  words: BlockWords;
  stats: WorkflowStats | undefined;
  problems: ReadonlyMap<string, BlockProblem>;
  selection: ReadonlySet<string>;
  /** The kind of block that is dragged from the palette. */
  dragged: string | null;
  /** The block whose note is being written. */
  writing: string | null;
  edits: Edits;
  viewport: Viewport;
  onSelect: (ids: readonly string[]) => void;
  /** Blocks stand where they were dragged. */
  onSettle: (moved: ReadonlyMap<string, Position>) => void;
  onMenu: (menu: MenuAt) => void;
  /** An edge was drawn into the void: what comes there? */
  onOpenEnd: (way: Way, at: Position) => void;
}

/** The canvas itself: blocks and edges, moved, connected and dropped upon. */
export function BuilderFlow(props: BuilderFlowProps) {
  const { graph, layout, words, stats, problems, selection, dragged, writing } = props;
  const { edits, viewport, onSelect, onMenu } = props;
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [drop, setDrop] = useState<WaySpot | null>(null);
  const [connecting, setConnecting] = useState(false);
  const [edge, setEdge] = useState<string | null>(null);
  const moves = useNodeChanges({
    places: layout.places,
    selection,
    onSelect,
    onMoved: (moved) => {
      props.onSettle(moved);
      edits.move(moved);
    },
  });
  const lit = drop?.edge ?? null;
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
  const nodes = useMemo(() => movedNodes(settled, moves.moved), [settled, moves.moved]);
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
    if (drop) edits.add(type, { way: drop.way });
    // Under the pointer is the middle of the block's head.
    else edits.addAt(type, { x: x - 120, y: y - 20 });
    setDrop(null);
  }

  function removeEdge({ key }: KeyboardEvent): void {
    const selected = edges.find(({ id }) => id === edge);
    if (!['Delete', 'Backspace'].includes(key) || !selected || selection.size > 0) return;
    edits.removeWay(wayOf(selected));
    setEdge(null);
  }

  function ended(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void {
    setConnecting(false);
    if (state.isValid || !state.fromNode || !state.fromHandle?.id) return;
    const { clientX, clientY } = 'clientX' in event ? event : event.changedTouches[0]!;
    const box = frame.current!.getBoundingClientRect();
    props.onOpenEnd(
      { source: state.fromNode.id, exit: state.fromHandle.id },
      { x: clientX - box.left, y: clientY - box.top },
    );
  }

  function menuAt(event: MouseEvent | globalThis.MouseEvent, on: MenuAt['on']): void {
    event.preventDefault();
    const box = frame.current!.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    onMenu({ on, client: { x: event.clientX, y: event.clientY }, at });
  }

  return (
    <div
      ref={frame}
      // A click on free space brings the keyboard here.
      tabIndex={-1}
      className={`${canvasClasses.canvas} ${classes.flow}`}
      dir="ltr"
      data-connecting={connecting || undefined}
      data-dropping={dragged !== null || undefined}
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
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        selectionMode={SelectionMode.Partial}
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={4}
        minZoom={0.1}
        maxZoom={1.5}
        onInit={(flow) => showFromStart(flow, frame.current, { tools: true })}
        onNodesChange={moves.change}
        onNodeDragStop={moves.stop}
        onSelectionDragStop={moves.stop}
        onSelectionStart={() => moves.frame(true)}
        onSelectionEnd={() => moves.frame(false)}
        onEdgeClick={(_, { id }) => {
          setEdge(id);
          onSelect([]);
          frame.current?.focus({ preventScroll: true });
        }}
        onNodeClick={() => setEdge(null)}
        onPaneClick={() => {
          setEdge(null);
          onSelect([]);
        }}
        onConnectStart={() => setConnecting(true)}
        onConnectEnd={ended}
        isValidConnection={({ target }) => target !== START}
        onConnect={({ source, sourceHandle, target }: Connection) =>
          sourceHandle && edits.lead({ source, exit: sourceHandle }, target)
        }
        onReconnect={(old: ExitEdgeType, { source, sourceHandle, target }) =>
          sourceHandle && edits.reroute(wayOf(old), { source, exit: sourceHandle, target })
        }
        onReconnectEnd={(_, old, _end, state) => {
          setConnecting(false);
          if (!state.isValid) edits.removeWay(wayOf(old as ExitEdgeType));
        }}
        onReconnectStart={() => setConnecting(true)}
        onNodeContextMenu={(event, { id }) => {
          if (!selection.has(id)) onSelect([id]);
          menuAt(event, { kind: 'block', id, count: selection.has(id) ? selection.size : 1 });
        }}
        onSelectionContextMenu={(event) =>
          menuAt(event, { kind: 'block', id: [...selection][0]!, count: selection.size })
        }
        onEdgeContextMenu={(event, each) => menuAt(event, { kind: 'edge', way: wayOf(each) })}
        onPaneContextMenu={(event) => menuAt(event, { kind: 'pane' })}
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
        {graph.blocks.length >= 12 ? (
          <MiniMap
            className={classes.map ?? ''}
            pannable
            zoomable
            ariaLabel={t('builder.tool.map')}
            nodeColor="var(--p-line-strong)"
            maskColor="color-mix(in srgb, var(--p-sunken) 70%, transparent)"
          />
        ) : null}
        <ZoomMark />
        <DropMark spot={drop} />
        <SnapLines x={moves.lines.x} y={moves.lines.y} />
      </ReactFlow>
      {graph.blocks.length === 0 ? <EmptyHint /> : null}
    </div>
  );
}

function wayOf({ source, sourceHandle }: Pick<ExitEdgeType, 'source' | 'sourceHandle'>): Way {
  return { source, exit: sourceHandle ?? 'next' };
}
