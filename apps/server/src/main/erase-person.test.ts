/**
 * A planted person must be gone from every table. Whatever table is added is covered: each that
 * belongs to contacts gets a row with a mark, and then all tables are read.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFieldCatalogue } from '../contacts/index.ts';
import { createEgress } from '../egress/index.ts';
import { inTransaction, quoteName } from '../db/index.ts';
import { createEventTypes, createSchemaSampler } from '../events/index.ts';
import { testApp } from '../http/test-app.ts';
import { createInbox, LANES, type Identifier, type InboxItem } from '../inbox/index.ts';
import { createRenderPool, recipientTokenKey } from '../messages/index.ts';
import { contactTables } from '../pipeline/contact-tables.ts';
import { eraseAgain, listErased, readErased } from '../pipeline/index.ts';
import { testPipeline, type TestPipeline } from '../pipeline/test-pipeline.ts';
import { findSuppressions } from '../suppressions/index.ts';
import { createEngine } from './create-engine.ts';
import { manageRoutes } from './routes.ts';
import { testRender } from '../messages/rendering/test-render.ts';

const SLOTS = 8;
let pipeline: TestPipeline;

const app = await testApp({
  routes: ({ box, pool }) => {
    const clock = (): Date => app.clock.now();
    const inbox = createInbox({ pool, clock });
    const renderPool = createRenderPool({
      publicUrl: 'http://localhost',
      tokenKey: recipientTokenKey(box),
      size: 1,
    });
    afterAll(() => renderPool.close());
    const results = { wait: (ticket: string) => pipeline.results.wait(ticket) } as never;
    return manageRoutes({
      pool,
      box,
      publicUrl: undefined,
      inbox,
      results,
      clock,
      renderPool,
      slots: SLOTS,
      egress: createEgress({ allow: [] }),
    });
  },
});
const { pool, call, workspace, clock } = app;
const workspaceId = workspace.id;
const sampler = createSchemaSampler({ pool, clock: clock.now, onError: () => {} });
afterAll(() => sampler.close());

beforeAll(async () => {
  const eventTypes = createEventTypes(pool);
  const fields = createFieldCatalogue();
  const engine = createEngine({ eventTypes, fields, slots: SLOTS, render: testRender });
  pipeline = await testPipeline(pool, {
    clock: clock.now,
    slots: SLOTS,
    parts: { engine, types: eventTypes, catalogue: fields, onFacts: sampler.observe },
  });
});

async function arrive(...items: InboxItem[]): Promise<void> {
  await send(...items);
  await pipeline.drain();
}

async function send(...items: InboxItem[]): Promise<void> {
  const inbox = createInbox({ pool, clock: clock.now });
  await inbox.append({ workspaceId, lane: LANES.stream, items });
}

function identify(ids: Identifier[], fields: Record<string, string>): InboxItem {
  return { kind: 'identify', ids, at: clock.now().getTime(), source: 'api', fields };
}

function track(ids: Identifier[], params: Record<string, string>): InboxItem {
  return {
    kind: 'event',
    ids,
    at: clock.now().getTime(),
    source: 'sdk',
    event: 'Planted',
    params,
    ownTime: false,
    createContact: true,
  };
}

/** The contact of an e-mail. */
async function contactOf(email: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where workspace_id = $1 and email = $2`,
    [workspaceId, email],
  );
  return rows[0]?.id;
}

/** All tables, and where in them a text stands, bytes included. */
async function findEverywhere(mark: string): Promise<string[]> {
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const hex = Buffer.from(mark).toString('hex');
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select t::text as row from ${quoteName(schema)}.${quoteName(name)} t
        where t::text ilike '%' || $1 || '%' or t::text ilike '%' || $2 || '%'`,
      [mark, hex],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 300)}`));
  }
  return found;
}

interface Column {
  name: string;
  type: string;
  required: boolean;
  check: string | null;
}

/** A row of a contact in a table that nobody knows here, with the mark in every text. */
async function plantRow(table: string, contactId: number, mark: string): Promise<void> {
  const { rows: columns } = await pool.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
            (select pg_get_constraintdef(k.oid) from pg_constraint k
              where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check
       from pg_attribute a
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = ''`,
    [table],
  );
  const planted = columns.flatMap((column): [string, unknown][] => {
    const value = plantedValue(column, { contactId, mark });
    return value === undefined ? [] : [[column.name, value]];
  });
  const names = planted.map(([name]) => quoteName(name)).join(', ');
  const places = planted.map((_, i) => `$${i + 1}`).join(', ');
  await pool.query(
    `insert into ${quoteName(table)} (${names}) values (${places})`,
    planted.map(([, value]) => value),
  );
}

let numbers = 1_000_000;

function plantedValue(
  { name, type, required, check }: Column,
  { contactId, mark }: { contactId: number; mark: string },
): unknown {
  if (name === 'contact_id') return contactId;
  if (name === 'workspace_id') return workspaceId;
  if (name === 'slot') return contactId % SLOTS;
  if (name === 'id') return (numbers += 1);
  // A name of ours, which is counted.
  if (name === 'block') return 'mail';
  const allowed = check && /'([^']*)'::text/.exec(check)?.[1];
  if (type === 'text') return allowed ?? mark;
  if (type === 'jsonb') return JSON.stringify({ planted: mark });
  if (type === 'bytea') return Buffer.from(mark);
  if (!required) return undefined;
  if (type.startsWith('timestamp')) return clock.now();
  if (type === 'date') return clock.now().toISOString().slice(0, 10);
  if (type === 'boolean') return false;
  return /^(bigint|integer|smallint|numeric|double|real)/.test(type) ? 1 : undefined;
}

test('the planting reaches every table of contacts', async () => {
  await arrive(identify([['email', 'probe@planted.example']], { email: 'probe@planted.example' }));
  const id = (await contactOf('probe@planted.example'))!;
  for (const { table } of contactTables) {
    await plantRow(table, id, 'mark-of-the-probe');
    const { rowCount } = await pool.query(`select from ${quoteName(table)} where contact_id = $1`, [
      id,
    ]);
    expect(rowCount, table).toBeGreaterThan(0);
  }
  expect((await findEverywhere('mark-of-the-probe')).length).toBeGreaterThan(10);
});

describe('a planted person', () => {
  const MARK = 'zq7planted';
  const email = `${MARK}@example.com`;
  let id: number;
  let former: number;

  beforeAll(async () => {
    // Two halves of one person, so that there is a merge with a journal.
    await arrive(
      identify([['email', email]], { email, first_name: `Ann ${MARK}`, 'custom.note': MARK }),
      identify([['external_id', `user-${MARK}`]], { last_name: MARK, 'custom.age': MARK }),
      track([['anonymous_id', `anon-${MARK}`]], { page: `/hello/${MARK}` }),
    );
    former = (await contactOf(email))!;
    await arrive(
      identify(
        [
          ['external_id', `user-${MARK}`],
          ['email', email],
          ['anonymous_id', `anon-${MARK}`],
        ],
        { email, phone: '+380501230077' },
      ),
    );
    id = (await contactOf(email))!;
    await arrive(
      track([['external_id', `user-${MARK}`]], { said: `I am ${MARK}`, [email]: 'key' }),
    );
    await sampler.flush();
    for (const { table } of contactTables) await plantRow(table, id, MARK);
    await call('PATCH', `/contacts/${id}`, { body: { city: MARK } });
    await pool.query(
      `insert into idempotency_keys (workspace_id, key, request_hash, status, answer, created_at)
       values ($1, 'k', '', 200, $2, $3)`,
      [workspaceId, JSON.stringify({ id: String(id), city: MARK }), clock.now()],
    );
    await call('POST', '/suppressions', {
      body: {
        channel: 'email',
        address: email,
        reason: 'unsubscribed',
        details: `${MARK} said so`,
      },
    });
    await pool.query(
      `insert into dead_events (workspace_id, stage, lane, kind, item, reason, detail, received_at, failed_at)
       values ($1, 'resolve', 1, 'event', $2, 'x', $3, $4, $4),
              ($1, 'resolve', 1, 'event', $5, 'x', null, $4, $4)`,
      [
        workspaceId,
        JSON.stringify(track([['anonymous_id', `anon-${MARK}`]], {})),
        `about ${email}`,
        clock.now(),
        JSON.stringify(track([['anonymous_id', 'somebody-else']], {})),
      ],
    );
    await pool.query(
      `with job as (
         insert into jobs (workspace_id, kind, input, state, actor_kind, actor_name, created_at, ended_at)
         values ($1, 'export_contacts', jsonb_build_object('addresses', jsonb_build_array($2::text)), 'done',
                 'user', 'Ada', $4, $4)
         returning id),
       file as (insert into job_files (job_id, slice, rows, bytes, content)
                select id, 0, 1, 10, $3 from job),
       errors as (insert into job_errors (job_id, n, subject, message) select id, 1, $2, 'is odd' from job)
       insert into job_changes (job_id, slice, contact_ids) select id, 0, array[$5::bigint, 1] from job`,
      [workspaceId, email, Buffer.from(`id,email\n1,${email}\n`), clock.now(), id],
    );
  });

  test('is everywhere at first', async () => {
    const tables = new Set((await findEverywhere(MARK)).map((line) => line.split(':')[0]));
    expect(former).not.toBe(id);
    for (const table of [
      'contacts',
      'identifiers',
      'merges',
      'event_type_params',
      'suppressions',
      'dead_events',
      'jobs',
      'job_files',
      'job_errors',
      'idempotency_keys',
    ]) {
      expect([...tables], table).toContain(table);
    }
  });

  test('can be handed over as a whole', async () => {
    const answer = await app.app.inject({
      method: 'GET',
      url: `/manage/v1/contacts/${id}/export`,
      headers: app.key,
    });
    expect(answer.statusCode).toBe(200);
    const whole = JSON.parse(answer.body) as Record<string, unknown>;
    expect(whole).toMatchObject({
      contact: { external_id: `user-${MARK}`, email },
      identifiers: expect.arrayContaining([
        expect.objectContaining({ kind: 'anonymous_id', value: `anon-${MARK}` }),
      ]),
      events: expect.arrayContaining([
        expect.objectContaining({ event: 'Planted', params: { page: `/hello/${MARK}` } }),
      ]),
    });
    expect(whole).toMatchObject({
      contact: { set_at: { city: { at: clock.now().toISOString(), source: 'manual' } } },
      suppressions: [
        { channel: 'email', address: email, reason: 'unsubscribed', details: `${MARK} said so` },
      ],
      dead_events: [{ reason: 'x', detail: `about ${email}` }],
      sandbox_messages: [{ raw: MARK }],
    });
    expect(Object.keys(whole)).toEqual(
      expect.arrayContaining(contactTables.map(({ table }) => table)),
    );
    const as = await app.addKey({ rights: ['contacts.export', 'contacts.read'] });
    expect((await call('GET', `/contacts/${id}/export`, { as })).status).toBe(403);
  });

  test('is nowhere afterwards, and the certificate says what was removed', async () => {
    const asked = await call('DELETE', `/contacts/${former}?erase=true`);
    expect(asked.status).toBe(202);
    expect((await call('POST', `/contacts/${id}/erase`)).status).toBe(202);
    const { body: waiting } = await call('GET', '/erasures');
    expect(waiting.items).toMatchObject([{ erased_at: null }]);
    await pipeline.drain();
    await sampler.flush();
    expect(await findEverywhere(MARK)).toEqual([]);
    expect(await findEverywhere('380501230077')).toEqual([]);
    for (const { table } of contactTables) {
      const sql = `select from ${quoteName(table)} where contact_id = any($1) or source_contact_id = any($1)`;
      expect((await pool.query(sql, [[id, former]])).rowCount, table).toBe(0);
    }
    const { body } = await call('GET', '/erasures');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      erased_at: expect.any(String),
      contacts: expect.arrayContaining([String(id), String(former)]),
      removed: expect.objectContaining({ events: expect.any(Number), merges: 2 }),
    });
    expect((await call('GET', `/contacts/${id}`)).status).toBe(404);
  });

  test('does not come back by what samplers remember', async () => {
    await arrive(track([['anonymous_id', 'somebody-else']], { said: 'something else' }));
    clock.advance(11 * 60_000);
    await arrive(track([['anonymous_id', 'somebody-else']], { said: 'again' }));
    await sampler.flush();
    await sampler.flush();
    expect(await findEverywhere(MARK)).toEqual([]);
  });

  test('leaves others alone', async () => {
    const { rows } = await pool.query<{ item: string }>(
      `select item from dead_events where workspace_id = $1`,
      [workspaceId],
    );
    expect(rows.map(({ item }) => item)).toEqual([expect.stringContaining('somebody-else')]);
    expect(await contactOf('probe@planted.example')).toBeDefined();
    const { rows: changes } = await pool.query<{ contact_ids: number[] }>(
      `select contact_ids from job_changes`,
    );
    expect(changes).toEqual([{ contact_ids: [1] }]);
  });

  test('who said no is not written to again, under a new card and by a hash', async () => {
    await arrive(identify([['email', email]], { email }));
    const again = (await contactOf(email))!;
    expect(again).not.toBe(id);
    const found = await findSuppressions(pool, {
      addresses: [
        { workspaceId, channel: 'email', address: email },
        { workspaceId, channel: 'email', address: 'probe@planted.example' },
      ],
      now: clock.now(),
    });
    expect(found).toMatchObject([{ address: email, reason: 'unsubscribed', details: null }]);
    const { body } = await call('GET', `/contacts/${again}`);
    expect(body.channels).toMatchObject([{ address: email, status: 'unsubscribed' }]);
    await call('DELETE', `/contacts/${again}?erase=true`);
    await pipeline.drain();
    expect(await findEverywhere(MARK)).toEqual([]);
  });

  test('is erased again from a backup that still has it', async () => {
    await arrive(
      identify([['email', email]], { email }),
      track([['email', email]], { said: MARK }),
    );
    const back = (await contactOf(email))!;
    const { body: members } = await call('POST', '/segments', {
      body: { name: 'Kept', kind: 'list' },
    });
    await call('POST', `/segments/${members.id}/members`, { body: { add: [String(back)] } });
    const kept = (await listErased(pool)).map((person) => readErased(JSON.stringify(person))!);
    expect(kept[0]).toMatchObject({
      contact_ids: expect.arrayContaining([id, former]),
      requested_at: expect.stringMatching(/^20.*Z$/),
      erased_at: expect.stringMatching(/^20.*Z$/),
    });
    const list = [
      ...kept,
      { workspace: 'main', contact_ids: [back], requested_at: '2026-01-01', erased_at: null },
    ];
    const inbox = createInbox({ pool, clock: clock.now });
    await inbox.append({
      workspaceId,
      lane: LANES.stream,
      items: [
        track([['email', email]], { said: MARK }),
        track([['anonymous_id', 'somebody-else']], { said: 'in the queue' }),
      ],
    });
    const found = await inTransaction(pool, (tx) =>
      eraseAgain(tx, { people: list, now: clock.now() }),
    );
    expect(found.map(({ contact_ids: ids }) => ids)).toEqual([[back]]);
    await pipeline.drain();
    expect(await findEverywhere(MARK)).toEqual([]);
    const { rowCount } = await pool.query(
      `select from events where params ->> 'said' = 'in the queue'`,
    );
    expect(rowCount).toBe(1);
    expect((await call('GET', `/segments/${members.id}`)).body.size).toBe(0);
  });
});

describe('a person with more rows than one transaction removes', () => {
  const email = 'many@planted.example';
  const PLANTED = 24_000;

  test('has no card at once; the rows go in slices, and others need not wait for them', async () => {
    await arrive(
      identify([['email', email]], { email }),
      track([['email', email]], { said: 'many-times' }),
    );
    const id = (await contactOf(email))!;
    await plantEvents(id, PLANTED);
    const counted = await countOfPlanted();
    const stored = await eventsOf(id);
    const { body: asked } = await call('POST', `/contacts/${id}/erase`);
    const erasure = async () => (await call('GET', `/erasures/${asked.id}`)).body;

    await pipeline.step();
    expect((await call('GET', `/contacts/${id}`)).status).toBe(404);
    expect(await erasure()).toMatchObject({ erased_at: null, removed: { events: 10_000 } });
    expect(await eventsOf(id)).toBe(stored - 10_000);

    // A late report still finds something to tell; somebody else's item is behind the first slice.
    await plantEvents(id, 1, PLANTED + 1);
    await send(track([['anonymous_id', 'somebody-else']], { said: 'between slices' }));
    await pipeline.step();
    expect(await erasure()).toMatchObject({ erased_at: null, removed: { events: 20_000 } });
    const { rowCount } = await pool.query(
      `select from events where params ->> 'said' = 'between slices'`,
    );
    expect(rowCount).toBe(1);

    await pipeline.drain();
    expect(await eventsOf(id)).toBe(0);
    expect(await erasure()).toMatchObject({
      erased_at: expect.any(String),
      removed: { events: stored + 1, contacts: 1 },
    });
    // The planted ones had not been counted, and one of somebody else has come.
    expect(await countOfPlanted()).toBe(counted - PLANTED - 2 + 1);
    await sampler.flush();
    expect(await findEverywhere('many-times')).toEqual([]);
    expect(await findEverywhere(email)).toEqual([]);
  });

  test('is erased as a whole from a backup, before any program works on it', async () => {
    await arrive(identify([['email', email]], { email }), track([['email', email]], {}));
    const id = (await contactOf(email))!;
    await plantEvents(id, PLANTED);
    const stored = await eventsOf(id);
    const person = {
      workspace: 'main',
      contact_ids: [id],
      requested_at: '2026-01-02',
      erased_at: null,
    };
    await inTransaction(pool, (tx) => eraseAgain(tx, { people: [person], now: clock.now() }));
    expect(await eventsOf(id)).toBe(0);
    const { body } = await call('GET', '/erasures');
    expect(body.items[0]).toMatchObject({
      contacts: [String(id)],
      erased_at: expect.any(String),
      removed: { events: stored, contacts: 1 },
    });
  });

  async function plantEvents(id: number, n: number, from = 1): Promise<void> {
    await pool.query(
      `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source)
       select $1, 5000000 + n, t.id, $3::timestamptz - n * interval '1 ms', $3, t.workspace_id, 'sdk'
         from event_types t, generate_series($2::integer, $5) as n
        where t.workspace_id = $4 and t.key = 'Planted'`,
      [id, from, clock.now(), workspaceId, from + n - 1],
    );
  }

  async function eventsOf(id: number): Promise<number> {
    const { rowCount } = await pool.query(`select from events where contact_id = $1`, [id]);
    return rowCount ?? 0;
  }

  async function countOfPlanted(): Promise<number> {
    const { rows } = await pool.query<{ n: number }>(
      `select coalesce(sum(quarter), 0) as n
         from event_counts c join event_types t on t.id = c.event_type_id
        cross join unnest(c.quarters) as quarter
        where t.workspace_id = $1 and t.key = 'Planted'`,
      [workspaceId],
    );
    return Number(rows[0]!.n);
  }
});

test('nobody is erased who is not there, or in another workspace', async () => {
  expect((await call('POST', '/contacts/999999/erase')).status).toBe(404);
  const id = (await contactOf('probe@planted.example'))!;
  const other = await app.addKey({ workspaceId: (await app.addWorkspace('other')).id });
  expect((await call('POST', `/contacts/${id}/erase`, { as: other })).status).toBe(404);
});
