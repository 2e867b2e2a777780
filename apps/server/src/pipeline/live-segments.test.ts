import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { Identifier, InboxItem, JsonObject } from '../inbox/index.ts';
import { segmentWorld, type SegmentWorld } from './test-segments.ts';
import { testPipeline } from './test-pipeline.ts';

const T0 = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const { pool } = await testDatabase();
const pipeline = await testPipeline(pool, { clock: () => new Date(T0) });
const worlds: SegmentWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function newWorld(options: { start?: number; zone?: string } = {}): Promise<SegmentWorld> {
  const world = await segmentWorld(pool, pipeline, { start: T0, ...options });
  worlds.push(world);
  return world;
}

const user = (who: string): Identifier => ['external_id', who];

function event(who: string, name: string, at: number, params: JsonObject = {}): InboxItem {
  return {
    kind: 'event',
    ids: [user(who)],
    event: name,
    params,
    at,
    source: 'sdk',
    ownTime: false,
    createContact: true,
  };
}

function identify(who: string, fields: JsonObject, at: number): InboxItem {
  return { kind: 'identify', ids: [user(who)], fields, at, source: 'identify', restore: true };
}

const iso = (instant: number): string => new Date(instant).toISOString();

const countOf = (name: string, op: string, value: number, period: object) =>
  ({ type: 'event', event: name, measure: { kind: 'count', op, value }, period }) as never;

const last = (n: number, unit: string) => ({ kind: 'last', n, unit });

describe('an event', () => {
  test('lets its contact in, and time lets it out at its instant', async () => {
    const world = await newWorld();
    const segment = await world.segment(
      countOf('Opened', 'greater_or_equal', 2, last(10, 'minute')),
    );
    await world.append(event('ada', 'Opened', T0));
    await world.drain();
    expect(await world.members(segment)).toEqual([]);
    world.setClock(T0 + 4 * MINUTE);
    await world.append(event('ada', 'Opened', T0 + 4 * MINUTE));
    await world.drain();
    expect(await world.members(segment)).toEqual(['ada']);
    await world.moveTo(T0 + 10 * MINUTE - 1);
    expect(await world.members(segment)).toEqual(['ada']);
    await world.moveTo(T0 + 3 * DAY);
    expect(await world.members(segment)).toEqual([]);
    expect(await world.log(segment)).toEqual([
      `+ada ${iso(T0 + 4 * MINUTE)} data`,
      `-ada ${iso(T0 + 10 * MINUTE)} time`,
    ]);
  });

  test('that never came is true of a new contact, and again after its time', async () => {
    const world = await newWorld();
    const silent = await world.segment(countOf('Opened', 'equals', 0, last(9, 'day')));
    await world.append(identify('ada', { first_name: 'Ada' }, T0));
    await world.drain();
    world.setClock(T0 + HOUR);
    await world.append(event('ada', 'Opened', T0 + HOUR));
    await world.drain();
    expect(await world.members(silent)).toEqual([]);
    // Another one moves the instant; the first finds nothing to do.
    world.setClock(T0 + 2 * DAY);
    await world.append(event('ada', 'Opened', T0 + 2 * DAY));
    await world.drain();
    await world.moveTo(T0 + HOUR + 9 * DAY);
    expect(await world.members(silent)).toEqual([]);
    await world.moveTo(T0 + 20 * DAY);
    expect(await world.log(silent)).toEqual([
      `+ada ${iso(T0)} data`,
      `-ada ${iso(T0 + HOUR)} data`,
      `+ada ${iso(T0 + 11 * DAY)} time`,
    ]);
  });

  test('that arrives after its window closed lets nobody in, and time goes before what came later', async () => {
    const world = await newWorld();
    const segment = await world.segment(
      countOf('Opened', 'greater_or_equal', 1, last(10, 'minute')),
    );
    await world.append(event('ada', 'Opened', T0));
    // The program was away for an hour, while another came.
    world.setClock(T0 + 30 * MINUTE);
    await world.append(event('ada', 'Opened', T0 + 30 * MINUTE));
    world.setClock(T0 + 35 * MINUTE);
    await world.append(event('ada', 'Opened', T0 + 15 * MINUTE));
    await world.moveTo(T0 + HOUR);
    expect(await world.log(segment)).toEqual([
      `+ada ${iso(T0)} data`,
      `-ada ${iso(T0 + 10 * MINUTE)} time`,
      `+ada ${iso(T0 + 30 * MINUTE)} data`,
      `-ada ${iso(T0 + 40 * MINUTE)} time`,
    ]);
  });

  test('that stood in the queue while a new rule let its contact in takes it out no earlier', async () => {
    const world = await newWorld();
    await world.append(event('ada', 'Opened', T0));
    await world.drain();
    world.setClock(T0 + MINUTE);
    await world.append(event('ada', 'Cancelled', T0 + MINUTE));
    world.setClock(T0 + 5 * MINUTE);
    const segment = await world.segment(countOf('Cancelled', 'equals', 0, { kind: 'ever' }));
    // As a computation writes it, which sees only what is applied.
    await pool.query(
      `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
       values ($1, $2, $3, true, $4, 0)`,
      [await world.contactId('ada'), segment, world.workspaceId, new Date(world.now())],
    );
    await world.drain();
    expect(await world.members(segment)).toEqual([]);
    expect(await world.log(segment)).toEqual([`-ada ${iso(T0 + 5 * MINUTE)} data`]);
  });

  test('is one fact after another, however they were batched', async () => {
    const world = await newWorld();
    const exactly = await world.segment(countOf('Opened', 'equals', 1, { kind: 'ever' }));
    await world.append(event('ada', 'Opened', T0), event('ada', 'Opened', T0 + 1));
    await world.moveTo(T0 + HOUR);
    expect(await world.log(exactly)).toEqual([`+ada ${iso(T0)} data`, `-ada ${iso(T0)} data`]);
  });
});

describe('segments of segments', () => {
  test('follow at once, and never see the one before and the one after mixed', async () => {
    const world = await newWorld();
    const opened = countOf('Opened', 'greater_or_equal', 1, last(1, 'hour'));
    const active = await world.segment(opened);
    const inside = await world.segment({ type: 'segment', segment: String(active) } as never);
    const never = await world.segment({
      include: opened,
      exclude: { type: 'segment', segment: String(active) } as never,
    });
    await world.append(event('ada', 'Opened', T0));
    await world.moveTo(T0 + DAY);
    const moves = [`+ada ${iso(T0)} data`, `-ada ${iso(T0 + HOUR)} time`];
    expect(await world.log(active)).toEqual(moves);
    expect(await world.log(inside)).toEqual(moves);
    expect(await world.log(never)).toEqual([]);
  });

  test('see all that ends at one instant together, however little a batch follows', async () => {
    const world = await newWorld();
    const opened = await world.segment(
      countOf('Opened', 'greater_or_equal', 1, last(10, 'minute')),
    );
    const bought = await world.segment(
      countOf('Bought', 'greater_or_equal', 1, last(10, 'minute')),
    );
    const one = { type: 'segment', segment: String(opened) } as never;
    const other = { type: 'segment', segment: String(bought) } as never;
    const either = [
      await world.segment({ include: one, exclude: other }),
      await world.segment({ include: other, exclude: one }),
    ];
    for (const who of ['ada', 'bob', 'eve']) {
      await world.append(event(who, 'Opened', T0), event(who, 'Bought', T0));
    }
    await world.drain();
    const before = await Promise.all(either.map((segment) => world.log(segment)));
    world.setClock(T0 + HOUR);
    await world.drain({ appliedAtOnce: 1 });
    expect(await world.members(opened)).toEqual([]);
    expect(await world.members(bought)).toEqual([]);
    expect(await Promise.all(either.map((segment) => world.log(segment)))).toEqual(before);
  });

  test('follow lists', async () => {
    const world = await newWorld();
    const list = await world.list();
    const outside = await world.segment({
      not: { type: 'segment', segment: String(list) },
    } as never);
    await world.append(identify('ada', {}, T0));
    await world.drain();
    expect(await world.members(outside)).toEqual(['ada']);
    world.setClock(T0 + 1);
    await world.append({
      kind: 'membership',
      ids: [user('ada')],
      at: T0 + 1,
      source: 'manual',
      lists: { add: [list] },
    });
    await world.drain();
    expect(await world.log(outside)).toEqual([`+ada ${iso(T0)} data`, `-ada ${iso(T0 + 1)} data`]);
  });
});

describe('cards', () => {
  test('that change, go and come back are followed', async () => {
    const world = await newWorld();
    const paris = await world.segment({
      type: 'field',
      field: 'city',
      op: 'equals',
      value: 'Paris',
    } as never);
    await world.append(identify('ada', { city: 'Paris' }, T0));
    await world.drain();
    world.setClock(T0 + 1);
    await world.append({ kind: 'delete', ids: [user('ada')], at: T0 + 1, source: 'manual' });
    await world.drain();
    expect(await world.members(paris)).toEqual([]);
    world.setClock(T0 + 2);
    await world.append(identify('ada', {}, T0 + 2));
    await world.drain();
    world.setClock(T0 + 3);
    await world.append(identify('ada', { city: 'Rome' }, T0 + 3));
    await world.drain();
    expect(await world.log(paris)).toEqual([
      `+ada ${iso(T0)} data`,
      `-ada ${iso(T0 + 1)} contact_deleted`,
      `+ada ${iso(T0 + 2)} data`,
      `-ada ${iso(T0 + 3)} data`,
    ]);
  });

  test('with dates enter on their day in the workspace’s zone, over a change of the clocks', async () => {
    // In Kyiv the clocks go forward on 29 March 2026 at 03:00.
    const start = Date.UTC(2026, 2, 27, 12);
    const world = await newWorld({ start, zone: 'Europe/Kyiv' });
    const today = await world.segment({
      type: 'field',
      field: 'birthday',
      op: 'anniversary',
      value: { from: 0, to: 0 },
      zone: 'workspace',
    } as never);
    await world.append(identify('ada', { birthday: '1990-03-29' }, start));
    await world.moveTo(start + 10 * DAY);
    expect(await world.log(today)).toEqual([
      `+ada ${iso(Date.UTC(2026, 2, 28, 22))} time`,
      `-ada ${iso(Date.UTC(2026, 2, 29, 21))} time`,
    ]);
  });

  test('that become one are asked anew', async () => {
    const world = await newWorld();
    const both = await world.segment({
      all: [
        { type: 'field', field: 'city', op: 'is_set' },
        countOf('Opened', 'greater_or_equal', 1, { kind: 'ever' }),
      ],
    } as never);
    await world.append({ ...event('x', 'Opened', T0), ids: [['anonymous_id', 'a1']] });
    await world.append(identify('ada', { city: 'Paris' }, T0));
    await world.drain();
    expect(await world.members(both)).toEqual([]);
    world.setClock(T0 + 1);
    await world.append({
      kind: 'identify',
      ids: [user('ada'), ['anonymous_id', 'a1']],
      fields: {},
      at: T0 + 1,
      source: 'identify',
    });
    await world.drain();
    expect(await world.log(both)).toEqual([`+ada ${iso(T0 + 1)} merge`]);
  });
});
