import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { runDueSteps } from './run-due-steps.ts';
import { createRunWorld, HOUR, MINUTE, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

const rest = { type: 'timer', wait: { n: 30, unit: 'day' } };

/** A message, and then the block. */
async function behindMessage(block: JsonObject, exits: JsonObject): Promise<number> {
  const message = String(await world.message());
  return world.workflow({
    language: 1,
    start: { type: 'event', event: 'Go' },
    first: 'mail',
    blocks: {
      mail: { type: 'email', message, exits: { next: 'next' } },
      next: { ...block, exits },
      yes: rest,
      no: rest,
    },
  });
}

async function started(who: string): Promise<{ contact: number; send: string }> {
  const contact = await world.contact({ email: `${who}@example.com` });
  await world.apply({ contact, event: 'Go', at: T0 });
  await world.step(T0);
  const { rows } = await pool.query<{ id: number }>(`select id from sends where contact_id = $1`, [
    contact,
  ]);
  return { contact, send: String(rows[0]!.id) };
}

describe('a wait for what becomes of a message', () => {
  const wait = (block: string, status: string) => ({
    type: 'wait_for',
    message_status: { block, status },
    timeout: { n: 1, unit: 'hour' },
  });
  const exits = { happened: 'yes', timeout: 'no' };

  test.each([
    ['the status', 'MessageOpened', {}, 'yes'],
    ['one that implies it', 'MessageClicked', {}, 'yes'],
    ['one that does not', 'MessageDelivered', {}, 'next'],
    ['a machine that opened it', 'MessageOpened', { machine: 'apple' }, 'next'],
    ['another message', 'MessageOpened', { send: '999' }, 'next'],
  ])('hears %s', async (_name, event, more, block) => {
    const id = await behindMessage(wait('mail', 'opened'), exits);
    const { contact, send } = await started('ann');
    await world.apply({ contact, event, at: T0 + MINUTE, params: { send, ...more } });
    await world.step(T0 + MINUTE);
    expect(await world.runs(id)).toMatchObject([{ block }]);
  });

  test('of any block ends by the first, else by time', async () => {
    const id = await behindMessage(wait('any', 'delivered'), exits);
    const ann = await started('ann');
    await started('bob');
    await world.apply({
      contact: ann.contact,
      event: 'MessageDelivered',
      at: T0 + MINUTE,
      params: { send: ann.send },
    });
    await world.step(T0 + HOUR);
    expect(await world.runs(id)).toMatchObject([{ block: 'yes' }, { block: 'no' }]);
  });

  test('passes at once if it is so already', async () => {
    const id = await world.workflow({
      language: 1,
      start: { type: 'event', event: 'Go' },
      first: 'mail',
      blocks: {
        mail: { type: 'email', message: String(await world.message()), exits: { next: 'pause' } },
        pause: { type: 'timer', wait: { n: 1, unit: 'hour' }, exits: { next: 'next' } },
        next: { ...wait('mail', 'opened'), exits },
        yes: rest,
        no: rest,
      },
    });
    const { contact, send } = await started('ann');
    await world.apply({ contact, event: 'MessageOpened', at: T0 + MINUTE, params: { send } });
    await world.step(T0 + HOUR);
    expect(await world.runs(id)).toMatchObject([{ block: 'yes' }]);
  });
});

describe('a condition about the run', () => {
  test.each([
    ['sent', [], 'no'],
    ['sent', ['MessageSent'], 'yes'],
    ['delivered', ['MessageSent'], 'no'],
    ['delivered', ['MessageSent', 'MessageClicked'], 'yes'],
    ['clicked', ['MessageOpened'], 'no'],
  ])('%s after %j is %s', async (status, happened, block) => {
    const id = await world.workflow({
      language: 1,
      start: { type: 'event', event: 'Go' },
      first: 'mail',
      blocks: {
        mail: { type: 'email', message: String(await world.message()), exits: { next: 'pause' } },
        pause: { type: 'timer', wait: { n: 1, unit: 'hour' }, exits: { next: 'next' } },
        next: {
          type: 'if',
          condition: { type: 'message_status', block: 'mail', status },
          exits: { yes: 'yes', no: 'no' },
        },
        yes: rest,
        no: rest,
      },
    });
    const { contact, send } = await started('ann');
    for (const event of happened) {
      await world.apply({ contact, event, at: T0 + MINUTE, params: { send } });
    }
    await world.step(T0 + HOUR);
    expect(await world.runs(id)).toMatchObject([{ block }]);
  });
});

describe('a batch that is aborted', () => {
  test('leaves neither a wait nor an act behind, and the next one does all of it once', async () => {
    const id = await world.workflow({
      language: 1,
      start: { type: 'event', event: 'Go' },
      first: 'b1',
      blocks: {
        b1: { type: 'launch_event', event: 'Greeted', exits: { next: 'b2' } },
        b2: { type: 'unsubscribe', channel: 'email', exits: { next: 'b3' } },
        b3: { type: 'add_to_list', list: '7' },
      },
    });
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'Go', at: T0 });
    const before = await world.runs(id);
    const steps = async (fail: boolean) =>
      inTransaction(pool, async (tx) => {
        const index = await world.cache.load(tx);
        const marks = new Map([[world.workspaceId, T0]]);
        const due = { slots: [0, 1, 2, 3], marks, now: T0, limit: 10 };
        const done = await runDueSteps(tx, world.capabilities, { index, ...due });
        expect(done.items.map(({ item }) => item.kind)).toEqual(['event']);
        if (fail) throw new Error('the power failed');
      });
    const left = async () => {
      const { rows } = await pool.query(
        `select (select count(*)::int from suppressions where workspace_id = $1) as suppressed,
                (select count(*)::int from slot_queue) as queued`,
        [world.workspaceId],
      );
      return rows[0];
    };
    await expect(steps(true)).rejects.toThrow('the power failed');
    expect(await world.runs(id)).toEqual(before);
    expect(await left()).toEqual({ suppressed: 0, queued: 0 });
    await steps(false);
    expect(await world.runs(id)).toMatchObject([{ state: 'waiting', block: 'b3' }]);
    expect(await left()).toMatchObject({ suppressed: 1 });
    // Nothing is due any more: the run waits for its item.
    expect(await world.step(T0)).toBe(0);
  });
});
