import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { createRunWorld, HOUR, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;
let people = 0;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

/** Whether the contact takes the exit `yes` of an `if` with this condition, and what it saw. */
async function ask(contact: number, condition: JsonObject) {
  const workflow = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Joined' },
    first: 'b1',
    blocks: {
      b1: { type: 'if', condition, exits: { yes: 'b2', no: 'b3' } },
      b2: { type: 'end', reason: 'yes' },
      b3: { type: 'end', reason: 'no' },
    },
  });
  await world.apply({ contact, event: 'Joined', at: T0 + HOUR });
  await world.step(T0 + HOUR);
  const [run] = await world.runs(workflow);
  const [step] = await world.history(run!.id);
  return { answer: run!.block === 'b2', decided: step!.decided_by };
}

describe('a condition on a category', () => {
  test('asks what holds: the word of the contact, else the default', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into categories (workspace_id, key, name, default_subscribed, created_at)
       values ($1, 'news', 'News', false, $2), ($1, 'tips', 'Tips', true, $2) returning id`,
      [world.workspaceId, new Date(T0)],
    );
    const contact = await world.contact();
    await pool.query(
      `insert into category_choices (contact_id, category_id, workspace_id, subscribed, decided_at, source)
       values ($1, $2, $3, true, $4, 'web')`,
      [contact, rows[0]!.id, world.workspaceId, new Date(T0)],
    );
    const news = { type: 'category', category: 'news' };
    expect(await ask(contact, news)).toEqual({
      answer: true,
      decided: expect.objectContaining({
        conditions: [
          { type: 'category', about: 'news', result: true, values: { subscribed: true } },
        ],
      }),
    });
    expect((await ask(contact, { type: 'category', category: 'tips' })).answer).toBe(true);
    expect((await ask(await world.contact(), news)).answer).toBe(false);
  });
});

describe('a condition on a channel', () => {
  const email = (state: string) => ({ type: 'channel', channel: 'email', state });

  async function person({ consent, refused = [] }: { consent?: string; refused?: string[] }) {
    const address = `p${(people += 1)}@home.example`;
    const contact = await world.contact({ email: address });
    if (consent) {
      await pool.query(
        `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
         values ($1, 'email', $2, $3, $4, $5, 'api')
             on conflict on constraint addresses_pkey do update set state = excluded.state`,
        [contact, address, world.workspaceId, consent, new Date(T0)],
      );
    }
    for (const reason of refused) {
      await pool.query(
        `insert into suppressions (workspace_id, channel, address, reason, since, source)
         values ($1, 'email', $2, $3, $4, 'web')`,
        [world.workspaceId, address, reason, new Date(T0)],
      );
    }
    return contact;
  }

  test.each([
    [{ consent: 'subscribed' }, ['subscribed', 'reachable']],
    [{ consent: 'unconfirmed' }, ['unconfirmed']],
    [
      { consent: 'subscribed', refused: ['unsubscribed', 'blacklisted'] },
      ['unsubscribed', 'blacklisted'],
    ],
    [{ consent: 'unconfirmed', refused: ['blocked'] }, ['blocked']],
  ])('of %j knows everything that holds: %j', async (parts, expected) => {
    const contact = await person(parts);
    for (const state of [
      'subscribed',
      'reachable',
      'unconfirmed',
      'unsubscribed',
      'blocked',
      'blacklisted',
      'absent',
    ]) {
      const { answer } = await ask(contact, email(state));
      expect(answer, state).toBe(expected.includes(state));
    }
  });

  test('without an address is absent', async () => {
    expect((await ask(await world.contact(), email('absent'))).answer).toBe(true);
  });
});
