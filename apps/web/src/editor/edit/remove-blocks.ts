import { START } from '../graph.ts';
import {
  blocksOf,
  drawnExits,
  targetOf,
  withBlocks,
  withTarget,
  type Draft,
  type Way,
} from './draft.ts';

/** Removes blocks. A way into a block that goes on to just one other leads there from now on. */
export function removeBlocks(draft: Draft, ids: readonly string[]): Draft {
  const blocks = blocksOf(draft);
  const gone = new Set(ids.filter((id) => Object.hasOwn(blocks, id)));
  if (gone.size === 0) return draft;
  const kept = withBlocks(
    draft,
    Object.fromEntries(Object.entries(blocks).filter(([id]) => !gone.has(id))),
  );
  return waysOf(draft, gone).reduce((healed, way) => {
    const onward = onwardOf(draft, targetOf(draft, way)!, gone);
    return withTarget(healed, way, onward === way.source ? undefined : onward);
  }, kept);
}

/** Ways from what stays into what goes. */
function waysOf(draft: Draft, gone: ReadonlySet<string>): Way[] {
  const first = draft['first'];
  const fromStart =
    typeof first === 'string' && gone.has(first) ? [{ source: START, exit: 'next' }] : [];
  const fromBlocks = Object.entries(blocksOf(draft)).flatMap(([source, block]) =>
    gone.has(source)
      ? []
      : Object.entries(drawnExits(block)).flatMap(([exit, target]) =>
          gone.has(target) ? [{ source, exit }] : [],
        ),
  );
  return [...fromStart, ...fromBlocks];
}

/** The first block that stays, as long as there is only one way on. */
function onwardOf(draft: Draft, from: string, gone: ReadonlySet<string>): string | undefined {
  const blocks = blocksOf(draft);
  const met = new Set<string>();
  let id = from;
  while (gone.has(id)) {
    if (met.has(id)) return undefined;
    met.add(id);
    const targets = [...new Set(Object.values(drawnExits(blocks[id]!)))].filter((target) =>
      Object.hasOwn(blocks, target),
    );
    if (targets.length !== 1) return undefined;
    id = targets[0]!;
  }
  return id;
}
