import { expect, test } from 'vitest';
import type { Pool } from '../../db/index.ts';
import type { Rendered } from '../../messages/index.ts';
import { createContentWaits } from './content-waits.ts';
import type { WorkRow } from './work-queries.ts';

const NOW = new Date('2026-03-01T09:30:00Z');
const call = { url: 'https://a.example', format: 'json', cacheSeconds: 60, timeoutMs: 1 } as const;
const pending: Rendered = { ok: false, problem: { path: '', message: '', pending: [call] } };

function row(id: number, messageId = 1): WorkRow {
  return { id, contact_id: id, message_id: messageId, workspace_id: 1 } as WorkRow;
}

/** What was made due, in order, and who decides how each call ends. */
function waits() {
  const asked: ((isThere: boolean) => void)[] = [];
  const due: unknown[] = [];
  const errors: unknown[] = [];
  let committed = Promise.resolve();
  const pool = {
    query: (_: string, values: unknown[]) => {
      due.push((values[1] as number[])[0]);
      return Promise.resolve({ rows: [] });
    },
  };
  const made = createContentWaits({
    pool: pool as unknown as Pool,
    renderPool: { fetch: () => new Promise((done) => asked.push(done)) },
    clock: () => NOW,
    recorded: () => committed,
    onError: (error) => errors.push(error),
    onDue: () => {},
  });
  const holdCommit = () => {
    const held = Promise.withResolvers<void>();
    committed = held.promise;
    return held.resolve;
  };
  return { ...made, asked, due, errors, holdCommit };
}

test('a message of which many wait is crowded until some of them have what they need', async () => {
  const { begin, crowded, asked, settled, busy } = waits();
  begin(
    Array.from({ length: 500 }, (_, i) => row(i)),
    Array.from({ length: 500 }, () => pending),
  );
  expect([crowded(row(999)), crowded(row(999, 2)), busy()]).toEqual([true, false, true]);
  asked[0]!(true);
  await Promise.resolve();
  for (const done of asked) done(true);
  await settled();
  expect([crowded(row(999)), busy()]).toEqual([false, false]);
});

test('what is there makes its delivery due, after what put it aside is committed', async () => {
  const { begin, asked, due, settled, holdCommit } = waits();
  const commit = holdCommit();
  begin([row(7), row(8)], [pending, { ok: true, content: {} }]);
  expect(asked).toHaveLength(1);
  asked[0]!(true);
  await new Promise((done) => setImmediate(done));
  expect(due).toEqual([]);
  commit();
  await settled();
  expect(due).toEqual([7]);
});

test('where nobody asked, or nobody waits any more, a delivery is due by itself', async () => {
  const { begin, asked, due, settled, stop } = waits();
  begin([row(1)], [pending]);
  asked[0]!(false);
  await settled();
  begin([row(2)], [pending]);
  stop();
  asked[1]!(true);
  await settled();
  expect(due).toEqual([]);
});
