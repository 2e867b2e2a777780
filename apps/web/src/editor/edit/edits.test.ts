import { blocks } from '@perennial/blocks';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf, START } from '../graph.ts';
import { layOut } from '../layout.ts';
import { isBlockId } from './block-ids.ts';
import { renameBlock, setNote, setSettings } from './change-block.ts';
import { connect, disconnect, reconnect } from './connect.ts';
import { allExits, blocksOf, START_WAY, type Draft, type Way } from './draft.ts';
import { historyOf, record, redo, undo } from './history.ts';
import { duplicateBlocks, insertBlock, insertBlocks, pick } from './insert-blocks.ts';
import { newBlock } from './new-block.ts';
import { arrange, isPlaced, moveBlocks } from './places.ts';
import { removeBlocks } from './remove-blocks.ts';
import { welcomeDraft } from './test-draft.ts';

type Edit = (draft: Draft) => Draft;

/** What a number chosen before the draft is known means for it. */
function idAt(draft: Draft, n: number): string {
  const ids = Object.keys(blocksOf(draft));
  return ids[n % ids.length] ?? 'nobody';
}

function wayAt(draft: Draft, n: number): Way {
  const ways = Object.entries(blocksOf(draft)).flatMap(([source, block]) =>
    allExits(block).map((exit) => ({ source, exit })),
  );
  return [START_WAY, ...ways][n % (ways.length + 1)]!;
}

function someIds(draft: Draft, n: number): string[] {
  return Object.keys(blocksOf(draft)).filter((_, index) => (n >> (index % 16)) & 1);
}

const n = fc.nat(65_535);
const at = fc.record({ x: fc.integer(), y: fc.integer() });
const kind = fc.constantFrom(...Object.keys(blocks));

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(kind, n).map(
    ([type, way]): Edit =>
      (draft) =>
        insertBlock(draft, newBlock(type), { way: wayAt(draft, way) }).draft,
  ),
  fc.tuple(kind, at).map(
    ([type, place]): Edit =>
      (draft) =>
        insertBlock(draft, newBlock(type), { at: place }).draft,
  ),
  fc.tuple(n, n).map(
    ([ids, way]): Edit =>
      (draft) =>
        insertBlocks(draft, pick(draft, someIds(draft, ids)), { way: wayAt(draft, way) }).draft,
  ),
  n.map(
    (ids): Edit =>
      (draft) =>
        duplicateBlocks(draft, someIds(draft, ids)).draft,
  ),
  n.map(
    (ids): Edit =>
      (draft) =>
        removeBlocks(draft, someIds(draft, ids)),
  ),
  n.map(
    (id): Edit =>
      (draft) =>
        removeBlocks(draft, [idAt(draft, id)]),
  ),
  fc.tuple(n, n).map(
    ([way, to]): Edit =>
      (draft) =>
        connect(draft, wayAt(draft, way), idAt(draft, to)),
  ),
  n.map(
    (way): Edit =>
      (draft) =>
        disconnect(draft, wayAt(draft, way)),
  ),
  fc.tuple(n, n, n).map(
    ([from, way, to]): Edit =>
      (draft) =>
        reconnect(draft, wayAt(draft, from), { ...wayAt(draft, way), target: idAt(draft, to) }),
  ),
  fc.tuple(n, fc.stringMatching(/^[a-z]{1,3}$/)).map(
    ([id, name]): Edit =>
      (draft) =>
        renameBlock(draft, idAt(draft, id), name),
  ),
  fc.tuple(n, fc.string()).map(
    ([id, note]): Edit =>
      (draft) =>
        setNote(draft, idAt(draft, id), note),
  ),
  n.map(
    (id): Edit =>
      (draft) =>
        setSettings(draft, idAt(draft, id), { message: '7' }),
  ),
  fc.tuple(n, at).map(([id, place]): Edit => (draft) => {
    const { places } = layOut(graphOf(draft));
    return moveBlocks(draft, new Map([...places, [idAt(draft, id), place]]));
  }),
  fc.constant(arrange),
);

/** What every draft keeps, however it is edited. */
function expectShape(draft: Draft): void {
  const all = blocksOf(draft);
  const ids = new Set(Object.keys(all));
  expect([...ids].filter((id) => !isBlockId(id))).toEqual([]);
  if (draft['first'] !== undefined) expect(ids).toContain(draft['first']);
  for (const block of Object.values(all)) {
    for (const target of Object.values(block['exits'] as object)) expect(ids).toContain(target);
  }
  const placed = Object.values(all).filter((block) => 'position' in block);
  expect([0, ids.size]).toContain(placed.length);
  expect(
    graphOf(draft)
      .blocks.map(({ id }) => id)
      .sort(),
  ).toEqual([...ids].sort());
}

test('any edits keep the shape, and undoing them all gives back exactly what was', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(edits, { maxLength: 16 }), (placed, list) => {
      const draft = welcomeDraft(placed);
      const before = structuredClone(draft);
      let history = historyOf<Draft>(draft);
      list.forEach((edit, index) => {
        history = record(history, edit(history.present), { at: index });
        expectShape(history.present);
      });
      const last = history.present;
      expect(layOut(graphOf(last)).places.has(START)).toBe(true);
      let undone = history;
      while (undone.past.length > 0) undone = undo(undone);
      expect(undone.present).toBe(draft);
      expect(draft).toEqual(before);
      while (undone.future.length > 0) undone = redo(undone);
      expect(undone.present).toBe(last);
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('blocks are placed all or none of them', () => {
  const draft = welcomeDraft();
  const { places } = layOut(graphOf(draft));
  expect(isPlaced(moveBlocks(draft, places))).toBe(true);
  expect(arrange(moveBlocks(draft, places))).toEqual(draft);
  expect(isPlaced({ blocks: {} })).toBe(false);
});
