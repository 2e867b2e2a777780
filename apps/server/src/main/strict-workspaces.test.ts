import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdentityTally, createUserTokens } from '../apps/index.ts';
import { createFieldCatalogue } from '../contacts/index.ts';
import { testContacts } from '../contacts/test-contacts.ts';
import { createEventDefinitions } from '../events/index.ts';
import { createInbox } from '../inbox/index.ts';
import { segmentProtocol } from '../protocols/segment/routes.ts';
import { createKeyring } from '../users/index.ts';
import { changeSettings } from '../workspaces/index.ts';
import { inTransaction } from '../db/index.ts';
import { createRefuse } from './strict-workspaces.ts';
import { createWorkspaceSettings } from './workspace-settings.ts';

const { call, pool, workspace, clock, pipeline, idOf, addKey, origin } = await testContacts();

const countryOf = (): undefined => undefined;
const settings = createWorkspaceSettings(pool);
const inbox = createInbox({ pool, clock: clock.now });
const app = Fastify();
let key: string;

beforeAll(async () => {
  const parts = {
    inbox,
    keyring: createKeyring(pool),
    userTokens: createUserTokens(pool),
    identityTally: createIdentityTally(pool),
    clock: clock.now,
    countryOf,
    definitions: createEventDefinitions(pool),
    refuse: createRefuse(pool, { catalogue: createFieldCatalogue(), settings }),
  };
  await app.register(async (scope) => segmentProtocol(parts)(scope));
  const { authorization } = await addKey({ kind: 'write' });
  key = authorization!.replace('Bearer ', '');
  await call('POST', '/fields', { body: { key: 'age', type: 'integer', rules: { max: 150 } } });
});
afterAll(async () => {
  await app.close();
  await inbox.close();
});

async function identify(userId: string, traits: object, batch = false): Promise<unknown> {
  const one = { type: 'identify', userId, traits };
  const answer = await app.inject({
    method: 'POST',
    url: batch ? '/v1/batch' : '/v1/identify',
    payload: batch ? { batch: [{ type: 'nonsense' }, one] } : one,
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  });
  await pipeline.drain();
  return answer.json();
}

async function card(userId: string): Promise<Record<string, unknown>> {
  return (await call('GET', `/contacts/${await idOf(userId)}`)).body;
}

test('a value that does not fit is kept on the card, as the setting is at first', async () => {
  await settings.refresh();
  expect(await identify('ada', { age: 'old', plan: 'free' })).toEqual({ success: true });
  expect(await card('ada')).toMatchObject({
    custom: { plan: 'free' },
    conflicts: [{ field: 'custom.age', value: 'old', reason: 'not a whole number' }],
  });
});

test('with the setting to reject, the answer names the value and the rest is set', async () => {
  await inTransaction(pool, (tx) =>
    changeSettings(tx, {
      workspaceId: workspace.id,
      change: { type_conflicts: 'reject' },
      by: origin(workspace.id),
    }),
  );
  await settings.refresh();
  expect(await identify('bob', { age: 200, plan: 'pro' })).toEqual({
    success: false,
    accepted: 1,
    errors: [{ index: 0, path: 'traits.age', message: 'not set: more than 150' }],
  });
  expect(await card('bob')).toMatchObject({ custom: { plan: 'pro' }, conflicts: [] });
});

test('in a batch it stands under its own position', async () => {
  expect(await identify('cy', { birthday: 'soon' }, true)).toMatchObject({
    accepted: 1,
    errors: [
      { index: 0, path: 'type' },
      { index: 1, path: 'traits.birthday' },
    ],
  });
});

test('a field that is created while the item waits is not known at the door: a conflict is kept', async () => {
  const one = (score: unknown) => ({ type: 'identify', userId: 'dee', traits: { score } });
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/batch',
    payload: { batch: [one(1), one('many')], writeKey: key },
  });
  expect(answer.json()).toEqual({ success: true });
  await pipeline.drain();
  expect(await card('dee')).toMatchObject({
    custom: { score: 1 },
    conflicts: [{ field: 'custom.score', value: 'many' }],
  });
});
