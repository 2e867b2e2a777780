import type { Workflow } from '../../packages/contracts/src/index.ts';

const WRITTEN = '2026-05-01T10:00:00.000Z';

/** A workflow of so many blocks: chains of messages and timers that divide and come together again. */
export function largeWorkflow(blocks: number): Workflow {
  return {
    id: '1',
    key: 'large',
    name: `${blocks} blocks`,
    state: 'draft',
    published_version: null,
    changed: true,
    tags: [],
    created_at: WRITTEN,
    updated_at: WRITTEN,
    activated_at: null,
    running: 0,
    definition: {
      language: 1,
      start: { type: 'event', event: 'SignedUp' },
      stop: [],
      limits: {},
      ...(blocks > 0 && { first: 'b0' }),
      blocks: Object.fromEntries(
        Array.from({ length: blocks }, (_, n) => [`b${n}`, blockOf(n, blocks)]),
      ),
    },
    revision: 1,
    edited_at: null,
    edited_by: null,
    published: null,
  };
}

type Json = Workflow['definition'][string];

/** Of every ten blocks the first divides runs into three ways of three, which meet again. */
function blockOf(n: number, blocks: number): Json {
  const [base, place] = [n - (n % 10), n % 10];
  if (place === 0) {
    const exits = exitsTo({ a: base + 1, b: base + 4, c: base + 7 }, blocks);
    return { type: 'split', weights: { a: 1, b: 1, c: 1 }, exits };
  }
  const exits = exitsTo({ next: place % 3 === 0 ? base + 10 : n + 1 }, blocks);
  return place % 3 === 1
    ? { type: 'email', message: String(1 + (n % 50)), exits }
    : { type: 'timer', wait: { n: 1 + (n % 9), unit: 'day' }, exits };
}

/** Exits to blocks that are there. */
function exitsTo(targets: Record<string, number>, blocks: number): Record<string, string> {
  const drawn = Object.entries(targets).filter(([, target]) => target < blocks);
  return Object.fromEntries(drawn.map(([exit, target]) => [exit, `b${target}`]));
}
