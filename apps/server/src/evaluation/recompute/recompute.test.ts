import { beforeEach, describe, expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import type { Identifier } from '../../inbox/index.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { longWork } from '../../main/long-work.ts';

const { call, pool, clock, send, identify, idOf, finishJob } = await testContacts();

/** A slice takes a quarter of the slots: two of eight. */
const SWAPS = 4;
let round = 0;
let city = '';
let bath = '';

beforeEach(() => {
  round += 1;
  city = `City ${round}`;
  bath = `Bath ${round}`;
});

function external(name: string): Identifier[] {
  return [['external_id', `${name}-${round}`]];
}

function livesIn(where: string): object {
  return { language: 1, include: { type: 'field', field: 'city', op: 'equals', value: where } };
}

/** Contacts who live in these cities, by name. */
async function people(cities: Record<string, string>): Promise<void> {
  await send(Object.entries(cities).map(([name, of]) => identify(external(name), { city: of })));
}

async function create(definition: object, name = `Segment ${round}`): Promise<string> {
  const { status, body } = await call('POST', '/segments', {
    body: { name, kind: 'dynamic', definition },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function change(id: string, definition: object): Promise<void> {
  const { status, body } = await call('PATCH', `/segments/${id}`, { body: { definition } });
  expect(status, JSON.stringify(body)).toBe(200);
}

async function read(id: string) {
  return (await call('GET', `/segments/${id}`)).body;
}

async function jobOf(id: string): Promise<string> {
  return (await read(id)).computing.job;
}

async function compute(id: string): Promise<void> {
  await finishJob(await jobOf(id));
}

/** One slice of a job; what becomes of it. */
function step(job: string): Promise<string> {
  const stopping = new AbortController().signal;
  return doSlice({ pool, kinds: longWork, clock: clock.now, stopping }, { id: Number(job) });
}

async function steps(job: string, n: number): Promise<void> {
  for (let i = 0; i < n; i += 1) expect(await step(job)).toBe('go on');
}

async function members(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/members?limit=100`);
  return body.items
    .map(({ contact }: { contact: { external_id: string } }) => contact.external_id.split('-')[0])
    .toSorted();
}

/** The log, oldest first: `+ada first_computation`. */
async function log(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/log?limit=100`);
  return body.items
    .map(
      (entry: { entered: boolean; cause: string; contact: { external_id: string } | null }) =>
        `${entry.entered ? '+' : '-'}${entry.contact?.external_id.split('-')[0]} ${entry.cause}`,
    )
    .toSorted();
}

async function leftOvers(id: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from version_answers where segment_id = $1)
          + (select count(*) from version_members where segment_id = $1) as n`,
    [id],
  );
  return rows[0]!.n;
}

const many = Array.from({ length: 24 }, (_, i) => `p${i}`);
const everybodyIn = (where: string) => Object.fromEntries(many.map((name) => [name, where]));

describe('a new segment', () => {
  test('is empty and computing, then has exactly the contacts of its rule', async () => {
    await people({ ...everybodyIn(city), other: 'Elsewhere' });
    const id = await create(livesIn(city));
    expect(await read(id)).toMatchObject({
      state: 'computing',
      version: 0,
      latest_version: 1,
      size: 0,
      computed_at: null,
      computing: { version: 1, progress: null },
    });
    await compute(id);
    expect(await read(id)).toMatchObject({
      state: 'ready',
      version: 1,
      size: 24,
      computing: null,
      definition: livesIn(city),
      computed_at: expect.any(String),
      took_ms: expect.any(Number),
    });
    expect(await members(id)).toEqual(many.toSorted());
    expect(new Set(await log(id))).toEqual(
      new Set(many.map((name) => `+${name} first_computation`)),
    );
    expect(await leftOvers(id)).toBe(0);
  });

  test('leaves out who is deleted, before the snapshot or after it', async () => {
    await people({ stays: city, gone: city, goes: city });
    const remove = async (name: string) =>
      call('DELETE', `/contacts/${await idOf(external(name)[0]![1])}`);
    await remove('gone');
    const id = await create(livesIn(city));
    const job = await jobOf(id);
    await steps(job, 2);
    await remove('goes');
    await finishJob(job);
    expect(await members(id)).toEqual(['stays']);
    expect((await read(id)).size).toBe(1);
  });

  test('is told on the cards of those who entered', async () => {
    await people({ ada: city });
    const id = await create(livesIn(city));
    await compute(id);
    const contact = await idOf(external('ada')[0]![1]);
    const { body } = await call('GET', `/contacts/${contact}/activity?kinds=segment`);
    expect(body.items).toMatchObject([
      { name: 'SegmentEntered', details: { segment: id, cause: 'first_computation' } },
    ]);
    expect((await call('GET', `/contacts/${contact}`)).body.counts).toMatchObject({
      segment: 1,
      exact: true,
    });
  });

  test('tells its progress', async () => {
    await people(everybodyIn(city));
    const id = await create(livesIn(city));
    const job = await jobOf(id);
    await steps(job, 2);
    expect((await read(id)).computing.progress).toEqual({ done: 0, total: 24 });
    await steps(job, SWAPS - 1);
    expect((await read(id)).computing.progress.done).toBeGreaterThan(0);
    await finishJob(job);
  });
});

describe('a new rule', () => {
  test('keeps the old members until its slots are swapped; who stays stays since the same', async () => {
    await people({ ada: city, ben: city, cay: bath });
    const id = await create(livesIn(city));
    await compute(id);
    const since = (await call('GET', `/segments/${id}/members`)).body.items[0].entered_at;
    const either = { type: 'field', field: 'city', op: 'one_of', value: [city, bath] };
    await change(id, {
      language: 1,
      include: either,
      exclude: { type: 'field', field: 'external_id', op: 'equals', value: `ben-${round}` },
    });
    const job = await jobOf(id);
    await steps(job, 2);
    expect(await members(id)).toEqual(['ada', 'ben']);
    await finishJob(job);
    expect(await members(id)).toEqual(['ada', 'cay']);
    const { items } = (await call('GET', `/segments/${id}/members?sort=entered_at`)).body;
    expect(items[0]).toMatchObject({ contact: { external_id: `ada-${round}` }, entered_at: since });
    expect(await log(id)).toEqual([
      '+ada first_computation',
      '+ben first_computation',
      '+cay definition',
      '-ben definition',
    ]);
  });

  test('that is the same as the last one computes nothing', async () => {
    const id = await create(livesIn(city));
    await compute(id);
    await change(id, livesIn(city));
    expect(await read(id)).toMatchObject({ state: 'ready', latest_version: 1 });
  });

  test('takes the place of one that is being computed', async () => {
    await people({ ada: city, ben: bath });
    const id = await create(livesIn(city));
    const first = await jobOf(id);
    await steps(first, 2);
    await change(id, livesIn(bath));
    await finishJob(first);
    expect(await members(id)).toEqual([]);
    await compute(id);
    expect(await members(id)).toEqual(['ben']);
    expect((await call('GET', `/segments/${id}`)).body).toMatchObject({ version: 2 });
    expect(await leftOvers(id)).toBe(0);
  });

  test('waits for a swap that has begun, and finishes it if nobody else does', async () => {
    await people(everybodyIn(city));
    await people({ ben: bath });
    const id = await create(livesIn(city));
    const first = await jobOf(id);
    await steps(first, 2 + 2);
    await change(id, livesIn(bath));
    await compute(id);
    expect(await members(id)).toEqual(['ben']);
    expect((await log(id)).filter((entry) => entry.startsWith('+p'))).toHaveLength(24);
    await finishJob(first);
    expect(await read(id)).toMatchObject({ state: 'ready', version: 2, size: 1 });
    expect(await leftOvers(id)).toBe(0);
  });
});

describe('live answers', () => {
  test('win over the snapshot for contacts that change after it', async () => {
    await people({ leaves: city, comes: bath, stays: city });
    const id = await create(livesIn(city));
    const job = await jobOf(id);
    await steps(job, 2);
    await people({ leaves: bath, comes: city });
    await finishJob(job);
    expect(await members(id)).toEqual(['comes', 'stays']);
    expect(await leftOvers(id)).toBe(0);
  });

  test('follow the new rule where a slot is swapped and the old one where not', async () => {
    await people(everybodyIn(city));
    const id = await create(livesIn(city));
    await compute(id);
    await change(id, livesIn(bath));
    const job = await jobOf(id);
    await steps(job, 2 + SWAPS / 2);
    await people(everybodyIn(bath));
    const inBetween = await members(id);
    expect(inBetween.length).toBeGreaterThan(0);
    expect(inBetween.length).toBeLessThan(24);
    await finishJob(job);
    expect(await members(id)).toEqual(many.toSorted());
  });
});

describe('a computation', () => {
  test('that is cancelled before its swap leaves the old members and nothing of itself', async () => {
    await people({ ada: city, ben: bath });
    const id = await create(livesIn(city));
    await compute(id);
    await change(id, livesIn(bath));
    const job = await jobOf(id);
    await steps(job, 2);
    await call('POST', `/jobs/${job}/cancel`);
    await finishJob(job);
    expect((await call('GET', `/jobs/${job}`)).body.state).toBe('cancelled');
    expect(await members(id)).toEqual(['ada']);
    expect(await read(id)).toMatchObject({ state: 'failed', version: 1, computing: null });
    expect(await leftOvers(id)).toBe(0);
    const { body } = await call('POST', `/segments/${id}/recompute`);
    await finishJob(body.id);
    expect(await members(id)).toEqual(['ben']);
  });

  test('that is cancelled in the midst of its swap goes on: half a rule is none', async () => {
    await people({ ...everybodyIn(city), ben: bath });
    const id = await create(livesIn(city));
    await compute(id);
    await change(id, livesIn(bath));
    const job = await jobOf(id);
    await steps(job, 2 + 2);
    await call('POST', `/jobs/${job}/cancel`);
    await finishJob(job);
    expect((await call('GET', `/jobs/${job}`)).body.state).toBe('done');
    expect(await members(id)).toEqual(['ben']);
    expect(await read(id)).toMatchObject({ state: 'ready', version: 2 });
  });

  test('begins again those that ask for its members', async () => {
    await people({ ada: city, ben: bath });
    const id = await create(livesIn(city));
    await compute(id);
    const outer = await create(
      { language: 1, include: { type: 'segment', segment: id } },
      `Outer ${round}`,
    );
    await compute(outer);
    expect(await members(outer)).toEqual(['ada']);
    await change(id, livesIn(bath));
    await compute(id);
    await compute(outer);
    expect(await members(outer)).toEqual(['ben']);
  });
});

describe('a deleted segment', () => {
  test('has no members, and finds them anew when it comes back', async () => {
    await people(everybodyIn(city));
    const id = await create(livesIn(city));
    await compute(id);
    await call('DELETE', `/segments/${id}`);
    const { rows } = await pool.query<{ id: string }>(
      `select id from jobs where kind = 'segments.dissolve' and input ->> 'segment' = $1`,
      [id],
    );
    await finishJob(String(rows[0]!.id));
    expect(await read(id)).toMatchObject({ size: 0 });
    const { rows: kept } = await pool.query(`select from memberships where segment_id = $1`, [id]);
    expect(kept).toEqual([]);
    const changed = await call('PATCH', `/segments/${id}`, {
      body: { definition: livesIn(bath) },
    });
    expect(changed.status).toBe(409);
    await call('PATCH', `/segments/${id}`, { body: { archived: false } });
    await compute(id);
    expect(await read(id)).toMatchObject({ size: 24, state: 'ready' });
  });
});
