import { expect, test } from 'vitest';
import { graphOf } from '../graph.ts';
import { layOut } from '../layout.ts';
import { pathOf } from '../run-path.ts';
import { drawEdges, drawNodes, type BlockData } from './drawing.ts';
import { drawnExitsOf, exitPlaces } from './exit-places.ts';

const graph = graphOf({
  start: { type: 'manual' },
  first: 'mail',
  blocks: {
    mail: { type: 'email', message: '1', exits: { next: 'ask' } },
    ask: { type: 'if', condition: { all: [] }, exits: { yes: 'end' } },
    end: { type: 'end', exits: {} },
  },
});

const layout = layOut(graph);

const words = {
  labelOf: (type: string) => type,
  sentenceOf: () => 'sentence',
  startOf: () => 'start',
  stopOf: () => 'stop',
};

const stats = {
  period: { from: null, to: null },
  started: 9,
  running: 2,
  completed: 6,
  stopped: 1,
  converted: 0,
  failed: 0,
  not_started: {},
  blocks: {
    mail: { entered: 9, waiting: 0, exits: { next: 9 } },
    ask: { entered: 8, waiting: 2, exits: { yes: 5, no: 1 } },
  },
};

function block(id: string, extra: Partial<Parameters<typeof drawNodes>[0]> = {}): BlockData {
  const node = drawNodes({ graph, layout, words, ...extra }).find((each) => each.id === id);
  return node!.data as BlockData;
}

const exitsOf = (id: string, editing = false) =>
  exitPlaces(
    graph.blocks.find((each) => each.id === id)!,
    drawnExitsOf(graph).get(id) ?? new Set(),
    editing,
  );

test('a condition shows all its exits, a message only those that lead on', () => {
  const names = (id: string) => exitsOf(id).map(({ name }) => name);
  expect(names('ask')).toEqual(['yes', 'no']);
  expect(names('mail')).toEqual(['next']);
  expect(names('end')).toEqual([]);
});

test('while editing, an exit that leads nowhere can be drawn, one for failures quietly', () => {
  expect(exitsOf('mail', true)).toEqual([
    { name: 'next', drawn: true, quiet: false, place: 50 },
    { name: 'failed', drawn: false, quiet: true, place: 88 },
  ]);
  expect(exitsOf('end', true)).toEqual([]);
});

test('only exits that have a choice are named and counted', () => {
  const edges = drawEdges({ graph, layout, stats });
  expect(edges.map((edge) => [edge.id, edge.data?.named, edge.data?.count])).toEqual([
    ['#start/next', false, null],
    ['mail/next', false, null],
    ['ask/yes', true, 5],
  ]);
});

test('counts are shown once there are statistics, zero for a block nobody came to', () => {
  expect(block('ask').entered).toBeNull();
  expect(block('ask', { stats })).toMatchObject({ entered: 8, waiting: 2 });
  expect(block('end', { stats }).entered).toBe(0);
});

test('a path divides blocks and edges into those on it and those beside it', () => {
  const step = { type: 'email', at: '2026-01-01T00:00:00Z', decided_by: null };
  const path = pathOf({ state: 'waiting', block: 'ask' }, [
    { ...step, block: 'mail', exit: 'next' },
  ]);
  expect(block('mail', { path }).standing).toBe('on');
  expect(block('ask', { path })).toMatchObject({ standing: 'on', here: true });
  expect(block('end', { path }).standing).toBe('off');
  const edges = drawEdges({ graph, layout, path });
  expect(edges.map((edge) => edge.data?.standing)).toEqual(['on', 'on', 'off']);
});
