import { beforeEach, expect, test } from 'vitest';
import { writeAudit } from '../audit/index.ts';
import { inTransaction } from '../db/index.ts';
import { testApp } from '../http/test-app.ts';
import { decodeItems, type InboxItem } from '../inbox/index.ts';
import { doSlice, doWork } from './do-work.ts';
import { enqueueJob } from './enqueue-job.ts';
import { keepContacts, nextPiece } from './job-contacts.ts';
import { inLongStatement } from './long-statement.ts';
import { findJob, listUnfinished, readFile } from './queries.ts';
import { jobRoutes } from './routes.ts';
import { workKinds, type Slice, type Work, type WorkKind } from './work.ts';

/** Counts to `to`, three at a time; every number is an item of a contact, a row of a file. */
const counting: WorkKind = {
  kind: 'count',
  right: 'contacts.write',
  about: ({ to }) => ({ to: to ?? null }),
  undo: (input, jobId) => (input['of'] ? undefined : { kind: 'count', input: { of: jobId } }),
  async slice(_tx, work) {
    await hooks.before(work);
    const from = Number(work.cursor?.['next'] ?? 1);
    const to = Number(work.input['to']);
    const numbers = [from, from + 1, from + 2].filter((number) => number <= to);
    return {
      cursor: { next: from + 3 },
      next: from + 3 > to ? 'finished' : 'go on',
      total: to,
      done: numbers.filter((number) => number !== 5).length,
      errors: numbers.filter((n) => n === 5).map((n) => ({ contactId: n, message: 'no fives' })),
      items: numbers.map(itemOf),
      changed: numbers,
      file: { content: Buffer.from(`${numbers.join()};`), rows: numbers.length },
    };
  },
};
const kinds = workKinds([counting]);
const hooks: { before: (work: Work) => void | Promise<void> } = { before: () => {} };

function itemOf(n: number): InboxItem {
  return { kind: 'delete', ids: [['contact', String(n)]], at: n, source: 'manual' };
}

const app = await testApp({ routes: jobRoutes({ kinds, writeAudit }) });
const { pool, workspace, clock, call, addKey, addWorkspace } = app;
const parts = { pool, kinds, clock: clock.now, stopping: new AbortController().signal };

beforeEach(() => {
  hooks.before = () => {};
});

async function begin(to = 8): Promise<number> {
  const workspaceId = workspace.id;
  const by = app.origin(workspaceId);
  return (await enqueueJob(pool, { workspaceId, kind: 'count', input: { to }, by })).id;
}

async function read(id: number) {
  const job = await findJob(pool, { workspaceId: workspace.id, id });
  return job!;
}

async function arrived(): Promise<number[]> {
  const { rows } = await pool.query<{ payload: Buffer }>(
    'delete from inbox returning payload, seq',
  );
  return rows.flatMap(({ payload }) => decodeItems(payload)).map(({ at }) => at);
}

async function fileOf(jobId: number): Promise<string> {
  let text = '';
  for await (const piece of readFile(pool, { jobId })) text += piece.toString();
  return text;
}

test('work is done slice by slice, with its items, file, errors and changes', async () => {
  const id = await begin();
  await doWork(parts, { id });
  expect(await read(id)).toMatchObject({ state: 'done', total: 8, done: 7, failed: 1, slices: 3 });
  expect(await arrived()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await fileOf(id)).toBe('1,2,3;4,5,6;7,8;');
  const { body } = await call('GET', `/jobs/${id}/errors`);
  expect(body.items).toEqual([{ n: 1, contact: '5', subject: null, message: 'no fives' }]);
});

test('a slice that breaks leaves nothing, and the next try does it once', async () => {
  const id = await begin();
  let slices = 0;
  hooks.before = () => {
    slices += 1;
    if (slices === 2) throw new Error('disk full');
  };
  await expect(doWork(parts, { id })).rejects.toThrow('disk full');
  expect(await read(id)).toMatchObject({ state: 'running', slices: 1, reason: 'disk full' });
  await doWork(parts, { id });
  expect(await read(id)).toMatchObject({ state: 'done', done: 7, reason: null });
  expect(await arrived()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await fileOf(id)).toBe('1,2,3;4,5,6;7,8;');
});

test('a connection that is cut in the middle of a slice repeats nothing', async () => {
  const id = await begin();
  let cut = false;
  const cutting = workKinds([
    {
      ...counting,
      async slice(tx, work, options) {
        const slice = await counting.slice(tx, work, options);
        if (work.slice !== 1 || cut) return slice;
        cut = true;
        await tx.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
        return slice;
      },
    },
  ]);
  await expect(doWork({ ...parts, kinds: cutting }, { id })).rejects.toThrow();
  expect(await listUnfinished(pool, { untouchedSince: clock.now() })).toEqual([id]);
  await doWork(parts, { id });
  expect(await arrived()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a slice that always breaks ends as failed, and goes on when asked to', async () => {
  const id = await begin();
  hooks.before = () => {
    throw new Error('broken');
  };
  for (let n = 0; n < 6; n += 1) await doWork(parts, { id }).catch(() => {});
  expect(await read(id)).toMatchObject({ state: 'failed', attempts: 6 });
  await doWork(parts, { id });
  hooks.before = () => {};
  const { status } = await call('POST', `/jobs/${id}/resume`);
  expect(status).toBe(200);
  await doWork(parts, { id });
  expect(await read(id)).toMatchObject({ state: 'done', done: 7 });
  await arrived();
});

test('two who take the same job do each slice once', async () => {
  const id = await begin(30);
  await Promise.all([doWork(parts, { id }), doWork(parts, { id })]);
  await doWork(parts, { id });
  expect((await arrived()).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_, n) => n + 1),
  );
});

test('cancelled work stops before its next slice, and what it did can be taken back', async () => {
  const id = await begin();
  await doSlice(parts, { id });
  await call('POST', `/jobs/${id}/cancel`);
  await doWork(parts, { id });
  const { body: job } = await call('GET', `/jobs/${id}`);
  expect(job).toMatchObject({ state: 'cancelled', done: 3, undoable: true, about: { to: 8 } });
  expect((await call('POST', `/jobs/${id}/cancel`)).status).toBe(409);
  const undo = await call('POST', `/jobs/${id}/undo`);
  expect(undo).toMatchObject({ status: 201, body: { total: 3, state: 'queued' } });
  await arrived();
});

/** Waits until the database is at a statement of this text. */
async function running(text: string): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where query = $1 and state = 'active'`,
      [text],
    );
    if (rowCount! > 0) return;
  }
}

test('cancelling ends a statement that takes long, and is no failure of the work', async () => {
  const endless = 'select pg_sleep(3600)';
  const asking = workKinds([
    {
      ...counting,
      settles: true,
      slice: async (tx, work, { leaving }) => {
        if (!leaving) await inLongStatement(tx, work, () => tx.query(endless));
        return { cursor: {}, next: 'finished' };
      },
    },
  ]);
  const id = await begin();
  const work = doWork({ ...parts, kinds: asking }, { id });
  await running(endless);
  expect((await call('POST', `/jobs/${id}/cancel`)).status).toBe(200);
  await work;
  expect(await read(id)).toMatchObject({ state: 'cancelled', attempts: 0, reason: null });
});

test('a statement that the database gives up by itself is a failure of the work', async () => {
  const impatient = workKinds([
    {
      ...counting,
      slice: async (tx, work) => {
        await tx.query(`set local statement_timeout = 10`);
        await inLongStatement(tx, work, () => tx.query('select pg_sleep(3600)'));
        return { cursor: {}, next: 'finished' };
      },
    },
  ]);
  const id = await begin();
  await expect(doSlice({ ...parts, kinds: impatient }, { id })).rejects.toThrow('timeout');
  expect(await read(id)).toMatchObject({ state: 'queued', attempts: 1 });
});

test('what was cancelled when all of it was done is shown as done', async () => {
  const quick = workKinds([
    {
      ...counting,
      settles: true,
      slice: async () => ({ cursor: {}, next: 'finished', complete: true }),
    },
  ]);
  const id = await begin();
  await call('POST', `/jobs/${id}/cancel`);
  await doWork({ ...parts, kinds: quick }, { id });
  expect(await read(id)).toMatchObject({ state: 'done', cancel_asked: true });
});

test('which contacts work goes through is known by pieces until it has ended', async () => {
  const id = await begin();
  const pieces = ['{1,2}', '{}', '{3}'].map((contact_ids) => ({ n: 0, contact_ids }));
  await inTransaction(pool, (tx) => keepContacts(tx, { jobId: id, pieces }));
  expect(await nextPiece(pool, { jobId: id, from: 0 })).toEqual({ piece: 0, contactIds: [1, 2] });
  expect(await nextPiece(pool, { jobId: id, from: 1 })).toEqual({ piece: 2, contactIds: [3] });
  await doWork(parts, { id });
  expect(await nextPiece(pool, { jobId: id, from: 0 })).toBeUndefined();
  await arrived();
});

test('work that waits for its items does not count the looking', async () => {
  const looks: Slice['next'][] = ['look again', 'look again', 'finished'];
  const waiting = workKinds([
    {
      ...counting,
      slice: async () => ({ cursor: { looks: looks.length }, next: looks.shift()! }),
    },
  ]);
  const id = await begin();
  await doWork({ ...parts, kinds: waiting }, { id });
  expect(await read(id)).toMatchObject({ state: 'done', slices: 1, cursor: { looks: 1 } });
});

test('a kind that this program does not know fails with a reason', async () => {
  const id = await begin();
  await doWork({ ...parts, kinds: workKinds([]) }, { id });
  expect(await read(id)).toMatchObject({ state: 'failed', reason: expect.stringMatching('count') });
});

test('jobs of others take the right of their kind, and of another workspace none sees', async () => {
  const id = await begin();
  const stranger = await addKey({ rights: ['reports.read'] });
  expect((await call('GET', `/jobs/${id}`, { as: stranger })).status).toBe(404);
  expect((await call('GET', '/jobs', { as: stranger })).body.items).toEqual([]);
  const writer = await addKey({ rights: ['contacts.write'] });
  expect((await call('GET', `/jobs/${id}`, { as: writer })).status).toBe(200);
  const other = await addKey({ workspaceId: (await addWorkspace('other')).id });
  expect((await call('GET', `/jobs/${id}`, { as: other })).status).toBe(404);
  const { body } = await call('GET', '/jobs?limit=2', { as: writer });
  expect(body.items[0]).toMatchObject({ id: String(id), state: 'queued' });
  expect(body.next_cursor).toEqual(expect.any(String));
});
