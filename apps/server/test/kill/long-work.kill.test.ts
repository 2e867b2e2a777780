import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { createInbox, LANES, type InboxItem } from '../../src/inbox/index.ts';
import { freePort, killAll, startProgram, type Program } from './program.ts';
import { makeStage, type Stage } from './stage.ts';
import { throughKills, untilMore } from './through-kills.ts';
import { watchJobs } from './watch-jobs.ts';

const { kills } = readTestConfig();
/** In each round work is done, and taken back. */
const KILLS_A_PHASE = 5;
const ROUNDS = Math.floor(kills / (2 * KILLS_A_PHASE));
/** Several slices of each kind of work. */
const CONTACTS = 8000;
const FIELD = 'custom.size';
const SHARES = [50, 30, 20];

const { pool, url } = await testDatabase();
const { stateOf, slicesOf, isUnfinished, quiet } = watchJobs(pool);
afterAll(killAll);

interface Begun {
  id: string;
}

interface Place extends Stage {
  list: number;
  field: string;
}

/** Every tenth says what is no number. */
function sizeOf(n: number): string {
  return n % 10 === 0 ? 'many' : String(n);
}

async function makePlace(base: string, port: number): Promise<Place> {
  const stage = await makeStage(pool, { slug: 'work', base });
  const program = startProgram({ url, port });
  await program.ready;
  const { id: field } = await stage.call<Begun>('POST', '/fields', {
    key: 'size',
    label: 'Size',
    type: 'text',
  });
  const { id: list } = await stage.call<Begun>('POST', '/segments', { name: 'All', kind: 'list' });
  const place = { ...stage, field, list: Number(list) };
  await fill(place);
  await quiet();
  await program.stop();
  return place;
}

async function fill({ workspaceId, list }: Place): Promise<void> {
  const inbox = createInbox({ pool, clock: () => new Date() });
  const items = Array.from({ length: CONTACTS }, (_, n): InboxItem[] => {
    const base = {
      ids: [['external_id', `u${n}`]] as never,
      at: Date.now(),
      source: 'api' as const,
    };
    return [
      { ...base, kind: 'identify', fields: { city: `City ${n}`, [FIELD]: sizeOf(n) } },
      { ...base, kind: 'membership', lists: { add: [list] } },
    ];
  });
  await inbox.append({ workspaceId, lane: LANES.stream, items: items.flat() });
  await inbox.close();
}

const port = await freePort();
/** How many kills found work unfinished. */
let struck = 0;

async function killWhileWorking(running: Program, ids: string[]): Promise<Program> {
  const ended = await throughKills(running, {
    url,
    port,
    kills: KILLS_A_PHASE,
    moveOn: () =>
      untilMore(
        () => slicesOf(ids),
        () => isUnfinished(ids),
      ),
    isOpen: () => isUnfinished(ids),
  });
  struck += ended.struck;
  await quiet();
  return ended.program;
}

async function order({ call, list, field }: Place, round: number): Promise<string[]> {
  const split = await call<Begun>('POST', `/segments/${list}/split`, {
    by: 'share',
    lists: SHARES.map((share) => ({ name: partOf(round, share), share })),
  });
  const type = await call<Begun>('POST', `/fields/${field}/type`, { type: 'integer' });
  const bulk = await call<Begun>('POST', '/contacts/bulk', {
    selection: { filter: { type: 'segment', segment: String(list) } },
    action: { kind: 'set_field', field: 'city', value: `Round ${round}` },
  });
  return [split.id, type.id, bulk.id];
}

async function takeBack({ call }: Place, [, type, bulk]: string[]): Promise<string[]> {
  const first = await call<Begun>('POST', `/jobs/${type}/undo`);
  const second = await call<Begun>('POST', `/jobs/${bulk}/undo`);
  return [first.id, second.id];
}

function partOf(round: number, share: number): string {
  return `Part ${share} of round ${round}`;
}

interface Card {
  n: number;
  city: string;
  size: string | number | null;
  set_at: unknown;
  conflicts: (string | number)[];
}

async function cards({ workspaceId }: Place): Promise<Card[]> {
  const { rows } = await pool.query<Card>(
    `select substr(external_id, 2)::integer as n, fields ->> 'city' as city,
            fields -> $2 as size, jsonb_build_array(set_at -> 'city', set_at -> $2) as set_at,
            array(select value from field_conflicts k where k.contact_id = c.id) as conflicts
       from contacts c where workspace_id = $1 order by 1`,
    [workspaceId, FIELD],
  );
  return rows;
}

/** How many contacts have which number of these facts. */
async function factsOf({ workspaceId }: Place, type: string, lists?: number[]): Promise<object> {
  const { rows } = await pool.query<{ facts: number; contacts: number }>(
    `select facts, count(*) as contacts
       from (select contact_id, count(*) as facts
               from events e join event_types t on t.id = e.event_type_id
              where e.workspace_id = $1 and t.key = $2
                and ($3::text[] is null or e.key = any($3))
              group by contact_id) as told
      group by facts`,
    [workspaceId, type, lists?.map(String) ?? null],
  );
  return Object.fromEntries(rows.map(({ facts, contacts }) => [facts, contacts]));
}

const WITHOUT_NUMBER = Math.ceil(CONTACTS / 10);

async function expectDone(place: Place, ids: string[], round: number): Promise<void> {
  const [split, type, bulk] = await stateOf(ids);
  expect(split).toMatchObject({ state: 'done', done: CONTACTS, failed: 0 });
  expect(type).toMatchObject({
    state: 'done',
    result: { converted: CONTACTS - WITHOUT_NUMBER, cannot: WITHOUT_NUMBER, unchanged: 0 },
  });
  expect(bulk).toMatchObject({ state: 'done', done: CONTACTS, failed: 0 });
  expect(bulk!.result).toEqual({ changed: CONTACTS });
  for (const { n, city, size, conflicts } of await cards(place)) {
    const text = sizeOf(n);
    const isNumber = n % 10 !== 0;
    expect({ n, city, size, conflicts }).toEqual({
      n,
      city: `Round ${round}`,
      size: isNumber ? n : null,
      conflicts: isNumber ? [] : [text],
    });
  }
  await expectParts(place, round);
  // In each round before, one fact for the change and one for taking it back.
  expect(await factsOf(place, 'FieldChanged')).toEqual({ [1 + 2 * round]: CONTACTS });
}

/** Each is in one part, was told of once, and the parts have the sizes that were asked for. */
async function expectParts(place: Place, round: number): Promise<void> {
  const names = SHARES.map((share) => partOf(round, share));
  const { rows } = await pool.query<{ id: number; members: number }>(
    `select s.id, (select count(*) from memberships m where m.segment_id = s.id and m.member) as members
       from segments s where s.workspace_id = $1 and s.name = any($2) order by s.id`,
    [place.workspaceId, names],
  );
  expect(rows.map(({ members }) => members)).toEqual(
    SHARES.map((share) => (CONTACTS * share) / 100),
  );
  const lists = rows.map(({ id }) => id);
  const { rows: shared } = await pool.query(
    `select contact_id from memberships where segment_id = any($1) and member
      group by contact_id having count(*) > 1`,
    [lists],
  );
  expect(shared).toEqual([]);
  expect(await factsOf(place, 'SegmentEntered', lists)).toEqual({ 1: CONTACTS });
  expect(await factsOf(place, 'SegmentEntered', [place.list])).toEqual({ 1: CONTACTS });
}

// Every life takes seconds: this is for `npm run test:kill` alone.
test.runIf(kills >= 50)(
  'long work that is killed time and again leaves nobody out, and does nothing twice',
  async () => {
    const place = await makePlace(`http://127.0.0.1:${port}`, port);
    const before = await cards(place);
    expect(before).toHaveLength(CONTACTS);
    let program = startProgram({ url, port });
    await program.ready;
    for (let round = 0; round < ROUNDS; round += 1) {
      const made = await order(place, round);
      program = await killWhileWorking(program, made);
      await expectDone(place, made, round);
      const undone = await takeBack(place, made);
      program = await killWhileWorking(program, undone);
      for (const job of await stateOf(undone))
        expect(job).toMatchObject({ state: 'done', failed: 0 });
      expect(await cards(place)).toEqual(before);
      expect(await factsOf(place, 'FieldChanged')).toEqual({ [2 + 2 * round]: CONTACTS });
    }
    await program.stop();
    expect(struck).toBeGreaterThan(2 * ROUNDS);
  },
  60_000 + kills * 10_000,
);
