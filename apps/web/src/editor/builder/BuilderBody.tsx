import { useMemo, useRef, useState } from 'react';
import type { WorkflowStats } from '@perennial/contracts';
import type { BlockProblem } from '../canvas/drawing.ts';
import type { Way } from '../edit/draft.ts';
import { graphOf, START, type Graph, type Position } from '../graph.ts';
import type { BlockWords } from '../use-block-words.ts';
import { useLatest } from '../use-latest.ts';
import { AddBlock } from './AddBlock.tsx';
import { BuilderContext, type BuilderActions } from './BuilderContext.ts';
import { BuilderFlow } from './BuilderFlow.tsx';
import { BuilderTools } from './BuilderTools.tsx';
import { CanvasMenu, type MenuAt } from './CanvasMenu.tsx';
import { FindBlock } from './FindBlock.tsx';
import { Palette } from './Palette.tsx';
import { RenameBlock } from './RenameBlock.tsx';
import { SelectionTools } from './SelectionTools.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { useBuilderKeys } from './use-builder-keys.ts';
import { useEased } from './use-eased.ts';
import { useEdits, type Editable } from './use-edits.ts';
import { keysOf } from './keys.ts';
import { useLayout } from './use-layout.ts';
import { usePalette } from './use-palette.ts';
import { useRevealed } from './use-revealed.ts';
import { useKeptInSight, useViewport } from './use-viewport.ts';
import { EXIT_BELOW, waySpots } from './nearest-way.ts';
import { waysAfter } from './ways-after.ts';
import classes from './Builder.module.css';

export interface BuilderProps {
  draft: Editable & {
    undo: () => void;
    redo: () => void;
    canUndo: boolean;
    canRedo: boolean;
    saveNow: () => void;
  };
  words: BlockWords;
  stats?: WorkflowStats | undefined;
  problems: ReadonlyMap<string, BlockProblem>;
  selection: ReadonlySet<string>;
  onSelect: (ids: readonly string[]) => void;
  /** The settings of the selected block are to be worked with. */
  onInspect: () => void;
  /** A block to fly to; a new object flies again. */
  reveal?: { block: string } | undefined;
}

/** What floats over the canvas; one thing at a time. */
type Over =
  | { kind: 'add'; ways: readonly Way[]; way: Way | null; at: Position; here?: Position }
  | { kind: 'find'; at: Position }
  | { kind: 'note'; block: string }
  | { kind: 'menu'; menu: MenuAt }
  | { kind: 'rename'; block: string }
  | { kind: 'keys' };

export function BuilderBody(props: BuilderProps) {
  const { draft, words, stats, problems, onSelect, onInspect, reveal } = props;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<Over | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [edge, setEdge] = useState<string | null>(null);
  const [palette, setPalette] = usePalette();
  const graph = useMemo(() => graphOf(draft.definition), [draft.definition]);
  // Undone, what was just put there is selected no more.
  const selection = useMemo(() => thereOf(graph, props.selection), [graph, props.selection]);
  // What is selected besides, or an edge that is gone, leaves none selected.
  const chosenEdge = selection.size === 0 ? graph.edges.find(({ id }) => id === edge) : undefined;
  const selectedWay = chosenEdge ? { source: chosenEdge.source, exit: chosenEdge.exit } : null;
  const settled = useLayout(graph);
  const { layout, settle } = useEased(settled);
  const standing = useMemo(
    () =>
      new Map([
        ...settled.places,
        ...graph.notes.map(({ id, position }) => [id, position] as const),
      ]),
    [settled.places, graph.notes],
  );
  const viewport = useViewport(canvas, standing);
  const edits = useEdits({
    editable: draft,
    selection,
    way: selectedWay,
    sentenceOf: words.sentenceOf,
    places: settled.places,
    middle: viewport.middle,
    onSelect,
    onMade: (ids) => ids[0] && comeTo(ids[0]),
  });
  useRevealed(reveal, viewport, onSelect);
  useKeptInSight(canvas, viewport, selection);

  /** After the next drawing, when the block has its place. */
  function comeTo(id: string): void {
    requestAnimationFrame(() => {
      viewport.show(id);
      viewport.focus(id);
    });
  }

  const close = () => {
    setOver(null);
    const [only] = selection;
    if (only) viewport.focus(only);
  };

  function openAdd(ways: readonly Way[]): void {
    const [way = null] = ways;
    const spot = waySpots(graph, settled.places).find(
      (each) => each.way.source === way?.source && each.way.exit === way.exit,
    );
    const at = viewport.seenAt(spot?.at ?? viewport.middle());
    setOver({ kind: 'add', ways, way, at: { x: at.x, y: at.y + EXIT_BELOW } });
  }

  const find = () => {
    const width = canvas.current?.clientWidth ?? 0;
    setOver({ kind: 'find', at: { x: width / 2, y: 16 } });
  };

  function writeNote(block: string): void {
    viewport.read(block);
    setOver({ kind: 'note', block });
  }

  /** A new note of the canvas, to be written on at once. */
  function addNote(at?: Position): void {
    const element = edits.addNote(at);
    if (element !== undefined) setOver({ kind: 'note', block: element });
  }

  function add(type: string): void {
    if (over?.kind !== 'add') return;
    const { way, here } = over;
    setOver(null);
    if (way) edits.add(type, { way });
    else if (here) edits.addAt(type, here);
    else edits.add(type);
  }

  function lead(block: string): void {
    if (over?.kind !== 'add' || !over.way) return;
    edits.lead(over.way, block);
    setOver(null);
    onSelect([block]);
    comeTo(block);
  }

  // Blocks and edges are not drawn again because one of these changed.
  const opening = useLatest(openAdd);
  const actions = useMemo<BuilderActions>(
    () => ({
      add: (way) => opening.current([way]),
      writeNote: edits.note,
      openNote: (element) => setOver({ kind: 'note', block: element }),
      writeFreeNote: edits.writeFreeNote,
      leaveNote: (element) => {
        setOver((now) => (now?.kind === 'note' ? null : now));
        if (element !== undefined) viewport.focus(element);
      },
    }),
    [edits, opening, viewport],
  );

  useBuilderKeys(
    root,
    () =>
      keysOf({
        graph,
        places: settled.places,
        selection,
        draft,
        edits,
        viewport,
        onSelect,
        onInspect,
        onAdd: (id) =>
          openAdd(id === undefined ? [selectedWay ?? []].flat() : waysAfter(draft.definition, id)),
        onFind: find,
        onNote: writeNote,
        onFreeNote: () => addNote(),
        onTools: () => focusFirst(tools.current),
        onSheet: () => setOver({ kind: 'keys' }),
      }),
    { copied: edits.copy, cut: edits.cut, paste: edits.paste },
  );

  return (
    <BuilderContext value={actions}>
      <div ref={root} className={classes.builder}>
        {palette ? (
          <Palette
            words={words}
            onAdd={(type) => edits.add(type)}
            onNote={() => addNote()}
            onDrag={setDragged}
            onHide={() => setPalette(false)}
          />
        ) : null}
        <div ref={canvas} className={classes.canvas}>
          <BuilderFlow
            graph={graph}
            layout={layout}
            words={words}
            stats={stats}
            problems={problems}
            selection={selection}
            dragged={dragged}
            writing={over?.kind === 'note' ? over.block : null}
            edge={chosenEdge?.id ?? null}
            edits={edits}
            viewport={viewport}
            onSelect={onSelect}
            onEdge={setEdge}
            onSettle={settle}
            onMenu={(menu) => setOver({ kind: 'menu', menu })}
            onOpenEnd={(way, at) => setOver({ kind: 'add', ways: [way], way, at })}
          />
          <BuilderTools
            draft={draft}
            hasPalette={palette}
            onPalette={() => setPalette(true)}
            onTidy={edits.tidy}
            onFind={find}
            onSheet={() => setOver({ kind: 'keys' })}
          />
          <SelectionTools
            frame={tools}
            selection={selection}
            edits={edits}
            onClear={() => onSelect([])}
            onLeave={close}
          />
          {over?.kind === 'add' ? (
            <AddBlock
              graph={graph}
              words={words}
              ways={over.ways}
              way={over.way}
              at={over.at}
              onWay={(way) => setOver({ ...over, way })}
              onAdd={add}
              onLead={lead}
              onClose={close}
            />
          ) : null}
          {over?.kind === 'find' ? (
            <FindBlock
              graph={graph}
              words={words}
              at={over.at}
              onFind={(id) => {
                setOver(null);
                onSelect([id]);
                viewport.flyTo(id);
                viewport.focus(id);
              }}
              onClose={close}
            />
          ) : null}
        </div>
      </div>
      <CanvasMenu
        menu={over?.kind === 'menu' ? over.menu : null}
        edits={edits}
        viewport={viewport}
        onAdd={(id) => openAdd(waysAfter(draft.definition, id))}
        onAddOn={(way) => openAdd([way])}
        onAddHere={(at, here) => setOver({ kind: 'add', ways: [], way: null, at, here })}
        onNote={writeNote}
        onFreeNote={addNote}
        onRename={(block) => setOver({ kind: 'rename', block })}
        onClose={() => setOver((now) => (now?.kind === 'menu' ? null : now))}
      />
      <RenameBlock
        key={over?.kind === 'rename' ? over.block : START}
        draft={draft}
        block={over?.kind === 'rename' ? over.block : null}
        onRenamed={(id) => onSelect([id])}
        onClose={close}
      />
      <ShortcutSheet opened={over?.kind === 'keys'} onClose={close} />
    </BuilderContext>
  );
}

/** Of what was selected what is there; the same set where all of it is. */
function thereOf(graph: Graph, selection: ReadonlySet<string>): ReadonlySet<string> {
  const there = new Set([START, ...[...graph.blocks, ...graph.notes].map(({ id }) => id)]);
  const kept = [...selection].filter((id) => there.has(id));
  return kept.length === selection.size ? selection : new Set(kept);
}

function focusFirst(tools: HTMLElement | null): void | false {
  const first = tools?.querySelector('button');
  if (!first) return false;
  first.focus();
  return undefined;
}
