import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { createInbox, LANES, type InboxItem } from '../../src/inbox/index.ts';
import { freePort, killAll, startProgram, type Program } from './program.ts';
import { makeStage, type Stage } from './stage.ts';
import { throughKills, untilMore } from './through-kills.ts';
import { watchJobs } from './watch-jobs.ts';

const { kills } = readTestConfig();
/** In each round the rule changes, the segment is deleted, and it comes back. */
const KILLS = { rule: 5, deletion: 2, return: 3 };
const ROUNDS = Math.floor(kills / (KILLS.rule + KILLS.deletion + KILLS.return));
/** Enough for several slices of the swap. */
const CONTACTS = 20_000;
/** Contacts that move to the other city while members are found out. */
const MOVING = 300;

const { pool, url } = await testDatabase();
const { stateOf, slicesOf, isUnfinished, quiet } = watchJobs(pool);
afterAll(killAll);

const port = await freePort();
/** How many kills found work unfinished. */
let struck = 0;

/** What is true of the contacts, by ID. */
const cities = new Map<number, string>();
const trained = new Set<number>();

const TRAINED = {
  type: 'event',
  event: 'Trained',
  period: { kind: 'ever' },
  measure: { kind: 'count', op: 'greater_or_equal', value: 1 },
};
const livesIn = (city: string) => ({ type: 'field', field: 'city', op: 'equals', value: city });

interface Rule {
  definition: object;
  holds: (id: number) => boolean;
}

/** Some are members by both. */
const RULES: Rule[] = [
  {
    definition: { language: 1, include: { any: [TRAINED, livesIn('Kyiv')] } },
    holds: (id) => trained.has(id) || cities.get(id) === 'Kyiv',
  },
  {
    definition: { language: 1, include: livesIn('Lviv') },
    holds: (id) => cities.get(id) === 'Lviv',
  },
];

/** Contacts and events are the stage, so they are written down at once. */
async function fill({ workspaceId }: Stage): Promise<void> {
  const { rows } = await pool.query<{ id: number; n: number; city: string }>(
    `insert into contacts (id, workspace_id, external_id, fields, set_at, source, created_at, updated_at)
     select nextval('contact_ids'), $1, 'u' || n,
            jsonb_build_object('city', case when n % 2 = 0 then 'Kyiv' else 'Lviv' end), '{}', 'api', $2, $2
       from generate_series(1, $3::integer) as n
     returning id, substr(external_id, 2)::integer as n, fields ->> 'city' as city`,
    [workspaceId, new Date(), CONTACTS],
  );
  for (const { id, n, city } of rows) {
    cities.set(id, city);
    if (n % 3 === 0) trained.add(id);
  }
  await pool.query(
    `with type as (insert into event_types (workspace_id, key, name, created_at)
                   values ($1, 'Trained', 'Trained', $2) returning id)
     insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     select contact_id, nextval('event_ids'), type.id, $2, $2, $1, 'api', '{}'
       from type, unnest($3::bigint[]) as contact_id`,
    [workspaceId, new Date(), [...trained]],
  );
  await pool.query('analyze contacts');
}

/** They are in the inbox when this returns, and applied by whichever life comes to it. */
async function moveSome({ workspaceId }: Stage, round: number): Promise<Set<number>> {
  const moving = [...cities.keys()].slice(round * MOVING, (round + 1) * MOVING);
  const items = moving.map((id): InboxItem => {
    cities.set(id, cities.get(id) === 'Kyiv' ? 'Lviv' : 'Kyiv');
    return {
      kind: 'identify',
      ids: [['contact', String(id)]],
      at: Date.now(),
      source: 'api',
      fields: { city: cities.get(id)! },
    };
  });
  const inbox = createInbox({ pool, clock: () => new Date() });
  await inbox.append({ workspaceId, lane: LANES.stream, items });
  await inbox.close();
  return new Set(moving);
}

async function throughWork(
  running: Program,
  { segment, kind, n }: { segment: string; kind: string; n: number },
): Promise<Program> {
  const { rows } = await pool.query<{ id: string }>(
    `select id::text from jobs j
      where kind = $1 and input ->> 'segment' = $2
      order by j.id desc
      limit 1`,
    [kind, segment],
  );
  const ids = rows.map(({ id }) => id);
  const ended = await throughKills(running, {
    url,
    port,
    kills: n,
    moveOn: () =>
      untilMore(
        () => slicesOf(ids),
        () => isUnfinished(ids),
      ),
    isOpen: () => isUnfinished(ids),
  });
  struck += ended.struck;
  expect(await stateOf(ids)).toMatchObject([{ state: 'done', failed: 0 }]);
  await quiet();
  return ended.program;
}

/** Members as they are kept, and how often each contact was told to enter and to leave. */
async function look(segment: string) {
  const { rows: members } = await pool.query<{ contact_id: number }>(
    `select contact_id from memberships where segment_id = $1 and member`,
    [segment],
  );
  const { rows: sizes } = await pool.query<{ size: number }>(
    `select coalesce(sum(members), 0)::integer as size from segment_sizes where segment_id = $1`,
    [segment],
  );
  const { rows: told } = await pool.query<{ id: number; entered: number; left: number }>(
    `select e.contact_id as id, count(*) filter (where t.key = 'SegmentEntered')::integer as entered,
            count(*) filter (where t.key = 'SegmentLeft')::integer as left
       from events e join event_types t on t.id = e.event_type_id
      where e.key = $1 and t.key in ('SegmentEntered', 'SegmentLeft')
      group by e.contact_id`,
    [segment],
  );
  const { rows: rest } = await pool.query(
    `select from version_answers union all select from version_members`,
  );
  return {
    members: new Set(members.map((row) => row.contact_id)),
    size: sizes[0]!.size,
    told: new Map(told.map(({ id, ...row }) => [id, row])),
    rest: rest.length,
  };
}

type Look = Awaited<ReturnType<typeof look>>;

const NOTHING_TOLD = { entered: 0, left: 0 };

/** Exactly the members of the rule; each who entered or left was told so once. */
function expectRule(rule: Rule, before: Look, after: Look, moved: ReadonlySet<number>): void {
  const wanted = [...cities.keys()].filter((id) => rule.holds(id));
  expect([...after.members].toSorted((a, b) => a - b)).toEqual(wanted);
  expect(after.size).toBe(wanted.length);
  expect(after.rest).toBe(0);
  for (const id of cities.keys()) {
    const { entered, left } = after.told.get(id) ?? NOTHING_TOLD;
    const had = before.told.get(id) ?? NOTHING_TOLD;
    const more = { id, entered: entered - had.entered, left: left - had.left };
    const was = before.members.has(id);
    const is = after.members.has(id);
    if (moved.has(id)) {
      // By the rule that held when it moved it may have left and come back.
      expect({ id, by: more.entered - more.left }).toEqual({ id, by: Number(is) - Number(was) });
      expect(more.entered + more.left).toBeLessThanOrEqual(2);
    } else {
      expect(more).toEqual({ id, entered: Number(is && !was), left: Number(was && !is) });
    }
  }
}

// Every life takes seconds: this is for `npm run test:kill` alone.
test.runIf(kills >= 10)(
  'a segment whose computation is killed time and again has its members, each told of once',
  async () => {
    const stage = await makeStage(pool, { slug: 'rules', base: `http://127.0.0.1:${port}` });
    await fill(stage);
    let program = startProgram({ url, port });
    await program.ready;
    const made = { name: 'Killed', kind: 'dynamic', definition: RULES[1]!.definition };
    const { id: segment } = await stage.call<{ id: string }>('POST', '/segments', made);
    const compute = { segment, kind: 'segments.compute' };
    let before = await look(segment);
    program = await throughWork(program, { ...compute, n: 0 });
    let after = await look(segment);
    expectRule(RULES[1]!, before, after, new Set());
    for (let round = 0; round < ROUNDS; round += 1) {
      const rule = RULES[round % RULES.length]!;
      before = after;
      await stage.call('PATCH', `/segments/${segment}`, { definition: rule.definition });
      const moved = await moveSome(stage, round);
      program = await throughWork(program, { ...compute, n: KILLS.rule });
      after = await look(segment);
      expectRule(rule, before, after, moved);

      await stage.call('DELETE', `/segments/${segment}`);
      const dissolve = { segment, kind: 'segments.dissolve', n: KILLS.deletion };
      program = await throughWork(program, dissolve);
      const gone = await look(segment);
      expect(gone).toMatchObject({ members: new Set(), size: 0, told: after.told });

      await stage.call('PATCH', `/segments/${segment}`, { archived: false });
      program = await throughWork(program, { ...compute, n: KILLS.return });
      after = await look(segment);
      expectRule(rule, gone, after, new Set());
    }
    await program.stop();
    expect(struck).toBeGreaterThan(2 * ROUNDS);
  },
  60_000 + kills * 20_000,
);
