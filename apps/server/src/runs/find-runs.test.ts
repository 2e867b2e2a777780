import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { findRuns, type RunFilter } from './find-runs.ts';
import { readStatDays } from './show-stats.ts';
import { beginSteering, previewSteering } from './steer/begin-steering.ts';
import { findSteeredPage } from './steer/steer-work-queries.ts';
import { createRunWorld, DAY, HOUR, T0, type RunWorld } from './test-world.ts';
import { inTransaction } from '../db/index.ts';

const { pool } = await testDatabase();
let world: RunWorld;
let workflowId: number;
/** By name. */
const contacts: Record<string, number> = {};

// ann goes by `yes` and ends, bob by `no` and fails at the SMS without a number, cat waits.
beforeAll(async () => {
  world = await createRunWorld(pool);
  workflowId = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Go' },
    first: 'b1',
    blocks: {
      b1: {
        type: 'if',
        condition: { type: 'event_param', param: 'plan', op: 'equals', value: 'pro' },
        exits: { yes: 'b2', no: 'b3' },
      },
      b2: { type: 'goal', exits: {} },
      b3: { type: 'unsubscribe', channel: 'sms', exits: {} },
    },
  });
  for (const [i, name] of ['ann', 'bob', 'cat'].entries()) {
    contacts[name] = await world.contact({ email: `${name}@example.com` });
    const at = T0 + i * DAY;
    const params = { plan: name === 'bob' ? 'free' : 'pro' };
    await world.apply({ contact: contacts[name], event: 'Go', at, params });
    await world.step(at);
  }
});

async function found(filter: Partial<RunFilter> & { limit?: number; before?: number }) {
  const { runs } = await findRuns(pool, { workflowId, limit: 10, ...filter });
  const names = new Map(Object.entries(contacts).map(([name, id]) => [id, name]));
  return runs.map(({ contact_id: id }) => names.get(id));
}

describe('runs are found', () => {
  test('newest first, page by page', async () => {
    expect(await found({})).toEqual(['cat', 'bob', 'ann']);
    const first = await findRuns(pool, { workflowId, limit: 2 });
    expect(first.runs).toHaveLength(2);
    expect(await found({ limit: 2, before: first.before! })).toEqual(['ann']);
    const last = await findRuns(pool, { workflowId, limit: 2, before: first.before });
    expect(last).toMatchObject({ before: undefined, lookedUntil: null });
  });

  test.each([
    [{ states: ['failed' as const] }, ['bob']],
    [{ states: ['completed' as const, 'failed' as const] }, ['cat', 'bob', 'ann']],
    [{ states: ['waiting' as const] }, []],
    [{ block: 'b2' }, ['cat', 'ann']],
    [{ reason: 'PHONE number' }, ['bob']],
    [{ reason: '100%' }, []],
    [{ version: 2 }, []],
    [{ from: new Date(T0 + DAY) }, ['cat', 'bob']],
    [{ to: new Date(T0 + DAY) }, ['ann']],
    [{ from: new Date(T0 + HOUR), to: new Date(T0 + 2 * DAY) }, ['bob']],
    [{ from: new Date(T0 + 9 * DAY) }, []],
    [{ to: new Date(T0 - DAY) }, []],
    [{ reached: 'b3' }, ['bob']],
    [{ reached: 'b1' }, ['cat', 'bob', 'ann']],
    [{ reached: 'b1', exit: 'no' }, ['bob']],
  ])('by %j', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  test('of one contact', async () => {
    expect(await found({ contactId: contacts['ann']! })).toEqual(['ann']);
  });
});

test('days tell what began, ended and was refused, with the quiet ones', async () => {
  const now = new Date(T0 + 3 * DAY);
  const { days } = await readStatDays(pool, { workflowId, days: 5, now });
  expect(
    days.map(({ day, started, failed, converted }) => [day, started, failed, converted]),
  ).toEqual([
    ['2026-05-31', 0, 0, 0],
    ['2026-06-01', 1, 0, 1],
    ['2026-06-02', 1, 1, 0],
    ['2026-06-03', 1, 0, 1],
    ['2026-06-04', 0, 0, 0],
  ]);
});

test('a bulk action means the runs of its selection, and says before how many', async () => {
  const by = {
    workspaceId: world.workspaceId,
    actor: { kind: 'system', id: null, name: 'test' } as const,
    at: new Date(T0 + 5 * DAY),
  };
  const wish = { workspaceId: world.workspaceId, id: workflowId, what: 'retry' as const };
  const count = (selection: object) => previewSteering(pool, { ...wish, until: by.at, selection });
  expect(await count({})).toBe(1);
  expect(await count({ block: 'b3', reason: 'phone' })).toBe(1);
  expect(await count({ block: 'b2' })).toBe(0);
  expect(await count({ to: new Date(T0) })).toBe(0);
  const selection = { block: 'b3', from: new Date(T0 + HOUR) };
  const job = await inTransaction(pool, (tx) => beginSteering(tx, { ...wish, by, selection }));
  expect(job).toMatchObject({ total: 1 });
  expect(job.input['selection']).toEqual({ block: 'b3', from: selection.from.toISOString() });
  const page = await findSteeredPage(pool, {
    workflowId,
    state: 'failed',
    until: by.at,
    ...selection,
    after: 0,
    limit: 10,
    look: 100,
  });
  expect(page.runs.map(({ contact_id: id }) => id)).toEqual([contacts['bob']]);
  expect(page.isLast).toBe(true);
});

test.for([
  { limit: 10, look: 1, pages: 4 },
  { limit: 10, look: 2, pages: 2 },
  { limit: 1, look: 100, pages: 3 },
  { limit: 2, look: 3, pages: 2 },
])('pages of runs that are meant look $look far and miss none', async ({ pages, ...sizes }) => {
  const which = { workflowId, state: 'active' as const, until: new Date(T0 + 9 * DAY) };
  await pool.query(`update runs set ended_at = null where workflow_id = $1 and contact_id <> $2`, [
    workflowId,
    contacts['bob'],
  ]);
  const found: number[] = [];
  let after = 0;
  let asked = 0;
  for (let isLast = false; !isLast; asked += 1) {
    const page = await findSteeredPage(pool, { ...which, ...sizes, after });
    found.push(...page.runs.map(({ contact_id: id }) => id));
    ({ after, isLast } = page);
  }
  expect(new Set(found)).toEqual(new Set([contacts['ann'], contacts['cat']]));
  expect(found).toHaveLength(2);
  expect(asked).toBe(pages);
});
