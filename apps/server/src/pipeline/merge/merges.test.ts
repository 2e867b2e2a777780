import { beforeEach, describe, expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import type { Identifier } from '../../inbox/index.ts';

const { call, pool, send, identify, track, idOf, logIn, clock } = await testContacts();

let n = 0;
let ada: Identifier;
let bob: Identifier;
let keep: string;
let drop: string;

beforeEach(async () => {
  n += 1;
  ada = ['external_id', `ada-${n}`];
  bob = ['external_id', `bob-${n}`];
  await send([identify([ada, ['email', `ada-${n}@example.com`]], { first_name: 'Ada' })]);
  await send([
    identify([bob, ['email', `bob-${n}@example.com`]], { last_name: 'Byron', city: 'Ghent' }),
    track([bob, ['anonymous_id', `phone-${n}`]], 'Opened'),
  ]);
  await send([identify([ada], { city: 'Bath' })]);
  [keep, drop] = [await idOf(ada[1]), await idOf(bob[1])];
});

const merge = () => call('POST', `/contacts/${keep}/merge`, { body: { other: drop } });
const undo = (id: string) => call('POST', `/contacts/${keep}/merges/${id}/undo`);
const card = (id: string) => call('GET', `/contacts/${id}`);

async function typesOf(contact: string): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    `select t.key from events e join event_types t on t.id = e.event_type_id
      where e.contact_id = $1 and t.category = 'other' order by 1`,
    [contact],
  );
  return rows.map(({ key }) => key);
}

describe('a preview', () => {
  test('says what would be kept, what moves, and changes nothing', async () => {
    const { status, body } = await call('GET', `/contacts/${keep}/merge_preview?other=${drop}`);
    expect(status).toBe(200);
    const taken = Object.fromEntries(
      body.fields.map((row: { field: string; takes: string }) => [row.field, row.takes]),
    );
    expect(taken).toEqual({
      email: 'merged',
      last_name: 'merged',
      city: 'survivor',
      first_name: 'survivor',
    });
    expect(body.identifiers).toEqual(
      expect.arrayContaining([
        { kind: 'external_id', value: ada[1], of: 'survivor', becomes: 'kept' },
        { kind: 'external_id', value: bob[1], of: 'merged', becomes: 'former' },
        { kind: 'email', value: `ada-${n}@example.com`, of: 'survivor', becomes: 'dropped' },
        { kind: 'anonymous_id', value: `phone-${n}`, of: 'merged', becomes: 'kept' },
      ]),
    );
    expect(body.moves).toMatchObject({ events: 2 });
    expect((await card(drop)).body.id).toBe(drop);
  });

  test('masks values for whoever may not read them', async () => {
    const as = await logIn('marketer_without_contact_data');
    const { body } = await call('GET', `/contacts/${keep}/merge_preview?other=${drop}`, { as });
    expect(JSON.stringify(body)).not.toContain('Byron');
    expect(JSON.stringify(body)).not.toContain('bob-');
  });
});

describe('a merge by hand', () => {
  test('joins two external IDs; the retired one and the other contact ID lead to the survivor', async () => {
    const { status, body } = await merge();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      survivor: keep,
      merged: drop,
      state: 'applied',
      reason: 'by_hand',
    });
    expect((await card(drop)).body).toMatchObject({
      id: keep,
      external_id: ada[1],
      email: `bob-${n}@example.com`,
      first_name: 'Ada',
      last_name: 'Byron',
      city: 'Bath',
      merged: [drop],
    });
    await send([track([bob], 'Trained')]);
    expect(await typesOf(keep)).toEqual(['Opened', 'Trained']);
    const { rows } = await pool.query(
      `select action from audit where object_id = $1 and action like 'contact.%merge%'`,
      [keep],
    );
    expect(rows).toEqual([{ action: 'contact.merge' }]);
  });

  test('of one contact with itself, or with what is not there, is refused', async () => {
    await merge();
    expect((await merge()).status).toBe(409);
    expect((await call('POST', `/contacts/${keep}/merge`, { body: { other: keep } })).status).toBe(
      409,
    );
    expect(
      (await call('POST', `/contacts/${keep}/merge`, { body: { other: '999999' } })).status,
    ).toBe(404);
  });
});

test('the merges of a contact are there to read when it is deleted', async () => {
  const { body: made } = await merge();
  await call('DELETE', `/contacts/${keep}`);
  const { status, body } = await call('GET', `/contacts/${keep}/merges`);
  expect(status).toBe(200);
  expect(body.items).toMatchObject([{ id: made.id, survivor_is: 'deleted' }]);
});

test('a merge tells what became of its survivor', async () => {
  const { body: made } = await merge();
  expect(made).toMatchObject({ survivor_is: 'there' });
  const eve: Identifier = ['external_id', `eve-${n}`];
  await send([identify([eve])]);
  await call('POST', `/contacts/${await idOf(eve[1])}/merge`, { body: { other: keep } });
  const { body } = await call('GET', '/merges?limit=2');
  expect(body.items).toMatchObject([
    { merged: keep, survivor_is: 'there' },
    { id: made.id, survivor_is: 'merged' },
  ]);
  expect((await undo(made.id)).body.detail).toMatch(/was itself merged/);
});

describe('undoing', () => {
  test('gives both their own again, with what arrived since by the identifiers of each', async () => {
    const before = [(await card(keep)).body, (await card(drop)).body];
    const { body: made } = await merge();
    await send([track([['anonymous_id', `phone-${n}`]], 'Trained'), track([ada], 'Rested')]);
    expect(await typesOf(keep)).toEqual(['Opened', 'Rested', 'Trained']);
    const undone = await undo(made.id);
    expect(undone.body).toMatchObject({ state: 'undone' });
    expect(await typesOf(keep)).toEqual(['Rested']);
    expect(await typesOf(drop)).toEqual(['Opened', 'Trained']);
    const after = [(await card(keep)).body, (await card(drop)).body];
    for (const [i, was] of before.entries()) {
      const { email, external_id, first_name, last_name, city, channels, created_at } = was;
      expect(after[i]).toMatchObject({
        email,
        external_id,
        first_name,
        last_name,
        city,
        channels,
        created_at,
        merged: [],
      });
      expect(after[i].identifiers.map((row: { value: string }) => row.value)).toEqual(
        was.identifiers.map((row: { value: string }) => row.value),
      );
    }
  });

  test('leaves with the survivor what was set since', async () => {
    const { body: made } = await merge();
    clock.advance(1000);
    await send([identify([ada], { last_name: 'Lovelace' })]);
    await undo(made.id);
    expect((await card(keep)).body).toMatchObject({ last_name: 'Lovelace' });
    expect((await card(drop)).body).toMatchObject({ last_name: 'Byron' });
  });

  test('keeps the two apart: what they share moves to whoever uses it, and the refusal shows', async () => {
    await send([track([['anonymous_id', `cookie-${n}`]], 'Opened')]);
    await send([identify([ada, ['anonymous_id', `cookie-${n}`]])]);
    const { body: made } = await call('GET', `/contacts/${keep}/merges`);
    expect(made.items[0]).toMatchObject({
      reason: 'identify',
      identifier: { kind: 'anonymous_id', value: `cookie-${n}` },
    });
    await undo(made.items[0].id);
    await send([track([ada, ['anonymous_id', `cookie-${n}`]], 'Trained')]);
    const { body } = await call('GET', `/contacts/${keep}/merges`);
    expect(body.items).toHaveLength(1);
    expect(body.refusals).toMatchObject([{ kind: 'merge', reason: 'kept_apart', n: 1 }]);
    expect(await typesOf(made.items[0].merged)).toEqual(['Opened']);
  });

  test('is refused once more, and while the survivor is merged into another', async () => {
    const { body: made } = await merge();
    await send([identify([['external_id', `carl-${n}`]])]);
    const carl = await idOf(`carl-${n}`);
    const { body: second } = await call('POST', `/contacts/${carl}/merge`, {
      body: { other: keep },
    });
    const early = await undo(made.id);
    expect(early).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`merged into contact ${carl} later`) },
    });
    expect((await call('POST', `/contacts/${carl}/merges/${second.id}/undo`)).status).toBe(200);
    expect((await undo(made.id)).status).toBe(200);
    expect((await undo(made.id)).status).toBe(409);
    expect(await typesOf(drop)).toEqual(['Opened']);
  });
});

test('the journal of a workspace has pages, and tells merges by hand from the others', async () => {
  await merge();
  const { body } = await call('GET', '/merges?by_hand=true&limit=1');
  expect(body.items).toMatchObject([{ reason: 'by_hand', survivor: keep }]);
  const next = await call('GET', `/merges?by_hand=true&limit=1&cursor=${body.next_cursor}`);
  expect(next.body.items[0].id).not.toBe(body.items[0].id);
});

describe('identifiers', () => {
  test('that a workspace blocks are left out; an item with no other is kept with the reason', async () => {
    await pool.query(
      `update workspaces set settings = settings || '{"blocked_identifiers": ["Shared-Tablet"], "identifier_limits": {"anonymous_id": 2}}'`,
    );
    await send([track([ada, ['anonymous_id', 'shared-tablet']], 'Trained')]);
    await send([track([['anonymous_id', 'SHARED-TABLET']], 'Trained')]);
    const { body } = await card(keep);
    expect(body.identifiers.map((row: { kind: string }) => row.kind)).not.toContain('anonymous_id');
    const { rows } = await pool.query(
      `select reason, detail from dead_events where reason = 'identifier_blocked'`,
    );
    expect(rows).toMatchObject([{ detail: expect.stringContaining('"SHARED-TABLET"') }]);
  });

  test("that were emptied before a merge are the merged one's still when that is sent again", async () => {
    const cookie: Identifier = ['anonymous_id', `tab-${n}`];
    const emptied = identify([cookie], { email: null });
    await send([emptied]);
    await send([identify([ada, cookie])]);
    const rowOf = async () => {
      const { rows } = await pool.query(
        `select e.* from identifiers e join identifiers a using (contact_id)
          where a.value = $1 and e.kind = 'email' and e.value = ''`,
        [cookie[1]],
      );
      return rows;
    };
    const before = await rowOf();
    expect(before).toMatchObject([{ source_contact_id: expect.any(Number) }]);
    await send([emptied]);
    expect(await rowOf()).toEqual(before);
  });

  test('beyond the limit are refused, and the item is kept', async () => {
    for (const cookie of ['c1', 'c2', 'c3'])
      await send([track([ada, ['anonymous_id', `${cookie}-${n}`]], 'Trained')]);
    expect(await typesOf(keep)).toEqual(['Trained', 'Trained', 'Trained']);
    const { body } = await call('GET', `/contacts/${keep}/merges`);
    expect(body.refusals).toMatchObject([
      { kind: 'anonymous_id', reason: 'too_many', n: 1, last_value: `c3-${n}` },
    ]);
    const summary = await call('GET', '/identifier_refusals/summary');
    const [refused] = body.refusals;
    expect(summary.body.items).toContainEqual({
      kind: 'anonymous_id',
      reason: 'too_many',
      contacts: 1,
      last_at: refused.last_at,
    });
  });
});
