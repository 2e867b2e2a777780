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

/** Of every ten blocks the first divides runs into three ways of three, which meet again. */
function blockOf(n: number, blocks: number) {
  const to = (target: number) => (target < blocks ? `b${target}` : undefined);
  const [base, place] = [n - (n % 10), n % 10];
  const wait = { type: 'timer', wait: { n: 1 + (n % 9), unit: 'day' } };
  const send = { type: 'email', message: String(1 + (n % 50)) };
  if (place === 0) {
    return {
      type: 'split',
      weights: { a: 1, b: 1, c: 1 },
      exits: { a: to(base + 1), b: to(base + 4), c: to(base + 7) },
    };
  }
  const next = place % 3 === 0 ? to(base + 10) : to(n + 1);
  return { ...(place % 3 === 1 ? send : wait), exits: { next } };
}
