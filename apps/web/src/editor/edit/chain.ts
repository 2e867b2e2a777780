import {
  allExits,
  drawnExits,
  throughExit,
  type DraftBlock,
  type DraftBlocks,
  type Way,
} from './draft.ts';

/** Blocks through which a run passes from one way in to one way out. */
export interface Chain {
  head: string;
  tail: Way;
}

/**
 * Why blocks are no chain: there are several first ones or none, several ways out or none. `at` are
 * the IDs of blocks that are first, or at which they go on.
 */
export interface NoChain {
  problem: 'in' | 'out';
  at: readonly string[];
}

/**
 * How a run passes through some blocks. It comes in at the one to which none of the others leads, or
 * at those of `entries`, to which others lead already. It goes out where the usual exit of a block
 * leads to none of them; by other exits, such as `failed`, runs may end or leave, as of one block.
 * Where usual exits lead round or to an end, the only other one that leads to none of them goes out.
 */
export function chainOf(blocks: DraftBlocks, entries: readonly string[] = []): Chain | NoChain {
  const heads = firstOf(blocks, entries);
  const [head] = heads;
  if (head === undefined || heads.length > 1) return { problem: 'in', at: heads };
  const usual = waysOut(blocks, (block) => [throughExit(block)]);
  const others = usual.length > 0 ? [] : waysOut(blocks, withoutFailure);
  const tails = others.length === 1 ? others : usual;
  const [tail] = tails;
  if (!tail || tails.length > 1) return { problem: 'out', at: tails.map(({ source }) => source) };
  return { head, tail };
}

/** Blocks with which a run through some can begin. */
export function firstOf(blocks: DraftBlocks, entries: readonly string[] = []): string[] {
  const led = new Set(
    Object.entries(blocks).flatMap(([id, block]) =>
      // Back to itself is not from another.
      Object.values(drawnExits(block)).filter((target) => target !== id),
    ),
  );
  const entered = new Set(entries);
  return Object.keys(blocks).filter((id) => !led.has(id) || entered.has(id));
}

function withoutFailure(block: DraftBlock): string[] {
  return allExits(block).filter((exit) => exit !== 'failed');
}

/** Those of some exits that lead to none of the blocks. */
function waysOut(
  blocks: DraftBlocks,
  exitsOf: (block: DraftBlock) => readonly (string | undefined)[],
): Way[] {
  return Object.entries(blocks).flatMap(([source, block]) =>
    exitsOf(block).flatMap((exit): Way[] => {
      if (exit === undefined) return [];
      const target = drawnExits(block)[exit];
      const stays = target !== undefined && Object.hasOwn(blocks, target);
      return stays ? [] : [{ source, exit }];
    }),
  );
}
