import type { Definition } from '@perennial/conditions';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Pool } from '../../db/pool.ts';
import {
  beginKeeping,
  expectKeptAsStored,
  expectSumsAsStored,
  finishKeeping,
  sliceOfEach,
} from '../../events/kept/test-kept.ts';
import type { TestPipeline } from '../test-pipeline.ts';
import { compareMembers } from './test-compare.ts';
import { anyDeed, DAY, EVENTS, ZONES, type Deed } from './test-deed.ts';
import { storyDefinition } from './test-definition.ts';
import { comesAfterAll, doDeed, standsAlone } from './test-do-deed.ts';
import { compute } from './test-manage.ts';
import { storyWorld, type StoryWorld } from './test-story-world.ts';

type Batching = 'as told' | 'when it must';

export interface Story {
  start: number;
  zone: string;
  lively: boolean;
  /** How its second world applies it. */
  batching: Batching;
  definitions: Definition[];
  deeds: Deed[];
}

/** Days around the ends of summer time in Europe, America and Lord Howe, and the beginnings. */
const starts = fc.constantFrom(
  Date.UTC(2026, 9, 24, 12),
  Date.UTC(2026, 9, 31, 12),
  Date.UTC(2026, 9, 3, 12),
  Date.UTC(2026, 2, 28, 20),
  Date.UTC(2026, 2, 7, 20),
  Date.UTC(2026, 3, 4, 12),
);

export const story: fc.Arbitrary<Story> = fc.record({
  start: starts,
  zone: fc.constantFrom(...ZONES),
  lively: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  batching: fc.constantFrom<Batching[]>('as told', 'when it must'),
  definitions: fc.array(storyDefinition, { minLength: 3, maxLength: 6 }),
  deeds: fc.array(anyDeed, { minLength: 10, maxLength: 30 }),
});

/**
 * Plays a story twice. In the first world each deed is applied before the next is done, and after
 * each of them the members are compared with what the interpreter says of the whole history. In the
 * second some deeds are applied together, or all that may be. The logs must tell the same; answers
 * how many lines they have. What steps of runs do depends on when they are taken: the members of a
 * lively story are compared, and its logs are not.
 */
export async function playStory(pool: Pool, pipeline: TestPipeline, told: Story): Promise<number> {
  const first = await play(pool, pipeline, told, 'each by itself');
  // The clock goes as it went then.
  const again = {
    ...told,
    deeds: told.deeds.map((one, i) => ({ ...one, later: first.waits[i]! })),
  };
  const second = await play(pool, pipeline, again, told.batching);
  if (!told.lively) expect(second.logs).toEqual(first.logs);
  return first.logs.flat().length;
}

/** Sets take longer to ask than members to read: they are asked after some deeds. */
const SETS_EVERY = 5;

async function play(
  pool: Pool,
  pipeline: TestPipeline,
  { deeds, ...place }: Story,
  batching: Batching | 'each by itself',
): Promise<{ logs: string[][]; waits: number[] }> {
  const world = await storyWorld(pool, pipeline, place);
  const isEach = batching === 'each by itself';
  const settle = async (sets: boolean): Promise<void> => {
    await world.drain();
    await compareMembers(world, { sets });
  };
  const waits: number[] = [];
  for (const [n, { act, later: told, toNext, joined }] of deeds.entries()) {
    const later = isEach ? await waitOf(world, { later: told, toNext }) : told;
    waits.push(later);
    world.setClock(world.now() + later);
    if (comesAfterAll(act)) await world.drain();
    await doDeed(world, act);
    const mayWait = batching === 'when it must' || (batching === 'as told' && joined);
    if (!mayWait) await settle(isEach && n % SETS_EVERY === 0);
    else if (standsAlone(act)) await world.drain();
    await keepSome(world, n);
  }
  do await world.drain();
  while (await compute(world, 10));
  world.setClock(world.now() + DAY);
  await settle(isEach);
  const logs = await Promise.all(world.segments.map((segment) => logOf(world, segment)));
  // Merges bring two pasts together.
  if (!(await anyMerge(world))) logs.forEach(expectAlternating);
  await expectNothingDead(world);
  await expectKept(world);
  await world.close();
  // Facts of two who became one stand in the order in which they were written.
  return { logs: logs.map((lines) => lines.toSorted()), waits };
}

/** Begins to keep the times of events somewhere in the story, and builds them as it goes on. */
async function keepSome({ pool, workspaceId, now }: StoryWorld, n: number): Promise<void> {
  const of = { workspaceId, now: new Date(now()) };
  await sliceOfEach(pool, of);
  if (n % 4 === 2) await beginKeeping(pool, { ...of, keys: EVENTS.slice(0, 1 + (n % 3)) });
}

/** What is kept at the end is what the events say. */
async function expectKept({ pool, workspaceId, now }: StoryWorld): Promise<void> {
  const kept = { workspaceId, keys: EVENTS, now: new Date(now()) };
  await beginKeeping(pool, kept);
  await finishKeeping(pool, kept);
  await expectKeptAsStored(pool, kept);
  await expectSumsAsStored(pool);
}

/** How long the clock goes on; to the next instant of some membership if the deed says so. */
async function waitOf(
  { pool, workspaceId, now }: StoryWorld,
  { later, toNext }: Pick<Deed, 'later' | 'toNext'>,
): Promise<number> {
  if (!toNext) return later;
  const { rows } = await pool.query<{ at: Date | null }>(
    `select min(changes_at) as at from memberships where workspace_id = $1`,
    [workspaceId],
  );
  const at = rows[0]!.at?.getTime();
  if (at === undefined || at - now() > 40 * DAY) return later;
  return Math.max(0, at - now() - (toNext === 'before' ? 1 : 0));
}

/** Entries and exits in order, with people by when they were made. */
async function logOf({ pool, workspaceId }: StoryWorld, segment: number): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select case t.key when 'SegmentEntered' then '+' else '-' end
            || (select count(*) from contacts o where o.workspace_id = $1 and o.id <= e.contact_id) || ' '
            || to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || ' ' || (e.params ->> 'cause') as line
       from events e
       join event_types t on t.id = e.event_type_id
      where t.workspace_id = $1 and t.key in ('SegmentEntered', 'SegmentLeft') and e.key = $2
      order by e.contact_id, e.id`,
    [workspaceId, String(segment)],
  );
  return rows.map(({ line }) => line);
}

/** Only what nobody is there for may fail, and merges that cannot be made or undone. */
async function expectNothingDead({ pool, workspaceId }: StoryWorld): Promise<void> {
  const { rows } = await pool.query<{ kind: string; detail: string }>(
    `select kind, detail from dead_events
      where workspace_id = $1 and kind not in ('part', 'join') and detail not like 'No contact%'`,
    [workspaceId],
  );
  expect(rows).toEqual([]);
}

async function anyMerge({ pool, workspaceId }: StoryWorld): Promise<boolean> {
  const { rows } = await pool.query(`select from merges where workspace_id = $1 limit 1`, [
    workspaceId,
  ]);
  return rows.length > 0;
}

/** Nobody enters twice, nor leaves without having entered. */
function expectAlternating(lines: string[]): void {
  for (const own of Map.groupBy(lines, (line) => line.slice(1).split(' ')[0]).values()) {
    expect(own.map((line) => line[0])).toEqual(own.map((_, i) => (i % 2 === 0 ? '+' : '-')));
  }
}
