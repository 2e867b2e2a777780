import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier } from '../inbox/index.ts';

const { call, send, identify, finishJob, pool } = await testContacts();

async function computed(channel: string, state: string): Promise<string> {
  const definition = { language: 1, include: { type: 'channel', channel, state } };
  const body = { name: `${channel} ${state}`, kind: 'dynamic', definition };
  const { id } = (await call('POST', '/segments', { body })).body;
  await finishJob((await call('GET', `/segments/${id}`)).body.computing.job);
  return id;
}

async function members(id: string): Promise<number> {
  return (await call('GET', `/segments/${id}/members`)).body.items.length;
}

const visitor: Identifier = ['anonymous_id', 'visitor'];

test('whom the app learns to know can be reached in it at once', async () => {
  const reachable = await computed('in_app', 'reachable');
  const absent = await computed('in_app', 'absent');
  await send([identify([visitor])]);
  expect([await members(reachable), await members(absent)]).toEqual([0, 1]);
  await send([identify([visitor, ['external_id', 'ada']])]);
  expect([await members(reachable), await members(absent)]).toEqual([1, 0]);
});

test('a browser that agrees is an address at once, and of the one who has it now', async () => {
  const subscribed = await computed('web_push', 'subscribed');
  await send([identify([['external_id', 'bob']])]);
  expect(await members(subscribed)).toBe(0);
  const browser: Identifier = ['web_push', 'https://push.example/1'];
  await send([identify([['external_id', 'bob'], browser])]);
  expect(await members(subscribed)).toBe(1);
  await send([identify([['external_id', 'cyd'], browser])]);
  expect(await members(subscribed)).toBe(1);
  const { rows } = await pool.query<{ external_id: string }>(
    `select c.external_id from memberships m join contacts c on c.id = m.contact_id
      where m.segment_id = $1 and m.member`,
    [subscribed],
  );
  expect(rows).toEqual([{ external_id: 'cyd' }]);
});
