import type { FinalConnectionState, ReactFlowProps } from '@xyflow/react';
import type { MouseEvent, RefObject } from 'react';
import type { DrawnNode, ExitEdgeType } from '../canvas/drawing.ts';
import { showFromStart } from '../canvas/show-from-start.ts';
import type { Way } from '../edit/draft.ts';
import { START, type Position } from '../graph.ts';
import type { MenuAt } from './CanvasMenu.tsx';
import type { Edits } from './use-edits.ts';
import type { useNodeChanges } from './use-node-changes.ts';
import { useSteadyHandlers } from './use-steady-handlers.ts';
import type { Viewport } from './use-viewport.ts';
import type { WayUnder } from './use-way-under.ts';

interface FlowHandlersOptions {
  frame: RefObject<HTMLElement | null>;
  moves: ReturnType<typeof useNodeChanges>;
  under: WayUnder;
  viewport: Viewport;
  selection: ReadonlySet<string>;
  edits: Edits;
  onSelect: (ids: readonly string[]) => void;
  onMenu: (menu: MenuAt) => void;
  onOpenEnd: (way: Way, at: Position) => void;
  /** An edge is selected, or none is. */
  onEdge: (id: string | null) => void;
  onConnecting: (isConnecting: boolean) => void;
}

type Flow = ReactFlowProps<DrawnNode, ExitEdgeType>;
type Handlers = Required<
  Pick<
    Flow,
    | 'onInit'
    | 'onNodesChange'
    | 'onNodeDrag'
    | 'onNodeDragStop'
    | 'onSelectionDrag'
    | 'onSelectionDragStop'
    | 'onSelectionStart'
    | 'onSelectionEnd'
    | 'onEdgeClick'
    | 'onNodeClick'
    | 'onPaneClick'
    | 'onConnectStart'
    | 'onConnectEnd'
    | 'isValidConnection'
    | 'onConnect'
    | 'onReconnect'
    | 'onReconnectStart'
    | 'onReconnectEnd'
    | 'onNodeContextMenu'
    | 'onSelectionContextMenu'
    | 'onEdgeContextMenu'
    | 'onPaneContextMenu'
  >
>;

/** What the canvas does when something on it is clicked, dragged or connected. */
export function useFlowHandlers(options: FlowHandlersOptions): Handlers {
  const { frame, moves, under, viewport, selection, edits } = options;
  const { onSelect, onMenu, onEdge, onConnecting } = options;

  function within({ clientX, clientY }: { clientX: number; clientY: number }): Position {
    const box = frame.current!.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  function menu(event: MouseEvent | globalThis.MouseEvent, on: MenuAt['on']): void {
    event.preventDefault();
    onMenu({ on, client: { x: event.clientX, y: event.clientY }, at: within(event) });
  }

  function over(
    event: MouseEvent | globalThis.MouseEvent | TouchEvent,
    dragged: DrawnNode[],
  ): void {
    const blocks = dragged.flatMap(({ id, type }) => (type === 'block' ? [id] : []));
    // Held down, Alt only moves.
    under.over(blocks, viewport.pointAt(pointerOf(event)), !event.altKey);
  }

  /** An edge that ends on free space asks what comes there. */
  function connected(
    event: globalThis.MouseEvent | TouchEvent,
    { isValid, fromNode, fromHandle }: FinalConnectionState,
  ): void {
    onConnecting(false);
    if (isValid || !fromNode || !fromHandle?.id) return;
    const { x, y } = pointerOf(event);
    const at = within({ clientX: x, clientY: y });
    options.onOpenEnd({ source: fromNode.id, exit: fromHandle.id }, at);
  }

  function choose(edge: string | null): void {
    onEdge(edge);
    onSelect([]);
    // So that the next key is about it.
    frame.current?.focus({ preventScroll: true });
  }

  const handlers: Handlers = {
    onInit: (flow) => showFromStart(flow, frame.current, { tools: true }),
    onNodesChange: moves.change,
    onNodeDrag: (event, _, dragged) => over(event, dragged),
    onSelectionDrag: over,
    onNodeDragStop: moves.stop,
    onSelectionDragStop: moves.stop,
    onSelectionStart: () => moves.frame(true),
    onSelectionEnd: () => moves.frame(false),
    onEdgeClick: (_, { id }) => choose(id),
    onNodeClick: () => onEdge(null),
    onPaneClick: () => choose(null),
    onConnectStart: () => onConnecting(true),
    onConnectEnd: connected,
    isValidConnection: ({ target }) => target !== START,
    onConnect: ({ source, sourceHandle, target }) => {
      if (sourceHandle) edits.lead({ source, exit: sourceHandle }, target);
    },
    onReconnectStart: () => onConnecting(true),
    onReconnect: (old, { source, sourceHandle, target }) => {
      if (sourceHandle) edits.reroute(wayOf(old), { source, exit: sourceHandle, target });
    },
    onReconnectEnd: (_, old, _end, { isValid }) => {
      onConnecting(false);
      if (!isValid) edits.removeWay(wayOf(old));
    },
    onNodeContextMenu: (event, { id }) => {
      const isOfSeveral = selection.has(id);
      if (!isOfSeveral) onSelect([id]);
      menu(event, { kind: 'block', id, count: isOfSeveral ? selection.size : 1 });
    },
    onSelectionContextMenu: (event) =>
      menu(event, { kind: 'block', id: [...selection][0]!, count: selection.size }),
    onEdgeContextMenu: (event, edge) => {
      // What is pasted goes onto it.
      choose(edge.id);
      menu(event, { kind: 'edge', way: wayOf(edge) });
    },
    onPaneContextMenu: (event) => menu(event, { kind: 'pane' }),
  };
  return useSteadyHandlers(handlers as Handlers & Record<string, never>);
}

/** Where in the window a mouse or a finger is. */
function pointerOf(event: MouseEvent | globalThis.MouseEvent | TouchEvent): Position {
  const { clientX, clientY } = 'clientX' in event ? event : event.changedTouches[0]!;
  return { x: clientX, y: clientY };
}

/** The way that an edge draws. */
export function wayOf({
  source,
  sourceHandle,
}: Pick<ExitEdgeType, 'source' | 'sourceHandle'>): Way {
  return { source, exit: sourceHandle ?? 'next' };
}
