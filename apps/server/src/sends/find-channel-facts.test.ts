import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { findChannelFacts } from './find-channel-facts.ts';
import { createWorld, NOW } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const workspaceId = await world.workspace();

const after = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

/** What is known of the contact's only e-mail address. */
async function factOf(contactId: number, now = NOW) {
  const asked = [{ contactId, at: now.getTime() }];
  const [[fact] = []] = await findChannelFacts(pool, { workspaceId, asked, channels: ['email'] });
  return { states: fact!.states.toSorted(), until: fact!.until };
}

test('what holds of an address holds until the first thing against it ends', async () => {
  const address = 'blocked@home.example';
  const contactId = await world.contact({ workspaceId, email: address });
  await world.suppress({ workspaceId, address, reason: 'unsubscribed' });
  await world.suppress({ workspaceId, address, reason: 'complained', until: after(5) });
  await world.suppress({ workspaceId, address, reason: 'blocked', until: after(2) });
  expect(await factOf(contactId)).toEqual({
    states: ['blocked', 'complained', 'unsubscribed'],
    until: after(2).getTime(),
  });
  expect(await factOf(contactId, after(2))).toEqual({
    states: ['complained', 'unsubscribed'],
    until: after(5).getTime(),
  });
});

test('where nothing ends by itself no instant is named', async () => {
  const contactId = await world.contact({ workspaceId, email: 'free@home.example' });
  expect(await factOf(contactId)).toEqual({
    states: ['reachable', 'subscribed'],
    until: undefined,
  });
});

test('each contact is asked as of its own instant', async () => {
  const contactId = await world.contact({ workspaceId, email: 'later@home.example' });
  await world.suppress({
    workspaceId,
    address: 'later@home.example',
    reason: 'blocked',
    until: after(2),
  });
  const asked = [after(1), after(3)].map((at) => ({ contactId, at: at.getTime() }));
  const found = await findChannelFacts(pool, { workspaceId, asked, channels: ['email'] });
  expect(found.map(([fact]) => fact!.states)).toEqual([['blocked'], ['subscribed', 'reachable']]);
});
