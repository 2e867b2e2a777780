import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { DeliveryItem } from '../inbox/index.ts';
import { applyDeliveries } from './apply-deliveries.ts';
import { cancelDeliveries } from './cancel-deliveries.ts';
import { decideSends } from './decide-sends.ts';
import type { SendRequest } from './decision.ts';
import { contactTables } from './contact-tables.ts';
import { moveRows } from '../contact-rows/index.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const workspaceId = await world.workspace();
const content = { en: { title: 'a', body: 'b' } };
const messageId = await world.message({ workspaceId, channel: 'mobile_push', content });

let contactId: number;
let sendId: number;
let deliveryIds: number[];

/** A push to as many devices. */
async function send(devices: number, parts: Partial<SendRequest> = {}) {
  contactId = await world.contact({ workspaceId });
  for (let i = 0; i < devices; i += 1) {
    const pushToken = `t${contactId}-${i}`;
    await world.device({ workspaceId, contactId, deviceId: `d${i}`, pushToken });
  }
  const request = requestFor({
    workspaceId,
    contactId,
    messageId,
    channel: 'mobile_push',
    workflowId: 7,
    runId: 70 + contactId,
    block: 'b1',
    ...parts,
  });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [request], now: NOW }),
  );
  sendId = decision!.sendId;
  const { rows } = await pool.query<{ id: number }>(
    `select id from deliveries where send_id = $1 order by id`,
    [sendId],
  );
  deliveryIds = rows.map((row) => row.id);
}

type Report = [delivery: number, status: DeliveryItem['status'], more?: Partial<DeliveryItem>];

async function report(...reports: Report[]): Promise<string[]> {
  const facts = await reportFully(...reports);
  return facts.map((fact) => fact.type);
}

function reportFully(...reports: Report[]) {
  const entries = reports.map(([n, status, more]) => ({
    contactId,
    receivedAt: NOW.getTime(),
    item: {
      kind: 'delivery' as const,
      ids: [],
      at: NOW.getTime(),
      source: 'system' as const,
      contactId,
      sendId,
      deliveryId: deliveryIds[n]!,
      status,
      ...more,
    },
  }));
  return inTransaction(pool, (tx) => applyDeliveries(tx, { entries, slots: TEST_SLOTS, now: NOW }));
}

async function stored() {
  const sends = await pool.query(`select status, decision, reasons from sends where id = $1`, [
    sendId,
  ]);
  const deliveries = await pool.query<{ status: string }>(
    `select status from deliveries where send_id = $1 order by id`,
    [sendId],
  );
  return { ...sends.rows[0], deliveries: deliveries.rows.map((row) => row.status) };
}

describe('facts of a send to two devices', () => {
  beforeEach(() => send(2));

  test('are told once, when the send itself first gets so far', async () => {
    expect(await report([0, 'sent'])).toEqual(['MessageSent']);
    expect(await report([1, 'sent'])).toEqual([]);
    expect(await report([1, 'delivered'])).toEqual(['MessageDelivered']);
    expect(await report([0, 'delivered'], [1, 'delivered'])).toEqual([]);
    expect(await stored()).toMatchObject({
      status: 'delivered',
      deliveries: ['delivered', 'delivered'],
    });
  });

  test('are told for every open and click, with the address that was clicked', async () => {
    const facts = await reportFully(
      [0, 'clicked', { url: 'https://shop.example' }],
      [0, 'clicked', { url: 'https://shop.example/2' }],
    );
    expect(facts.map(({ type, params }) => [type, params['url']])).toEqual([
      ['MessageSent', undefined],
      ['MessageDelivered', undefined],
      ['MessageClicked', 'https://shop.example'],
      ['MessageClicked', 'https://shop.example/2'],
    ]);
    expect(facts[0]!.params).toMatchObject({
      send: String(sendId),
      delivery: String(deliveryIds[0]),
      message: String(messageId),
      channel: 'mobile_push',
      workflow: '7',
      block: 'b1',
      language: 'en',
    });
  });

  test('say undelivered only when no device is left', async () => {
    expect(await report([0, 'undelivered', { reason: 'gone' }])).toEqual([]);
    expect(await stored()).toMatchObject({ status: 'queued' });
    expect(await report([1, 'undelivered', { reason: 'gone' }])).toEqual(['MessageUndelivered']);
    expect(await report([1, 'undelivered'])).toEqual([]);
    expect(await stored()).toMatchObject({ status: 'undelivered', decision: 'sent' });
  });

  test('a late report does not take anything back or tell it again', async () => {
    await report([0, 'opened']);
    expect(await report([0, 'sent'], [0, 'delivered'])).toEqual([]);
    expect((await stored()).deliveries).toEqual(['opened', 'queued']);
  });

  test('an open by a machine is told as that, and shows only that it arrived', async () => {
    const facts = await reportFully([0, 'opened', { machine: 'image proxy' }]);
    expect(facts.at(-1)).toMatchObject({
      type: 'MessageOpened',
      params: { machine: 'image proxy' },
    });
    expect((await stored()).status).toBe('delivered');
  });
});

test('what was stopped at the claim makes the send refused, with the reason', async () => {
  await send(2);
  await report([0, 'cancelled', { reason: 'unsubscribed' }]);
  expect(await stored()).toMatchObject({ decision: 'sent', status: 'queued' });
  expect(await report([1, 'cancelled', { reason: 'unsubscribed' }])).toEqual([]);
  const after = await stored();
  expect(after).toMatchObject({ decision: 'refused', status: 'cancelled' });
  expect(after.reasons.at(-1)).toEqual({
    gate: 'hand_over',
    passed: false,
    details: { reason: 'unsubscribed' },
  });
});

test('reports about a test, or about what was erased, make no facts', async () => {
  await send(1, { test: true });
  expect(await report([0, 'sent'], [0, 'opened'])).toEqual([]);
  expect((await stored()).status).toBe('opened');
  deliveryIds = [999_999_999];
  expect(await report([0, 'sent'])).toEqual([]);
});

describe('the end of a run', () => {
  const cancel = (runId: number) =>
    inTransaction(pool, (tx) =>
      cancelDeliveries(tx, { runs: [{ contactId, runId }], reason: 'stopped', now: NOW }),
    );

  test('cancels what is planned, and the send becomes refused with the reason', async () => {
    await send(2);
    expect(await cancel(70 + contactId)).toBe(2);
    const after = await stored();
    expect(after).toMatchObject({
      status: 'cancelled',
      decision: 'refused',
      deliveries: ['cancelled', 'cancelled'],
    });
    expect(after.reasons.at(-1)).toEqual({
      gate: 'hand_over',
      passed: false,
      details: { reason: 'stopped' },
    });
    expect(await cancel(70 + contactId)).toBe(0);
  });

  test('leaves what a sender has taken, and what other runs planned', async () => {
    await send(2);
    await pool.query(`update deliveries set state = 'handed_over', due_at = null where id = $1`, [
      deliveryIds[0],
    ]);
    expect(await cancel(1)).toBe(0);
    expect(await cancel(70 + contactId)).toBe(1);
    expect(await stored()).toMatchObject({
      decision: 'sent',
      status: 'queued',
      deliveries: ['queued', 'cancelled'],
    });
  });
});

test('a merge moves sends with their planned deliveries to the survivor and its slot', async () => {
  await send(1);
  const keepId = await world.contact({ workspaceId });
  await inTransaction(pool, (tx) =>
    moveRows(tx, contactTables, { pairs: [{ keepId, dropId: contactId }], slots: TEST_SLOTS }),
  );
  const { rows } = await pool.query(
    `select d.contact_id, d.source_contact_id, d.slot, d.state, s.contact_id as send_contact
       from deliveries d join sends s on s.id = d.send_id where d.id = $1`,
    [deliveryIds[0]],
  );
  expect(rows).toEqual([
    {
      contact_id: keepId,
      source_contact_id: contactId,
      slot: keepId % TEST_SLOTS,
      state: 'planned',
      send_contact: keepId,
    },
  ]);
});
