import { expect, test } from 'vitest';
import { forgetCounts } from '../../contacts/index.ts';
import { testContacts } from '../../contacts/test-contacts.ts';
import { inTransaction } from '../../db/index.ts';
import { migrate } from '../../db/migrate.ts';
import { cloneDatabase } from '../../db/test-database.ts';
import { kindOfFact } from '../../events/index.ts';
import { miscounted } from '../../events/test-counts.ts';
import type { Identifier } from '../../inbox/index.ts';

const { call, pool, send, identify, track, idOf } = await testContacts();

const ada: Identifier[] = [['external_id', 'ada']];
const browser: Identifier[] = [['anonymous_id', 'browser-1']];

type Counts = Record<string, number | boolean>;

/** What the facts themselves say. */
async function counted(contact: string): Promise<Counts> {
  const { rows } = await pool.query<{ key: string; n: number }>(
    `select t.key, count(*)::int as n from events e join event_types t on t.id = e.event_type_id
      where e.contact_id = $1 group by t.key`,
    [contact],
  );
  const counts: Counts = {
    event: 0,
    order: 0,
    form: 0,
    segment: 0,
    subscription: 0,
    field: 0,
    profile: 0,
    send: 0,
    exact: true,
  };
  for (const { key, n } of rows) {
    const kind = kindOfFact(key);
    if (kind) counts[kind] = (counts[kind] as number) + n;
  }
  return counts;
}

async function kept(contact: string): Promise<Counts> {
  return (await call('GET', `/contacts/${contact}`)).body.counts;
}

test('the counts on the card are those of the facts, however they came', async () => {
  await send([
    identify(ada, { first_name: 'Ada' }),
    track(ada, 'Trained'),
    track(ada, 'Trained'),
    track(ada, 'orderDELIVERED'),
    identify(ada, { first_name: 'Augusta' }),
    track(ada, 'FormSubmitted'),
    track(ada, 'MessageSent'),
  ]);
  await send([track(ada, 'Late', { at: Date.UTC(2020, 0, 1) })]);
  const contact = await idOf('ada');
  expect(await kept(contact)).toMatchObject({ event: 3, order: 1, form: 1, field: 1, profile: 1 });
  expect(await kept(contact)).toEqual(await counted(contact));
});

test('a merge adds those of the contact that it drops', async () => {
  await send([track(browser, 'PageView'), track(browser, 'PageView')]);
  await send([identify([...ada, ...browser])]);
  const contact = await idOf('ada');
  expect(await kept(contact)).toMatchObject({ event: 5 });
  expect(await kept(contact)).toEqual(await counted(contact));
});

test('what is not known is counted when it is asked for', async () => {
  const contact = await idOf('ada');
  await inTransaction(pool, (tx) => forgetCounts(tx, { ids: [Number(contact)] }));
  await send([track(ada, 'Trained')]);
  expect(await kept(contact)).toEqual(await counted(contact));
});

test('counts of contacts from before kinds were told apart are not known', async () => {
  const { pool: older, drop } = await cloneDatabase({ empty: true });
  try {
    const now = new Date();
    await migrate(older, { now, upTo: 23 });
    await older.query(
      `insert into contacts (id, workspace_id, source, created_at, updated_at, field_count)
       values (1, 1, 'api', now(), now(), 7)`,
    );
    await migrate(older, { now, upTo: 24 });
    await older.query(
      `insert into contacts (id, workspace_id, source, created_at, updated_at)
       values (2, 1, 'api', now(), now())`,
    );
    const { rows } = await older.query(
      `select event_count, field_count, subscription_count, profile_count from contacts order by id`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      [null, null, null, null],
      [0, 0, 0, 0],
    ]);
  } finally {
    await drop();
  }
});

test('of a type with very many, so many at least are said', async () => {
  const contact = await idOf('ada');
  await send(Array.from({ length: 10_050 }, () => track(ada, 'Tapped')));
  expect(await kept(contact)).toMatchObject({ event: 10_006, exact: false });
});

test('types are counted as their facts are stored, and no more when a person is erased', async () => {
  const contact = await idOf('ada');
  expect(await miscounted(pool)).toEqual([]);
  await call('DELETE', `/contacts/${contact}?erase=true`);
  await send([track(browser, 'PageView')]);
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from events where contact_id = $1`,
    [contact],
  );
  expect(rows[0]!.n).toBe(0);
  expect(await miscounted(pool)).toEqual([]);
});
