import { describe, expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { inTransaction } from '../db/index.ts';
import { promoCodeRoutes } from './routes.ts';
import { takeCodes, type CodeWish } from './take-codes.ts';
import { tendPools } from './tend-pools.ts';

const app = await testApp({ routes: promoCodeRoutes });
const { call, pool, clock, workspace, addWorkspace, addKey } = app;

let made = 0;

async function newPool(values: object = {}): Promise<string> {
  made += 1;
  const { status, body } = await call('POST', '/promo_pools', {
    body: { name: `Pool ${made}`, ...values },
  });
  expect(status).toBe(201);
  return body.id as string;
}

function add(id: string, body: object) {
  return call('POST', `/promo_pools/${id}/codes`, { body });
}

async function show(id: string) {
  const { body } = await call('GET', `/promo_pools/${id}`);
  return body;
}

function wish(id: string, values: Partial<CodeWish> = {}): CodeWish {
  return {
    workspaceId: workspace.id,
    contactId: 1,
    slot: 1,
    poolId: Number(id),
    livesUntil: clock.now().getTime(),
    runId: 7,
    workflowId: 8,
    block: 'b1',
    ...values,
  };
}

function take(wishes: readonly CodeWish[]) {
  return inTransaction(pool, (tx) => takeCodes(tx, { wishes, now: clock.now() }));
}

async function codesOf(id: string, query = '') {
  const { body } = await call('GET', `/promo_pools/${id}/codes${query}`);
  return body.items as { code: string; state: string; contact: string | null }[];
}

describe('codes', () => {
  test('are added by list and by text, and those that are there are told', async () => {
    const id = await newPool();
    const first = await add(id, { codes: ['LIST-A', { code: 'LIST-B' }, 'LIST-A', ' '] });
    expect(first.body).toEqual({
      added: 2,
      duplicates: 1,
      invalid: 1,
      refused: [
        { line: 3, code: 'LIST-A', problem: 'duplicate' },
        { line: 4, code: '', problem: 'invalid' },
      ],
    });
    const csv =
      'Code;Expires_at\r\nLIST-B;\r\nLIST-C;2030-06-30\r\nLIST-D;soon\r\nLIST-E;2001-01-01\r\n';
    const second = await add(id, { csv, first_line: 11 });
    expect(second.body).toEqual({
      added: 1,
      duplicates: 1,
      invalid: 2,
      refused: [
        { line: 12, code: 'LIST-B', problem: 'duplicate' },
        { line: 14, code: 'LIST-D', problem: 'date' },
        { line: 15, code: 'LIST-E', problem: 'expired' },
      ],
    });
    expect(await show(id)).toMatchObject({ added: 3, left: 3, used: 0, expired: 0 });
    expect(await codesOf(id, '?search=LIST-C')).toMatchObject([
      { code: 'LIST-C', state: 'free', expires_at: '2030-06-30T23:59:59.999Z', contact: null },
    ]);
  });

  test('are one line each in a pasted text', async () => {
    const id = await newPool({ expires_at: '2030-01-01T00:00:00.000Z' });
    expect((await add(id, { csv: 'PASTE-1\n\nPASTE-2\n' })).body).toMatchObject({ added: 2 });
    expect(await codesOf(id)).toMatchObject([
      { code: 'PASTE-1', expires_at: '2030-01-01T00:00:00.000Z' },
      { code: 'PASTE-2' },
    ]);
  });

  test('are given to one each, whoever asks at once', async () => {
    const id = await newPool({ discount: 10, type: '3' });
    await add(id, { codes: Array.from({ length: 300 }, (_, i) => `MANY-${i}`) });
    const taken = await Promise.all(
      Array.from({ length: 16 }, (_, slot) =>
        take(Array.from({ length: 20 }, (_, i) => wish(id, { slot, contactId: slot + 16 * i }))),
      ),
    );
    const codes = taken.flat().flatMap((one) => one?.code ?? []);
    expect(new Set(codes).size).toBe(300);
    expect(codes).toHaveLength(300);
    expect(taken.flat().filter((one) => one === undefined)).toHaveLength(20);
    expect(await show(id)).toMatchObject({ added: 300, left: 0, used: 300 });
    const { rows } = await pool.query(
      `select 1 from promo_grants where pool_id = $1 group by code_id having count(*) > 1`,
      [id],
    );
    expect(rows).toEqual([]);
  });

  test('stay when the steps that took them are undone', async () => {
    const id = await newPool();
    await add(id, { codes: ['UNDO-1'] });
    const failing = inTransaction(pool, async (tx) => {
      await takeCodes(tx, { wishes: [wish(id)], now: clock.now() });
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await show(id)).toMatchObject({ left: 1, used: 0 });
    expect((await take([wish(id)]))[0]).toMatchObject({ code: 'UNDO-1' });
  });

  test('live as long as they are wanted to, and the shortest that do go first', async () => {
    const id = await newPool();
    const day = 86_400_000;
    const now = clock.now().getTime();
    const at = (days: number) => new Date(now + days * day).toISOString();
    await add(id, {
      codes: [
        { code: 'LIVES-9', expires_at: at(9) },
        { code: 'LIVES-3', expires_at: at(3) },
        'LIVES-EVER',
      ],
    });
    const four = () => wish(id, { livesUntil: now + 4 * day });
    expect(codesIn(await take([four(), four(), four()]))).toEqual([
      'LIVES-9',
      'LIVES-EVER',
      undefined,
    ]);
    expect(codesIn(await take([wish(id), wish(id)]))).toEqual(['LIVES-3', undefined]);
  });

  test('expire, and are nobody’s any more', async () => {
    const id = await newPool();
    const soon = new Date(clock.now().getTime() + 60_000).toISOString();
    await add(id, { codes: [{ code: 'EXP-1', expires_at: soon }, 'EXP-2'] });
    await tendPools(pool, { now: new Date(soon) });
    expect(await show(id)).toMatchObject({ added: 2, left: 1, expired: 1 });
    expect(await codesOf(id, '?state=expired')).toMatchObject([{ code: 'EXP-1' }]);
  });

  test('go out as CSV, in which no spreadsheet finds a formula', async () => {
    const id = await newPool();
    await add(id, { codes: ['CSV-1', '=CSV-2'] });
    await take([wish(id, { contactId: 41 })]);
    const { body: text } = await call('GET', `/promo_pools/${id}/codes.csv`);
    expect(text).toMatch(/^code,state,expires_at,added_at,used_at,contact\r\n/);
    expect(text).toMatch(/\r\nCSV-1,used,,[^,]+,[^,]+,41\r\n'=CSV-2,free,/);
  });
});

describe('a pool', () => {
  test('tells once when few are left, and again when it was filled up', async () => {
    const id = await newPool({ warn_below: 2 });
    await add(id, { codes: ['LOW-1', 'LOW-2'] });
    await tendPools(pool, { now: clock.now() });
    expect(await show(id)).toMatchObject({ low: false });
    expect(await arrivals()).toBe(0);
    await take([wish(id)]);
    expect(await show(id)).toMatchObject({ low: true, left: 1 });
    await tendPools(pool, { now: clock.now() });
    await tendPools(pool, { now: clock.now() });
    expect(await arrivals()).toBe(1);
    await add(id, { codes: ['LOW-3'] });
    await tendPools(pool, { now: clock.now() });
    await take([wish(id)]);
    await tendPools(pool, { now: clock.now() });
    expect(await arrivals()).toBe(2);
  });

  test('is deleted only while nobody has a code of it', async () => {
    const id = await newPool();
    await add(id, { codes: ['DEL-1'] });
    await take([wish(id)]);
    expect((await call('DELETE', `/promo_pools/${id}`)).status).toBe(409);
    expect((await call('PATCH', `/promo_pools/${id}`, { body: { archived: true } })).status).toBe(
      200,
    );
    expect(codesIn(await take([wish(id)]))).toEqual([undefined]);
    expect((await add(id, { codes: ['DEL-2'] })).status).toBe(409);
    const unused = await newPool();
    expect((await call('DELETE', `/promo_pools/${unused}`)).status).toBe(204);
  });

  test('has a name of its own', async () => {
    await newPool({ name: 'Spring' });
    expect((await call('POST', '/promo_pools', { body: { name: ' spring ' } })).status).toBe(409);
    const other = await newPool();
    const renamed = await call('PATCH', `/promo_pools/${other}`, { body: { name: 'SPRING' } });
    expect(renamed.status).toBe(409);
  });

  test('takes what it can read, and says what it cannot', async () => {
    const id = await newPool();
    expect((await add(id, { codes: [] })).status).toBe(400);
    expect((await add(id, {})).status).toBe(400);
    expect(
      (await call('POST', '/promo_pools', { body: { name: 'x', warn_below: 0 } })).status,
    ).toBe(400);
  });

  test('is nobody’s of another workspace', async () => {
    const id = await newPool();
    await add(id, { codes: ['WALL-1'] });
    const contact = 7_777;
    await pool.query(
      `insert into contacts (id, workspace_id, source, created_at, updated_at)
       values ($1, $2, 'rest', $3, $3)`,
      [contact, workspace.id, clock.now()],
    );
    await take([wish(id, { contactId: contact })]);
    const other = await addWorkspace('walled');
    const as = await addKey({ workspaceId: other.id });
    const calls = [
      ['GET', `/promo_pools/${id}`],
      ['PATCH', `/promo_pools/${id}`, { name: 'Mine' }],
      ['DELETE', `/promo_pools/${id}`],
      ['POST', `/promo_pools/${id}/codes`, { codes: ['WALL-2'] }],
      ['GET', `/promo_pools/${id}/codes`],
      ['GET', `/promo_pools/${id}/codes.csv`],
    ] as const;
    for (const [method, path, body] of calls) {
      expect((await call(method, path, { as, ...(body && { body }) })).status, path).toBe(404);
    }
    expect((await call('GET', '/promo_pools', { as })).body.items).toEqual([]);
    const ofContact = `/contacts/${contact}/promo_codes`;
    expect((await call('GET', ofContact)).body.items).toMatchObject([{ code: 'WALL-1' }]);
    expect((await call('GET', ofContact, { as })).status).toBe(404);
    expect(await take([wish(id, { workspaceId: other.id })])).toEqual([undefined]);
  });
});

function codesIn(taken: readonly ({ code: string } | undefined)[]) {
  return taken.map((one) => one?.code);
}

async function arrivals(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select coalesce(sum(n), 0)::integer as n from inbox`,
  );
  return rows[0]!.n;
}
