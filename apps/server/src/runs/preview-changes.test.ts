import { startSchemas } from '@perennial/blocks';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { previewChanges } from './preview-changes.ts';
import { createRunWorld, DAY, HOUR, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

// ann went from free to pro and back, bob to pro by hand, cat was created with pro and is so still,
// dan was created with free and went to pro later.
beforeAll(async () => {
  world = await createRunWorld(pool);
  const person = (name: string, plan: string) =>
    world.contact({ email: `${name}@example.com`, fields: { plan } });
  const [ann, bob, cat, dan] = [
    await person('ann', 'free'),
    await person('bob', 'pro'),
    await person('cat', 'pro'),
    await person('dan', 'pro'),
  ];
  const changed = (contact: number, from: string, to: string, at: number, source = 'api') =>
    happen(contact, 'FieldChanged', { changes: [{ field: 'plan', from, to }] }, at, source);
  await changed(ann, 'free', 'pro', T0);
  await changed(ann, 'pro', 'free', T0 + HOUR);
  await changed(bob, 'free', 'pro', T0, 'manual');
  await happen(cat, 'ContactCreated', {}, T0);
  await happen(dan, 'ContactCreated', {}, T0);
  await changed(dan, 'free', 'pro', T0 + HOUR);
  await happen(dan, 'FieldChanged', { changes: [{ field: 'city', from: null, to: 'Kyiv' }] }, T0);
});

async function happen(
  contact: number,
  event: string,
  params: JsonObject,
  at: number,
  source = 'api',
): Promise<void> {
  await world.apply({ contact, event, params, at });
  await pool.query(`update events set source = $1 where contact_id = $2 and occurred_at = $3`, [
    source,
    contact,
    new Date(at),
  ]);
}

const preview = (start: JsonObject, since = new Date(T0 - DAY)) =>
  previewChanges(pool, {
    workspaceId: world.workspaceId,
    workspaceZone: 'UTC',
    start: startSchemas.field_change.parse({
      type: 'field_change',
      field: 'plan',
      ...start,
    }),
    since,
  });

test.each<[string, JsonObject, number, number]>([
  ['any change from outside, with what contacts were created with', {}, 3, 5],
  ['to a value', { to: 'pro' }, 3, 3],
  ['from a value', { from: 'free' }, 2, 2],
  ['from nothing: what contacts were created with', { from: null }, 2, 2],
  ['from nothing to a value, as it was at the creation', { from: null, to: 'free' }, 1, 1],
  ['by hand, too', { from: 'free', to: 'pro', any_source: true }, 3, 3],
  ['of a field that nobody has', { field: 'nothing' }, 0, 0],
])('%s', async (_what, start, contacts, times) => {
  expect(await preview(start)).toMatchObject({ contacts, times });
});

test('only since then', async () => {
  expect(await preview({}, new Date(T0 + HOUR))).toMatchObject({ contacts: 2, times: 2 });
});
