import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { runDueSteps } from '../runs/run-due-steps.ts';
import { DAY, HOUR, MINUTE, T0 } from '../runs/test-world.ts';
import { createChoiceWorld, type ChoiceWorld } from './test-choices.ts';

const { pool } = await testDatabase();
let world: ChoiceWorld;

beforeEach(async () => {
  world = await createChoiceWorld(pool);
});

let people = 0;

async function person(): Promise<number> {
  people += 1;
  return world.contact({ email: `p${people}@example.com` });
}

async function go(contact: number, at: number): Promise<void> {
  await world.apply({ contact, event: 'Go', at });
  await world.step(at);
}

describe('a choice', () => {
  test('is sent, is the result of the block, and says why', async () => {
    const messages = [await world.variant(), await world.variant()];
    const workflow = await world.choosing();
    await go(await person(), T0);
    const [run] = await world.runs(workflow);
    const [choice] = await world.choices();
    expect(messages).toContain(choice!.message_id);
    expect(run).toMatchObject({
      block: 'rest',
      results: {
        pick: {
          message: String(choice!.message_id),
          send: String(choice!.send_id),
          decision: 'sent',
        },
      },
    });
    const [step] = await world.history(run!.id);
    const seen = {
      mode: 'bandit',
      message: String(choice!.message_id),
      probability: 0.5,
      variants: messages.map((message) => ({
        message: String(message),
        settled: 0,
        succeeded: 0,
        probability: 0.5,
      })),
    };
    expect(step!.decided_by).toMatchObject({ choice: seen });
    const { rows } = await pool.query<{ reasons: unknown[] }>(
      `select reasons from sends where id = $1`,
      [choice!.send_id],
    );
    expect(rows[0]!.reasons[0]).toEqual({ gate: 'variant', passed: true, details: seen });
    expect(choice).toMatchObject({ probability: 0.5, available: 2, outcome: null });
    expect(choice!.due_at!.getTime()).toBe(T0 + DAY);
  });

  test('is made among usable messages of the channel with the tags, as they are then', async () => {
    const other = await world.tag('other');
    const [kept, archived, excluded, template] = [
      await world.variant(),
      await world.variant(),
      await world.variant([world.tagId, other]),
      await world.variant(),
    ];
    await world.message();
    await pool.query(`update messages set archived_at = $2 where id = $1`, [
      archived,
      new Date(T0),
    ]);
    await pool.query(`update messages set template = true where id = $1`, [template]);
    const workflow = await world.choosing({ exclude: [String(other)], memory: 0, mode: 'equal' });
    for (let i = 0; i < 4; i += 1) await go(await person(), T0 + i);
    expect((await world.choices()).map(({ message_id: id }) => id)).toEqual(Array(4).fill(kept));
    const joined = await world.variant();
    for (let i = 0; i < 12; i += 1) await go(await person(), T0 + 10 + i);
    const chosen = new Set((await world.choices()).slice(4).map(({ message_id: id }) => id));
    expect(chosen).toEqual(new Set([kept, joined]));
    expect(chosen.has(excluded)).toBe(false);
    await pool.query(`delete from tag_links where tag_id = $1`, [world.tagId]);
    await go(await person(), T0 + 100);
    expect((await world.runs(workflow)).at(-1)).toMatchObject({ block: 'sorry' });
  });

  test('is the same when the step is taken again, and however steps are cut into batches', async () => {
    for (let i = 0; i < 3; i += 1) await world.variant();
    await world.choosing();
    const contacts: number[] = [];
    for (let i = 0; i < 12; i += 1) contacts.push(await person());
    await world.apply(...contacts.map((contact) => ({ contact, event: 'Go', at: T0 })));
    const step = (limit: number, fail: boolean) =>
      inTransaction(pool, async (tx) => {
        const index = await world.cache.load(tx);
        const marks = new Map([[world.workspaceId, T0]]);
        const due = { slots: [0, 1, 2, 3], marks, now: T0, limit };
        await runDueSteps(tx, world.capabilities, { index, ...due });
        const { rows } = await tx.query<{ contact_id: number; message_id: number }>(
          `select contact_id, message_id from choices where workspace_id = $1 order by contact_id`,
          [world.workspaceId],
        );
        if (fail) throw Object.assign(new Error('the power failed'), { rows });
        return rows;
      });
    const aborted = await step(1_000, true).catch((cause: { rows: unknown[] }) => cause.rows);
    expect(aborted).toHaveLength(12);
    expect(await world.choices()).toEqual([]);
    let rows: unknown[] = [];
    while (rows.length < 12) rows = await step(5, false);
    expect(rows).toEqual(aborted);
    const counts = Object.values(await world.counted());
    expect(counts.reduce((sum, { chosen }) => sum + chosen, 0)).toBe(12);
    const { rows: days } = await pool.query<{ n: number }>(
      `select sum(d.chosen)::int as n from choice_days d join workflows w on w.id = d.workflow_id where w.workspace_id = $1`,
      [world.workspaceId],
    );
    expect(days[0]!.n).toBe(12);
  });

  test('does not repeat what the contact was sent within the memory', async () => {
    await world.variant();
    await world.variant();
    await world.choosing();
    const contact = await person();
    await go(contact, T0);
    await go(contact, T0 + DAY);
    const [first, second] = await world.choices();
    expect(second!.message_id).not.toBe(first!.message_id);
    expect(second).toMatchObject({ probability: 1, available: 1 });
    // All were sent: the oldest, though its turn is not over.
    await go(contact, T0 + 2 * DAY);
    expect((await world.choices())[2]!.message_id).toBe(first!.message_id);
    // After the memory any may come.
    await go(contact, T0 + 30 * DAY);
    expect((await world.choices())[3]).toMatchObject({ available: 2 });
  });

  test('leaves by failed where the memory leaves nothing, if that is wanted', async () => {
    await world.variant();
    const workflow = await world.choosing({ all_sent: 'failed' });
    const contact = await person();
    await go(contact, T0);
    await go(contact, T0 + DAY);
    const [, second] = await world.runs(workflow);
    expect(second).toMatchObject({ block: 'sorry' });
    const [step] = await world.history(second!.id);
    expect(step!.decided_by).toMatchObject({
      failed: 'the contact was sent every variant within 4 days',
    });
    expect(await world.choices()).toHaveLength(1);
  });

  test('stays as it is while its send waits', async () => {
    for (let i = 0; i < 4; i += 1) await world.variant();
    const workflow = await world.choosing({
      send_hours: { from: '18:00', to: '20:00', zone: 'workspace' },
    });
    const contact = await person();
    await go(contact, T0);
    expect(await world.choices()).toEqual([]);
    const [run] = await world.runs(workflow);
    const held = run!.results['pick'] as { message: string; decision: string };
    expect(held.decision).toBe('held');
    await world.variant();
    await world.step(run!.wake_at!.getTime());
    const [choice] = await world.choices();
    expect(choice).toMatchObject({ message_id: Number(held.message), available: 4 });
    const [after] = await world.runs(workflow);
    expect(after!.results['pick']).toEqual({
      message: held.message,
      send: String(choice!.send_id),
      decision: 'sent',
    });
  });

  test('that a gate refuses is learnt nothing from', async () => {
    await world.variant();
    const workflow = await world.choosing();
    const contact = await world.contact();
    await go(contact, T0);
    expect(await world.runs(workflow)).toMatchObject([{ block: 'sorry' }]);
    expect(await world.choices()).toEqual([]);
  });
});

describe('what is learnt', () => {
  const clicked = (contact: number, send: number, at: number, more = {}) =>
    world.apply({
      contact,
      event: 'MessageClicked',
      at,
      params: { send: String(send), ...more },
    });

  test('comes when windows close: from people, machines apart', async () => {
    const message = await world.variant();
    await world.choosing();
    const contacts = [await person(), await person(), await person()];
    for (const contact of contacts) await go(contact, T0);
    await world.handOver(T0 + MINUTE);
    const [first, second] = await world.choices();
    await clicked(first!.contact_id, first!.send_id, T0 + HOUR);
    await clicked(second!.contact_id, second!.send_id, T0 + HOUR, { machine: 'scanner' });
    expect(await world.settle(T0 + 23 * HOUR)).toBe(0);
    expect(await world.counted()).toMatchObject({ [message]: { chosen: 3, settled: 0 } });
    // It left a minute after it was decided, so its window closes a minute later.
    await world.settle(T0 + DAY);
    expect((await world.choices()).map(({ outcome }) => outcome)).toEqual([null, null, null]);
    await world.settle(T0 + DAY + MINUTE);
    expect((await world.choices()).map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'machine',
      'failed',
    ]);
    expect(await world.counted()).toEqual({
      [message]: { chosen: 3, settled: 3, succeeded: 1, succeeded_machines: 2, void: 0 },
    });
    expect(await world.settle(T0 + 9 * DAY)).toBe(0);
  });

  test('is nothing of what never left, and waits for what has still to leave', async () => {
    const message = await world.variant();
    await world.choosing();
    await go(await person(), T0);
    await go(await person(), T0);
    const [first] = await world.choices();
    await pool.query(
      `update deliveries set state = 'failed', due_at = null where contact_id = $1`,
      [first!.contact_id],
    );
    await world.settle(T0 + DAY);
    expect((await world.choices()).map(({ outcome }) => outcome)).toEqual(['void', null]);
    await world.handOver(T0 + DAY + MINUTE);
    await world.settle(T0 + DAY + HOUR);
    await world.settle(T0 + 2 * DAY + HOUR);
    expect(await world.counted()).toEqual({
      [message]: { chosen: 2, settled: 1, succeeded: 0, succeeded_machines: 0, void: 1 },
    });
  });

  test('counts an event with its filter for the last message before it, and not after the window', async () => {
    const [a, b] = [await world.variant(), await world.variant()];
    const where = { param: 'plan', op: 'equals', value: 'pro' };
    await world.choosing({
      goal: { type: 'event', event: 'Bought', where, within: { n: 2, unit: 'day' } },
    });
    const [ann, bob, eve] = [await person(), await person(), await person()];
    for (const contact of [ann, bob, eve]) await go(contact, T0);
    await go(ann, T0 + DAY);
    await world.handOver(T0);
    const bought = (contact: number, at: number, plan: string) =>
      world.apply({ contact, event: 'Bought', at, params: { plan } });
    await bought(ann, T0 + DAY + HOUR, 'pro');
    await bought(bob, T0 + HOUR, 'free');
    await bought(eve, T0 + 3 * DAY, 'pro');
    await world.settle(T0 + 5 * DAY);
    const outcomes = (await world.choices()).map((choice) => [choice.contact_id, choice.outcome]);
    expect(outcomes).toEqual([
      [ann, 'failed'],
      [bob, 'failed'],
      [eve, 'failed'],
      [ann, 'succeeded'],
    ]);
    expect(Object.keys(await world.counted()).map(Number)).toEqual(
      [a, b].filter((id) => id in Object.fromEntries(outcomes.map(() => [id, 1]))),
    );
  });

  test('moves the choices to what did better, and counts are exact over batches of any size', async () => {
    const [good, bad] = [await world.variant(), await world.variant()];
    await world.choosing({ memory: 0 });
    const contacts: number[] = [];
    for (let i = 0; i < 40; i += 1) contacts.push(await person());
    await world.apply(...contacts.map((contact) => ({ contact, event: 'Go', at: T0 })));
    await world.step(T0);
    await world.handOver(T0);
    for (const {
      contact_id: contact,
      send_id: send,
      message_id: message,
    } of await world.choices()) {
      if (message === good) await clicked(contact, send, T0 + HOUR);
    }
    while ((await world.settle(T0 + DAY, 7)) > 0);
    const counted = await world.counted();
    const choices = await world.choices();
    for (const id of [good, bad]) {
      const n = choices.filter(({ message_id: message }) => message === id).length;
      expect(counted[id]).toMatchObject({
        chosen: n,
        settled: n,
        succeeded: id === good ? n : 0,
      });
    }
    await go(await person(), T0 + 2 * DAY);
    const last = (await world.choices()).at(-1)!;
    expect(last.message_id === good ? last.probability : 1 - last.probability).toBeGreaterThan(0.9);
  });
});
