import type { JsonObject } from '../inbox/index.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { cancelDeliveries } from './cancel-deliveries.ts';
import { countDecisions } from './count-decisions.ts';
import { decideSends } from './decide-sends.ts';
import type { SendRequest } from './decision.ts';
import { hasDue, nextDue } from '../slots/index.ts';
import { heldDue } from './held-queries.ts';
import { refreshSends } from './refresh-sends.ts';
import { releaseHeld } from './release-held.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const HOUR = 3_600_000;
const SLOTS = Array.from({ length: TEST_SLOTS }, (_, slot) => slot);

// Sunday, 1 March 2026, 09:30 in UTC.
const after = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

let workspaceId: number;
let contactId: number;
let messageId: number;

beforeEach(async () => {
  workspaceId = await world.workspace();
  contactId = await person();
  messageId = await world.message({ workspaceId });
});

let people = 0;
const person = (fields: JsonObject = {}) =>
  world.contact({ workspaceId, email: `r${(people += 1)}@home.example`, fields });

async function decide(now: Date, ...requests: Partial<SendRequest>[]) {
  const whole = requests.map((parts) =>
    requestFor({ workspaceId, contactId, messageId, at: now, ...parts }),
  );
  return inTransaction(pool, (tx) => decideSends(tx, { requests: whole, now }));
}

async function release(now: Date): Promise<number> {
  return inTransaction(pool, (tx) =>
    releaseHeld(tx, {
      slots: SLOTS,
      marks: new Map([[workspaceId, now.getTime()]]),
      now,
      limit: 100,
    }),
  );
}

async function sendRow(id: number) {
  const { rows } = await pool.query(
    `select decision, reason, reasons, hold_until, counts_at, status from sends where id = $1`,
    [id],
  );
  return rows[0];
}

const gateOf = (reasons: readonly { gate: string }[], gate: string) =>
  reasons.find((reason) => reason.gate === gate);

const oneADay = { kind: 'cap', most: 1, window: { type: 'rolling', n: 24, unit: 'hour' } } as const;

describe('a cap', () => {
  test('refuses what is too much, and says how much there was', async () => {
    await world.rule(workspaceId, oneADay);
    const [first] = await decide(NOW, {});
    const [second] = await decide(after(23), {});
    const [third] = await decide(after(24), {});
    expect(first!.decision).toBe('sent');
    expect(second).toMatchObject({ decision: 'refused', reason: 'frequency' });
    expect(gateOf(second!.reasons, 'frequency')).toEqual({
      gate: 'frequency',
      passed: false,
      details: { rules: [{ rule: 'cap-1', kind: 'cap', counted: 1, most: 1, passed: false }] },
    });
    expect(third!.decision).toBe('sent');
  });

  test('gives back the place of what was cancelled', async () => {
    await world.rule(workspaceId, oneADay);
    const [first] = await decide(NOW, { workflowId: 1, runId: 5, block: 'b1' });
    const runs = [{ contactId, runId: 5 }];
    await inTransaction(pool, (tx) => cancelDeliveries(tx, { runs, reason: 'by hand', now: NOW }));
    expect(await sendRow(first!.sendId)).toMatchObject({
      decision: 'refused',
      reason: 'by hand',
      counts_at: null,
    });
    expect((await decide(after(1), {}))[0]!.decision).toBe('sent');
  });

  test('gives back the place of what expired at the sender', async () => {
    await world.rule(workspaceId, oneADay);
    const [first] = await decide(NOW, {});
    await pool.query(
      `update deliveries set state = 'expired', status = 'expired' where send_id = $1`,
      [first!.sendId],
    );
    await inTransaction(pool, (tx) =>
      refreshSends(tx, { contactIds: [contactId], sendIds: [first!.sendId] }),
    );
    expect((await decide(after(1), {}))[0]!.decision).toBe('sent');
  });

  test('lets transactional messages and tests pass, and does not count them', async () => {
    await world.rule(workspaceId, oneADay);
    await decide(NOW, { transactional: true }, { test: true });
    expect((await decide(after(1), {}))[0]!.decision).toBe('sent');
    expect((await decide(after(1), { transactional: true }))[0]!.decision).toBe('sent');
  });

  test('counts transactional messages where it says so', async () => {
    await world.rule(workspaceId, { ...oneADay, counts: 'all' });
    await decide(NOW, { transactional: true });
    expect((await decide(after(1), {}))[0]!.reason).toBe('frequency');
  });

  test('of a tag is about messages with the tag, past ones too', async () => {
    const tagged = await world.message({ workspaceId });
    const rule = await world.rule(workspaceId, { ...oneADay, tags: ['Sale'] });
    expect(rule.tags).toEqual(['Sale']);
    await pool.query(
      `insert into tag_links (object_kind, object_id, tag_id) select 'message', $1, id from tags where workspace_id = $2`,
      [tagged, workspaceId],
    );
    await decide(NOW, {}, { messageId: tagged });
    const decisions = await decide(after(1), {}, { messageId: tagged });
    expect(decisions.map(({ decision }) => decision)).toEqual(['sent', 'refused']);
  });

  test('of a tag that was deleted is about nothing, not about everything', async () => {
    await world.rule(workspaceId, { ...oneADay, tags: ['Gone'] });
    await pool.query(`delete from tags where workspace_id = $1`, [workspaceId]);
    await decide(NOW, {});
    expect((await decide(after(1), {}))[0]!.decision).toBe('sent');
  });

  test('that waits keeps the place in turn, until it is free', async () => {
    await world.rule(workspaceId, { ...oneADay, when_reached: 'wait' });
    await decide(NOW, {});
    const [second] = await decide(after(1), {});
    const [third] = await decide(after(2), {});
    expect(second).toMatchObject({ decision: 'held', reason: 'frequency', holdUntil: after(24) });
    expect(third).toMatchObject({ decision: 'held', holdUntil: after(48) });
    expect(
      await nextDue(pool, { columns: [heldDue], slots: SLOTS, after: NOW, before: after(100) }),
    ).toBe(after(24).getTime());
    expect(await release(after(23))).toBe(0);
    expect(await hasDue(pool, { columns: [heldDue], slots: SLOTS, now: after(24) })).toBe(true);
    expect(await release(after(24))).toBe(1);
    const row = await sendRow(second!.sendId);
    expect(row).toMatchObject({
      decision: 'sent',
      reason: null,
      status: 'queued',
      hold_until: null,
    });
    expect(gateOf(row.reasons, 'waited')).toMatchObject({
      details: { for: 'frequency', until: after(24).toISOString() },
    });
    expect(await release(after(47))).toBe(0);
    expect(await release(after(48))).toBe(1);
    expect(await sendRow(third!.sendId)).toMatchObject({ decision: 'sent', counts_at: after(48) });
  });

  test('does not let wait longer than the message lives', async () => {
    await world.rule(workspaceId, { ...oneADay, when_reached: 'wait' });
    await decide(NOW, {});
    const [second] = await decide(after(1), { terms: { ttl: { n: 22, unit: 'hour' } } });
    expect(second).toMatchObject({ decision: 'refused', reason: 'expired' });
    expect(gateOf(second!.reasons, 'time_to_live')).toMatchObject({
      details: { expires: after(23).toISOString(), would_leave: after(24).toISOString() },
    });
  });

  test('per channel counts every channel by itself', async () => {
    const push = await world.message({ workspaceId, channel: 'mobile_push' });
    await world.device({
      workspaceId,
      contactId,
      deviceId: `d${contactId}`,
      pushToken: `t${contactId}`,
    });
    await world.rule(workspaceId, { ...oneADay, each_channel: true });
    const all = [{}, { messageId: push, channel: 'mobile_push' }];
    expect((await decide(NOW, ...all)).map(({ decision }) => decision)).toEqual(['sent', 'sent']);
    expect((await decide(after(1), ...all)).map(({ decision }) => decision)).toEqual([
      'refused',
      'refused',
    ]);
  });

  test('by the day of the contact ends at her midnight', async () => {
    contactId = await person({ time_zone: 'America/New_York' });
    const window = { type: 'calendar', unit: 'day', zone: 'contact' } as const;
    await world.rule(workspaceId, { kind: 'cap', window });
    const of = async (text: string) => (await decide(new Date(text), {}))[0]!.decision;
    expect(await of('2026-03-01T06:00:00Z')).toBe('sent');
    expect(await of('2026-03-02T04:59:00Z')).toBe('refused');
    expect(await of('2026-03-02T05:00:00Z')).toBe('sent');
  });

  test('lets the more urgent go first of what comes together', async () => {
    await world.rule(workspaceId, oneADay);
    const urgent = await world.message({ workspaceId, sending: { priority: 'high' } });
    const [low, high] = await decide(NOW, {}, { messageId: urgent });
    expect(high!.decision).toBe('sent');
    expect(low!.decision).toBe('refused');
    expect(gateOf(low!.reasons, 'frequency')).toMatchObject({
      details: { rules: [{ went_first: { message: String(urgent), priority: 'high' } }] },
    });
  });

  test('keeps the place of what waits for send hours against what is less urgent', async () => {
    await world.rule(workspaceId, oneADay);
    const evening = { send_hours: { from: '18:00', to: '20:00' } } as const;
    const urgent = await world.message({ workspaceId, sending: { priority: 'high', ...evening } });
    await world.settings(workspaceId, { release_minutes: 0 });
    const [waits] = await decide(NOW, { messageId: urgent });
    expect(waits).toMatchObject({ decision: 'held', reason: 'send_hours', holdUntil: after(8.5) });
    const [low] = await decide(after(1), {});
    expect(low).toMatchObject({ decision: 'refused', reason: 'frequency' });
    const [more] = await decide(after(2), { terms: { priority: 'high' } });
    expect(more!.decision).toBe('refused');
    await release(after(8.5));
    expect(await sendRow(waits!.sendId)).toMatchObject({ decision: 'sent' });
  });
});

describe('send hours', () => {
  const nightly = { from: '21:00', to: '08:00' };

  test('of the workspace let wait until they begin in the contact’s zone, spread', async () => {
    await world.settings(workspaceId, { send_hours: { from: '09:00', to: '21:00' } });
    contactId = await person({ time_zone: 'America/New_York' });
    const [decision] = await decide(NOW, {});
    const opens = Date.parse('2026-03-01T14:00:00Z');
    const { holdUntil } = decision!;
    expect(decision).toMatchObject({ decision: 'held', reason: 'send_hours' });
    expect(holdUntil!.getTime()).toBeGreaterThanOrEqual(opens);
    expect(holdUntil!.getTime()).toBeLessThan(opens + HOUR);
    expect(gateOf(decision!.reasons, 'send_hours')).toEqual({
      gate: 'send_hours',
      passed: false,
      details: {
        zone: 'America/New_York',
        opens: '2026-03-01T14:00:00.000Z',
        closes: '2026-03-02T02:00:00.000Z',
        until: holdUntil!.toISOString(),
      },
    });
    expect(await release(holdUntil!)).toBe(1);
    expect(await sendRow(decision!.sendId)).toMatchObject({ decision: 'sent' });
  });

  test('do not hold transactional messages and tests', async () => {
    await world.settings(workspaceId, { send_hours: nightly });
    const decisions = await decide(NOW, { transactional: true }, { test: true }, {});
    expect(decisions.map(({ decision }) => decision)).toEqual(['sent', 'sent', 'held']);
  });

  test('of the request win over those of the message, and these over the workspace’s', async () => {
    await world.settings(workspaceId, { send_hours: nightly });
    const always = await world.message({ workspaceId, sending: { send_hours: 'any' } });
    const [own, asked] = await decide(
      NOW,
      { messageId: always },
      { messageId: always, terms: { send_hours: 'workspace' } },
    );
    expect([own!.decision, asked!.decision]).toEqual(['sent', 'held']);
  });

  test('do not let wait who would be refused anyway', async () => {
    await world.settings(workspaceId, { send_hours: nightly });
    contactId = await world.contact({ workspaceId, externalId: `x${(people += 1)}` });
    expect((await decide(NOW, {}))[0]).toMatchObject({ decision: 'refused', reason: 'no address' });
  });

  test('let a message expire that would be too late', async () => {
    await world.settings(workspaceId, { send_hours: nightly });
    const [decision] = await decide(NOW, { terms: { ttl: { n: 2, unit: 'hour' } } });
    expect(decision).toMatchObject({ decision: 'refused', reason: 'expired' });
  });

  test('are asked with everything else again when the wait is over', async () => {
    await world.settings(workspaceId, { send_hours: nightly, release_minutes: 0 });
    const [decision] = await decide(NOW, {});
    await pool.query(`update contacts set deleted_at = $2 where id = $1`, [contactId, NOW]);
    await release(after(11.5));
    expect(await sendRow(decision!.sendId)).toMatchObject({
      decision: 'refused',
      reason: 'deleted',
      counts_at: null,
    });
  });

  test('that a run waits for end with the run', async () => {
    await world.settings(workspaceId, { send_hours: nightly });
    const [decision] = await decide(NOW, { workflowId: 1, runId: 9, block: 'b1' });
    expect(await release(after(24))).toBe(0);
    const runs = [{ contactId, runId: 9 }];
    await inTransaction(pool, (tx) => cancelDeliveries(tx, { runs, reason: 'archived', now: NOW }));
    expect(await sendRow(decision!.sendId)).toMatchObject({
      decision: 'refused',
      reason: 'archived',
    });
  });
});

test('of several devices all are reached, or the one that was seen last', async () => {
  const push = { workspaceId, channel: 'mobile_push' };
  const [toAll, toLast] = [
    await world.message(push),
    await world.message({ ...push, sending: { addresses: 'last_seen' } }),
  ];
  for (const n of [1, 2, 3]) {
    const deviceId = `d${contactId}-${n}`;
    await world.device({ workspaceId, contactId, deviceId, pushToken: deviceId, seenAt: after(n) });
  }
  const [all, last] = await decide(
    NOW,
    { messageId: toAll, channel: 'mobile_push' },
    { messageId: toLast, channel: 'mobile_push' },
  );
  expect(gateOf(all!.reasons, 'address')).toMatchObject({
    details: { addresses: 3, choice: 'all' },
  });
  expect(gateOf(last!.reasons, 'address')).toMatchObject({
    details: { addresses: 1, choice: 'last_seen', left_out: 2 },
  });
  const { rows } = await pool.query(`select address from deliveries where send_id = $1`, [
    last!.sendId,
  ]);
  expect(rows).toEqual([{ address: `d${contactId}-3` }]);
});

test('everybody is accounted for: eligible is sent, waiting and refused', async () => {
  await world.rule(workspaceId, oneADay);
  await world.settings(workspaceId, { send_hours: { from: '09:00', to: '21:00' } });
  const contacts = [
    contactId,
    await person({ time_zone: 'America/New_York' }),
    await world.contact({ workspaceId, externalId: `x${(people += 1)}` }),
  ];
  const of = { workflowId: 7, block: 'b1' };
  await decide(NOW, { contactId }, ...contacts.map((id) => ({ contactId: id, ...of })));
  await decide(NOW, { contactId, ...of, test: true });
  const whole = {
    block: 'b1',
    eligible: 3,
    sent: 0,
    waiting: { send_hours: 1 },
    refused: { frequency: 1, 'no address': 1 },
  };
  const asked = { workspaceId, workflowId: 7 };
  expect(await countDecisions(pool, asked)).toEqual({ items: [whole], countedSince: null });
  // The newest are the test and the two whose turn came last.
  const newest = await countDecisions(pool, { ...asked, most: 3 });
  expect(newest.items[0]).toMatchObject({ eligible: 2 });
  expect(newest.countedSince).toEqual(NOW);
});
