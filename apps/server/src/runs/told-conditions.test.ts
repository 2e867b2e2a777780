import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import { createRunWorld, DAY, HOUR, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

/** Which of these conditions hold for a contact, by name. */
async function holding(contact: number, conditions: Record<string, Json>): Promise<string[]> {
  const held: string[] = [];
  for (const [name, condition] of Object.entries(conditions)) {
    const workflow = await world.workflow({
      language: 1,
      start: { type: 'event', event: `Ask ${name}` },
      first: 'b1',
      blocks: { b1: { type: 'if', condition, exits: { yes: 'b2' } }, b2: { type: 'end' } },
    });
    await world.apply({ contact, event: `Ask ${name}`, at: T0 + DAY });
    await world.step(T0 + DAY);
    const [run] = await world.runs(workflow);
    if (run!.block === 'b2') held.push(name);
  }
  return held;
}

test('conditions on messages see what became of sends, of people and of machines', async () => {
  const message = await world.message();
  const contact = await world.contact();
  const { rows } = await pool.query<{ id: number }>(
    `insert into tags (workspace_id, name, created_at) values ($1, 'news', $2) returning id`,
    [world.workspaceId, new Date(T0)],
  );
  await pool.query(
    `insert into tag_links (tag_id, object_kind, object_id) values ($1, 'message', $2)`,
    [rows[0]!.id, message],
  );
  for (const [id, test] of [
    [901, false],
    [902, false],
    [903, true],
  ] as const) {
    await pool.query(
      `insert into sends (contact_id, id, workspace_id, message_id, message_version, channel, language, workflow_id,
                          test, decision, reasons, created_at)
       values ($1, $2, $3, $4, 1, 'email', 'en', 77, $5, 'sent', '[]', $6)`,
      [contact, id, world.workspaceId, message, test, new Date(T0)],
    );
  }
  const told = (event: string, send: number, at: number, params: JsonObject = {}) =>
    world.apply({ contact, event, at, params: { send: String(send), ...params } });
  for (const send of [901, 902, 903]) await told('MessageDelivered', send, T0);
  await told('MessageOpened', 901, T0 + HOUR);
  await told('MessageOpened', 901, T0 + 2 * HOUR);
  await told('MessageOpened', 902, T0 + HOUR, { machine: 'apple' });
  await told('MessageClicked', 901, T0 + HOUR, { url: 'https://a.test/x' });

  const count = (action: string, value: number, rest: JsonObject = {}): JsonObject => ({
    type: 'message',
    action,
    measure: { kind: 'count', op: 'equals', value },
    period: { kind: 'ever' },
    ...rest,
  });
  const where = (param: string, op: string, value: Json): JsonObject => ({
    where: { param, op, value },
  });
  const held = {
    'delivered twice, tests never': count('delivered', 2),
    'opened once as a person, however often': count('opened', 1),
    'opened twice with machines': count('opened', 2, { machine: true }),
    'delivered and not opened': count('delivered', 1, where('opened', 'equals', false)),
    'clicked this link': count('clicked', 1, where('url', 'contains', 'a.test')),
    'of this message': count('delivered', 2, where('message', 'equals', String(message))),
    'with this tag': count('delivered', 2, where('tag', 'has_any', ['news'])),
    'of this workflow': count('delivered', 2, where('workflow', 'equals', '77')),
    'in this language': count('delivered', 2, where('language', 'equals', 'en')),
    'nothing complained': count('complained', 0),
  };
  const not = {
    'opened in the last hour': count('opened', 1, { period: { kind: 'last', n: 1, unit: 'hour' } }),
    'with another tag': count('delivered', 2, where('tag', 'has_any', ['offers'])),
  };
  expect(await holding(contact, { ...held, ...not })).toEqual(Object.keys(held));
});

test('conditions on devices ask for one that is all of it', async () => {
  const contact = await world.contact();
  for (const [device, platform, version, push] of [
    ['phone', 'iOS', '17.10', true],
    ['tablet', 'Android', '9', false],
  ]) {
    await pool.query(
      `insert into devices (contact_id, device_id, workspace_id, platform, os_version, push_enabled, created_at, last_seen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [contact, device, world.workspaceId, platform, version, push, new Date(T0)],
    );
  }
  const device = (...leaves: [string, string, Json][]): JsonObject => ({
    type: 'device',
    where: { all: leaves.map(([param, op, value]) => ({ param, op, value })) },
  });
  const held = {
    'a new iOS': device(['platform', 'equals', 'ios'], ['os_version', 'greater', '17.9']),
    'with push': device(['push_enabled', 'equals', true]),
    'seen since': device(['last_seen_at', 'after', '2026-06-01']),
  };
  const not = {
    'both of two devices': device(
      ['platform', 'equals', 'android'],
      ['push_enabled', 'equals', true],
    ),
  };
  expect(await holding(contact, { ...held, ...not })).toEqual(Object.keys(held));
});

test('conditions on workflows see runs that go on and that ended, and no tests', async () => {
  const waits = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Joined' },
    first: 'b1',
    blocks: { b1: { type: 'timer', wait: { n: 9, unit: 'day' } } },
  });
  const ends = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Joined' },
    first: 'b1',
    blocks: { b1: { type: 'end' } },
  });
  const contact = await world.contact();
  await world.apply({ contact, event: 'Joined', at: T0 });
  await world.step(T0);
  const inside = (workflow: number, state: string): JsonObject => ({
    type: 'workflow',
    workflow: String(workflow),
    state,
  });
  const held = {
    'entered the one': inside(waits, 'entered'),
    'is in the one': inside(waits, 'running'),
    'completed the other': inside(ends, 'completed'),
  };
  const not = {
    'completed the one': inside(waits, 'completed'),
    'is in the other': inside(ends, 'running'),
    'entered the one within the hour': {
      ...inside(waits, 'entered'),
      period: { kind: 'last', n: 1, unit: 'hour' },
    },
  };
  expect(await holding(contact, { ...held, ...not })).toEqual(Object.keys(held));
  await pool.query(`update runs set test = true where workflow_id = any($1)`, [[waits, ends]]);
  expect(await holding(contact, held)).toEqual([]);
});
