import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { applyMemberships } from '../segments/index.ts';
import { stopMembers } from './stop-members.ts';
import { createRunWorld, DAY, HOUR, SLOTS, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;
let list: number;

beforeEach(async () => {
  world = await createRunWorld(pool);
  const { rows } = await pool.query<{ id: number }>(
    `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at)
     values ($1, 'vip', 'VIP', 'vip', 'list', 'manual', $2, $2) returning id`,
    [world.workspaceId, new Date(T0)],
  );
  list = rows[0]!.id;
});

/** Enters the list, by a batch of its own, and lets workflows hear of it. */
async function enter(contact: number, at = T0): Promise<void> {
  const { facts } = await inTransaction(pool, (tx) =>
    applyMemberships(tx, {
      slots: SLOTS,
      changes: [
        {
          contactId: contact,
          workspaceId: world.workspaceId,
          at,
          source: 'api',
          cause: 'api',
          depth: 0,
          act: { kind: 'enter', segmentId: list },
        },
      ],
    }),
  );
  for (const { type: event, key, params } of facts) {
    await world.apply({ contact, event, at, params, ...(key !== undefined && { key }) });
  }
}

function waitADay(more: JsonObject): JsonObject {
  return {
    language: 1,
    start: { type: 'event', event: 'Joined' },
    limits: { one_at_a_time: false },
    first: 'b1',
    blocks: {
      b1: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b2' } },
      b2: { type: 'end' },
    },
    ...more,
  };
}

describe('a condition on a list', () => {
  test('is true for members, and the history says since when', async () => {
    const workflow = await world.workflow(
      waitADay({
        blocks: {
          b1: {
            type: 'if',
            condition: { type: 'segment', segment: String(list) },
            exits: { yes: 'b2', no: 'b3' },
          },
          b2: { type: 'end', reason: 'member' },
          b3: { type: 'end', reason: 'stranger' },
        },
      }),
    );
    const [member, stranger] = [await world.contact(), await world.contact()];
    await enter(member);
    await world.apply({ contact: member, event: 'Joined', at: T0 + HOUR });
    await world.apply({ contact: stranger, event: 'Joined', at: T0 + HOUR });
    await world.step(T0 + HOUR);
    const runs = await world.runs(workflow);
    const blocks = new Map(runs.map((run) => [run.contact_id, run.block]));
    expect(blocks.get(member)).toBe('b2');
    expect(blocks.get(stranger)).toBe('b3');
    const run = runs.find(({ contact_id: id }) => id === member)!;
    const [step] = await world.history(run.id);
    expect(step!.decided_by).toMatchObject({
      result: true,
      conditions: [
        { type: 'segment', about: String(list), values: { since: new Date(T0).toISOString() } },
      ],
    });
  });
});

test('a condition on the platform of devices sees those of the contact', async () => {
  const workflow = await world.workflow(
    waitADay({
      blocks: {
        b1: {
          type: 'if',
          condition: { type: 'field', field: 'device_platform', op: 'has_any', value: ['ios'] },
          exits: { yes: 'b2', no: 'b3' },
        },
        b2: { type: 'end', reason: 'apple' },
        b3: { type: 'end', reason: 'other' },
      },
    }),
  );
  const [apple, other] = [await world.contact(), await world.contact()];
  for (const [contact, platform] of [
    [apple, 'iOS'],
    [other, 'android'],
  ]) {
    await pool.query(
      `insert into devices (contact_id, device_id, workspace_id, platform, created_at, last_seen_at)
       values ($1, 'phone', $2, $3, $4, $4)`,
      [contact, world.workspaceId, platform, new Date(T0)],
    );
  }
  await world.apply({ contact: apple, event: 'Joined', at: T0 });
  await world.apply({ contact: other, event: 'Joined', at: T0 });
  await world.step(T0);
  const runs = await world.runs(workflow);
  const blocks = new Map(runs.map((run) => [run.contact_id, run.block]));
  expect([blocks.get(apple), blocks.get(other)]).toEqual(['b2', 'b3']);
});

describe('a start for members', () => {
  test('refuses others, with the reason', async () => {
    const workflow = await world.workflow(
      waitADay({ start: { type: 'event', event: 'Joined', segment: String(list) } }),
    );
    const [member, stranger] = [await world.contact(), await world.contact()];
    await enter(member);
    await world.apply({ contact: member, event: 'Joined', at: T0 });
    await world.apply({ contact: stranger, event: 'Joined', at: T0 });
    expect((await world.runs(workflow)).map((run) => run.contact_id)).toEqual([member]);
    expect(await world.refusals()).toMatchObject([{ contact_id: stranger, reason: 'segment' }]);
  });
});

describe('a stop by segment', () => {
  const stopping = () => waitADay({ stop: [{ type: 'segment', segment: String(list) }] });

  test('ends the run of who enters, and of nobody else', async () => {
    const workflow = await world.workflow(stopping());
    const [enters, stays] = [await world.contact(), await world.contact()];
    await world.apply({ contact: enters, event: 'Joined', at: T0 });
    await world.apply({ contact: stays, event: 'Joined', at: T0 });
    await world.step(T0);
    await enter(enters, T0 + HOUR);
    await world.step(T0 + 2 * DAY);
    const ends = new Map(
      (await world.runs(workflow)).map((run) => [run.contact_id, [run.state, run.reason]]),
    );
    expect(ends.get(enters)).toEqual(['stopped', `stop segment ${list}`]);
    expect(ends.get(stays)![0]).toBe('completed');
  });

  test('lets members not start', async () => {
    const workflow = await world.workflow(stopping());
    const contact = await world.contact();
    await enter(contact);
    await world.apply({ contact, event: 'Joined', at: T0 + HOUR });
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.refusals()).toMatchObject([{ contact_id: contact, reason: 'stop' }]);
  });

  test('acts where a merge made somebody a member', async () => {
    const workflow = await world.workflow(stopping());
    const contact = await world.contact();
    await world.apply({ contact, event: 'Joined', at: T0 });
    await pool.query(
      `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
       values ($1, $2, $3, true, $4, 0)`,
      [contact, list, world.workspaceId, new Date(T0)],
    );
    await inTransaction(pool, async (tx) =>
      stopMembers(tx, world.capabilities, {
        index: await world.cache.load(tx),
        contactIds: [contact],
        now: T0 + HOUR,
      }),
    );
    expect(await world.runs(workflow)).toMatchObject([
      { state: 'stopped', reason: `stop segment ${list}` },
    ]);
  });
});
