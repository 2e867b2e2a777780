import { describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import type { Consent, Identifier, IdentifyItem, InboxItem } from '../inbox/index.ts';
import {
  blockAddresses,
  findSuppressions,
  forgetStrikes,
  liftSuppressions,
} from '../suppressions/index.ts';
import { testContacts } from './test-contacts.ts';

const { call, pool, workspace, clock, logIn, addKey, pipeline, send, identify, idOf } =
  await testContacts();
const workspaceId = workspace.id;
const DAY_MS = 86_400_000;

const external = (value: string): Identifier => ['external_id', value];

async function category(key: string, parts: object = {}): Promise<string> {
  const { status, body } = await call('POST', '/categories', {
    body: { key, name: key, ...parts },
  });
  expect(status).toBe(201);
  return body.id;
}

/** What a contact says, as an import or a form sends it. */
function says(who: string, consent: Consent, at = clock.now().getTime()): InboxItem {
  return { kind: 'identify', ids: [external(who)], at, source: 'form', fields: {}, consent };
}

async function cardOf(who: string) {
  return (await call('GET', `/contacts/${await idOf(who)}`)).body;
}

async function consentsOf(who: string) {
  return (await call('GET', `/contacts/${await idOf(who)}/consents`)).body.items;
}

async function facts(who: string, type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query<{ params: Record<string, unknown> }>(
    `select e.params from events e join event_types t on t.id = e.event_type_id
      where e.contact_id = $1 and t.key = $2 order by e.id`,
    [await idOf(who), type],
  );
  return rows.map((row) => row.params);
}

describe('a category', () => {
  test('is created, renamed, ordered and archived; key and default stay', async () => {
    const id = await category('training-tips', { name: 'Training tips' });
    const changed = await call('PATCH', `/categories/${id}`, {
      body: { name: 'Tips', description: 'Once a week', position: 7 },
    });
    expect(changed.body).toMatchObject({
      id,
      key: 'training-tips',
      name: 'Tips',
      description: 'Once a week',
      default_subscribed: false,
      position: 7,
    });
    const refused = await call('PATCH', `/categories/${id}`, {
      body: { default_subscribed: true },
    });
    expect(refused.status).toBe(400);
    expect((await call('POST', '/categories', { body: { name: 'Training tips' } })).status).toBe(
      409,
    );
    expect((await call('DELETE', `/categories/${id}`)).status).toBe(204);
    const keys = async (query: string) =>
      (await call('GET', `/categories${query}`)).body.items.map(({ key }: { key: string }) => key);
    expect(await keys('')).not.toContain('training-tips');
    expect(await keys('?archived=true')).toContain('training-tips');
  });

  test('is said in other languages, all of which are given at once', async () => {
    const body = {
      name: 'Offers of the week',
      translations: { uk: { name: 'Пропозиції тижня' }, 'pt-BR': { description: 'Toda semana' } },
    };
    const made = (await call('POST', '/categories', { body })).body;
    expect(made.translations).toEqual(body.translations);
    const change = (translations: object) =>
      call('PATCH', `/categories/${made.id}`, { body: { translations } });
    const { body: changed } = await change({ uk: { name: 'Пропозиції' } });
    expect(changed).toMatchObject({
      name: body.name,
      translations: { uk: { name: 'Пропозиції' } },
    });
    expect(changed.translations).not.toHaveProperty('pt-BR');
    const { body: renamed } = await call('PATCH', `/categories/${made.id}`, {
      body: { name: 'Offers' },
    });
    expect(renamed.translations).toEqual(changed.translations);
  });

  test.each([
    ['a language that is none', { 'in Ukrainian': { name: 'Поради' } }],
    ['a language twice', { uk: { name: 'Поради' }, UK: { name: 'Поради' } }],
    ['no word', { uk: { name: ' ' } }],
    ['a word that is none of its own', { uk: { key: 'porady' } }],
  ])('takes no translation with %s', async (_case, translations) => {
    const body = { name: 'Untranslated', translations };
    expect((await call('POST', '/categories', { body })).status).toBe(400);
  });

  test('counts who is in: by their word, or by default those who did not say no', async () => {
    await category('asked');
    await category('assumed', { default_subscribed: true });
    await send([
      says('count-1', { categories: { asked: true, assumed: false } }),
      says('count-2', { categories: { asked: true } }),
      says('count-3', { categories: { asked: false } }),
    ]);
    const { rows } = await pool.query(`select from contacts where deleted_at is null`);
    const { body } = await call('GET', '/categories');
    const counts = new Map(
      body.items.map((row: { key: string; subscribed: number }) => [row.key, row.subscribed]),
    );
    expect(counts.get('asked')).toBe(2);
    expect(counts.get('assumed')).toBe(rows.length - 1);
    await call('DELETE', `/contacts/${await idOf('count-2')}`);
    const after = await call('GET', '/categories');
    const asked = after.body.items.find(({ key }: { key: string }) => key === 'asked');
    expect(asked.subscribed).toBe(1);
  });
});

describe('what a contact says about categories', () => {
  test('is on the card and in its facts, with the words and where they were said', async () => {
    await category('news');
    await category('offers', { default_subscribed: true });
    await send([says('c1', { categories: { news: true }, text: 'Send me news' })]);
    expect(await cardOf('c1')).toMatchObject({
      categories: expect.arrayContaining(['news', 'offers']),
      category_choices: expect.arrayContaining([
        {
          category: 'news',
          name: 'news',
          subscribed: true,
          at: expect.any(String),
          source: 'form',
          text: 'Send me news',
        },
        expect.objectContaining({ category: 'offers', subscribed: true, at: null }),
      ]),
    });
    expect(await facts('c1', 'SubscriptionChanged')).toEqual([
      { subscribed: ['news'], unsubscribed: [], text: 'Send me news' },
    ]);
    expect(await consentsOf('c1')).toMatchObject([
      { what: 'categories', subscribed: ['news'], source: 'form', text: 'Send me news', by: null },
    ]);
  });

  test.each([
    ['the later decision holds, whatever arrives first', [2, true], [1, false], true],
    ['at equal times the stricter holds', [1, true], [1, false], false],
    ['at equal times the stricter holds, whatever arrives first', [1, false], [1, true], false],
  ] as const)('%s', async (name, first, second, expected) => {
    const now = clock.now().getTime() - DAY_MS;
    for (const [at, news] of [first, second]) {
      await send([says(name, { categories: { news } }, now + at)]);
    }
    expect((await cardOf(name)).categories.includes('news')).toBe(expected);
    // A decision that does not hold changes nothing, and is no fact.
    expect((await facts(name, 'SubscriptionChanged')).length).toBeLessThanOrEqual(2);
  });

  test('is told with the time at which it was said', async () => {
    const at = clock.now().getTime() - DAY_MS;
    await send([says('late', { categories: { news: true } }, at)]);
    expect(await consentsOf('late')).toMatchObject([
      { what: 'categories', at: new Date(at).toISOString() },
    ]);
  });

  test('said twice is one fact', async () => {
    const item = says('twice', { categories: { news: true } });
    await send([item, item, says('twice', { categories: { news: true } }, item.at + 5)]);
    expect(await facts('twice', 'SubscriptionChanged')).toHaveLength(1);
  });

  test('can replace everything: in to these, out of all others', async () => {
    await send([says('r1', { categories: { offers: true }, replace: true })]);
    const card = await cardOf('r1');
    expect(card.categories).toEqual(['offers']);
    expect(card.category_choices.filter(({ at }: { at: string | null }) => at === null)).toEqual(
      [],
    );
  });

  test('about no category is kept beside the card, with the reason', async () => {
    await send([says('u1', { categories: { nonsense: true } })]);
    expect((await cardOf('u1')).conflicts).toMatchObject([
      { field: 'categories', value: 'nonsense', reason: 'unknown category' },
    ]);
  });

  test('of two contacts that become one: the later decision of each category', async () => {
    const at = clock.now().getTime() - DAY_MS;
    const device: Identifier = ['anonymous_id', 'anon-merge'];
    const anonymous: InboxItem = {
      kind: 'identify',
      ids: [device],
      at,
      source: 'web',
      fields: {},
      consent: { categories: { news: true, offers: false } },
    };
    await send([
      anonymous,
      says('m1', { categories: { news: false } }, at + 1000),
      identify([external('m1'), device]),
    ]);
    const card = await cardOf('m1');
    expect(card.merged).toHaveLength(1);
    const said = Object.fromEntries(
      card.category_choices.map((row: { category: string; subscribed: boolean; at: unknown }) => [
        row.category,
        row.at === null ? 'never' : row.subscribed,
      ]),
    );
    expect(said).toMatchObject({ news: false, offers: false });
    const { rows } = await pool.query(`select 1 from category_choices where contact_id = $1`, [
      card.merged[0],
    ]);
    expect(rows).toEqual([]);
  });
});

describe('written down by a person', () => {
  test('it is audited, with the name of who wrote it', async () => {
    await send([identify([external('w1')])]);
    const id = await idOf('w1');
    const as = await logIn('marketer');
    const { status, body } = await call('PATCH', `/contacts/${id}/categories`, {
      as,
      body: { categories: { news: true }, text: 'Asked on the phone' },
    });
    expect(status).toBe(200);
    expect(body.categories).toContain('news');
    const [event] = await consentsOf('w1');
    expect(event).toMatchObject({
      source: 'manual',
      by: expect.stringMatching(/./),
      text: 'Asked on the phone',
    });
    const { rows } = await pool.query(
      `select after from audit where action = 'contact.categories'`,
    );
    expect(rows).toEqual([{ after: { categories: { news: true } } }]);
    const replaced = await call('PUT', `/contacts/${id}/categories`, {
      as,
      body: { categories: [] },
    });
    expect(replaced.body.categories).toEqual([]);
  });

  test('an unknown category is told by its place, and nothing is changed', async () => {
    await send([identify([external('w2')])]);
    const answer = await call('PATCH', `/contacts/${await idOf('w2')}/categories`, {
      body: { categories: { news: true, nope: true } },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/categories/nope', in: 'body' }] },
    });
    expect((await cardOf('w2')).categories).not.toContain('news');
  });
});

describe('an address', () => {
  const email = (value: string): Identifier => ['email', value];
  const unconfirmed = (who: string, address: string, text?: string): InboxItem => ({
    ...(identify([external(who), email(address)]) as IdentifyItem),
    confirmed: false,
    source: 'form',
    ...(text !== undefined && { consent: { text } }),
  });
  const confirm = async (who: string, address: string): Promise<InboxItem> => ({
    kind: 'consent',
    ids: [['contact', await idOf(who)]],
    at: clock.now().getTime(),
    source: 'web',
    confirm: { channel: 'email', address },
    consent: { text: 'Yes' },
  });
  const statusOf = async (who: string): Promise<string> => (await cardOf(who)).channels[0].status;

  test('that was not confirmed is not raised by an import, nor by leaving and coming back', async () => {
    await send([unconfirmed('a1', 'a1@example.com')]);
    expect(await statusOf('a1')).toBe('unconfirmed');
    const again = identify([external('a1'), email('a1@example.com')]);
    await send([again]);
    expect(await statusOf('a1')).toBe('unconfirmed');
    await send([identify([external('a1'), email('other@example.com')])]);
    expect(await cardOf('a1')).toMatchObject({
      channels: [{ address: 'other@example.com', status: 'subscribed' }],
    });
    await send([identify([external('a1'), email('a1@example.com')])]);
    expect(await statusOf('a1')).toBe('unconfirmed');
  });

  test('is confirmed by the person, once, and keeps what they first agreed to', async () => {
    await send([unconfirmed('a2', 'a2@example.com', 'I want the newsletter')]);
    const item = await confirm('a2', 'a2@example.com');
    await send([item, { ...item, at: item.at + 1 }]);
    expect((await cardOf('a2')).channels).toMatchObject([
      { status: 'subscribed', source: 'web', consent: { text: 'I want the newsletter' } },
    ]);
    expect(await facts('a2', 'SubscriptionConfirmed')).toMatchObject([
      { channel: 'email', address: 'a2@example.com', text: 'Yes', first_source: 'form' },
    ]);
    expect(await consentsOf('a2')).toMatchObject([
      { what: 'confirmed', source: 'web', text: 'Yes' },
      { what: 'unconfirmed', source: 'form', text: 'I want the newsletter' },
    ]);
  });

  test('is confirmed in the batch in which it came', async () => {
    const item = unconfirmed('a3', 'a3@example.com');
    await send([
      item,
      {
        kind: 'consent',
        ids: [external('a3')],
        at: item.at,
        source: 'web',
        confirm: { channel: 'email', address: 'a3@example.com' },
      },
    ]);
    expect(await statusOf('a3')).toBe('subscribed');
    expect(await facts('a3', 'SubscriptionConfirmed')).toHaveLength(1);
  });

  test('that the contact has left is not confirmed any more', async () => {
    await send([unconfirmed('a4', 'a4@example.com')]);
    await send([identify([external('a4'), email('new4@example.com')])]);
    await send([await confirm('a4', 'a4@example.com')]);
    expect(await facts('a4', 'SubscriptionConfirmed')).toEqual([]);
  });

  test('that was noted by hand is taken back with the edit that noted it, words and all', async () => {
    await send([unconfirmed('a5', 'a5@example.com')]);
    const id = await idOf('a5');
    const edit = (body: object) => call('PATCH', `/contacts/${id}`, { body });
    const words = { confirmed: true, consent_text: 'At the counter' };
    expect((await edit({ email: 'slip@example.com', ...words })).status).toBe(200);
    const undo = { email: 'a5@example.com', confirmed: false, withdraw_consent: true };
    expect((await edit(undo)).status).toBe(200);
    expect(await statusOf('a5')).toBe('unconfirmed');
    expect(await consentsOf('a5')).toMatchObject([
      { what: 'withdrawn', address: 'slip@example.com', by: expect.any(String) },
      {
        what: 'subscribed',
        address: 'slip@example.com',
        source: 'manual',
        text: words.consent_text,
      },
      { what: 'unconfirmed', address: 'a5@example.com' },
    ]);
    await edit({ email: 'slip@example.com', confirmed: false });
    expect(await statusOf('a5')).toBe('unconfirmed');
  });

  test('that an import or the person agreed to is not taken back by an edit', async () => {
    await send([identify([external('a6'), email('a6@example.com')])]);
    await call('PATCH', `/contacts/${await idOf('a6')}`, {
      body: { email: null, withdraw_consent: true },
    });
    expect(await facts('a6', 'SubscriptionChanged')).toEqual([]);
    await send([identify([external('a6'), email('a6@example.com')])]);
    expect(await consentsOf('a6')).toMatchObject([{ what: 'subscribed', source: 'identify' }]);
  });

  test('that unsubscribed is a fact of everybody who has it, and stays whatever is imported', async () => {
    await send([
      identify([external('b1'), email('shared@example.com')]),
      identify([external('b2'), email('shared@example.com')]),
    ]);
    const made = await call('POST', '/suppressions', {
      body: {
        channel: 'email',
        address: 'Shared@example.com',
        reason: 'unsubscribed',
        details: 'Asked',
      },
    });
    expect(made.status).toBe(201);
    await pipeline.drain();
    for (const who of ['b1', 'b2']) {
      expect(await statusOf(who)).toBe('unsubscribed');
      expect(await facts(who, 'MessageUnsubscribed')).toMatchObject([{ details: 'Asked' }]);
    }
    await send([identify([external('b1'), email('shared@example.com')], { first_name: 'B' })]);
    expect(await statusOf('b1')).toBe('unsubscribed');
  });
});

describe('a suppression', () => {
  const key = (address: string) => ({ workspaceId, channel: 'email', address });
  const slots = pipeline.slots;
  const add = (address: string, reason: string) =>
    call('POST', '/suppressions', { body: { channel: 'email', address, reason } });
  const remove = (address: string, reason: string, as?: Awaited<ReturnType<typeof logIn>>) =>
    call('DELETE', `/suppressions?channel=email&address=${address}&reason=${reason}`, {
      ...(as && { as }),
    });

  test('is lifted by admins, one reason at a time, with an audit row', async () => {
    await add('lift@example.com', 'blacklisted');
    await add('lift@example.com', 'bounced');
    expect((await remove('lift@example.com', 'blacklisted', await logIn('designer'))).status).toBe(
      403,
    );
    expect((await remove('lift@example.com', 'blacklisted')).status).toBe(204);
    expect((await remove('lift@example.com', 'blacklisted')).status).toBe(404);
    const { body } = await call('GET', '/suppressions?address=lift@example.com');
    expect(body.items).toMatchObject([{ reason: 'bounced' }]);
    const { rows } = await pool.query(
      `select action from audit where object_id = 'email lift@example.com' order by id`,
    );
    expect(rows.map((row) => row['action'])).toEqual([
      'suppression.add',
      'suppression.add',
      'suppression.remove',
    ]);
  });

  test.each(['unsubscribed', 'complained'])(
    'because of %s is taken back by the person alone',
    async (reason) => {
      const address = `${reason}@example.com`;
      await add(address, reason);
      expect((await remove(address, reason)).status).toBe(409);
      await send([identify([external(reason), ['email', address]])]);
      await inTransaction(pool, (tx) =>
        liftSuppressions(tx, {
          addresses: [key(address)],
          reasons: ['unsubscribed', 'complained'],
          source: 'web',
          said: { text: 'Subscribe again', send: { sendId: 3, deliveryId: 4 } },
          slots,
          now: clock.now(),
        }),
      );
      await pipeline.drain();
      expect((await cardOf(reason)).channels).toMatchObject([{ status: 'subscribed' }]);
      expect(await consentsOf(reason)).toMatchObject([
        {
          what: 'lifted',
          lifted: reason,
          source: 'web',
          text: 'Subscribe again',
          delivery: '4',
        },
        { what: 'subscribed' },
      ]);
    },
  );

  test('for a time grows with each refusal in a row: 1, 2, 3, then 90 days', async () => {
    const address = 'full@example.com';
    await send([identify([external('full'), ['email', address]])]);
    const refuse = (): Promise<void> =>
      inTransaction(pool, (tx) =>
        blockAddresses(tx, {
          refusals: [{ ...key(address), source: 'system', details: '5.2.2 full' }],
          slots,
          now: clock.now(),
        }),
      );
    const days = async (): Promise<number | undefined> => {
      const [row] = await findSuppressions(pool, { addresses: [key(address)], now: clock.now() });
      return row && (row.until!.getTime() - row.since.getTime()) / DAY_MS;
    };
    const deliver = (): Promise<void> =>
      forgetStrikes(pool, { addresses: [key(address)], now: clock.now() });
    for (const expected of [1, 2, 3, 90, 90]) {
      await refuse();
      // What was under way when the block began does not count.
      await refuse();
      expect(await days()).toBe(expected);
      // A delivery that overtook it does not end it either.
      await deliver();
      clock.advance(expected * DAY_MS - 1);
      expect(await days()).toBe(expected);
      clock.advance(1);
      expect(await days()).toBeUndefined();
    }
    await deliver();
    await refuse();
    expect(await days()).toBe(1);
    await pipeline.drain();
    const [newest] = await consentsOf('full');
    expect(newest).toMatchObject({
      what: 'blocked',
      until: expect.any(String),
      details: '5.2.2 full',
    });
    expect((await cardOf('full')).channels).toMatchObject([
      { status: 'blocked', until: expect.any(String) },
    ]);
  });

  test('of many addresses at once tells which are none', async () => {
    const { body } = await call('POST', '/suppressions/import', {
      body: {
        channel: 'email',
        reason: 'unsubscribed',
        addresses: ['One@many.example', 'no address', 'two@many.example', 'one@many.example'],
      },
    });
    expect(body).toEqual({
      added: 2,
      known: 1,
      invalid: [{ index: 1, address: 'no address' }],
    });
    const found = await call('GET', '/suppressions?search=ONE@m');
    expect(found.body.items).toMatchObject([{ address: 'one@many.example' }]);
    const { rows } = await pool.query(
      `select after from audit where action = 'suppression.import'`,
    );
    expect(rows).toMatchObject([{ after: { added: 2, reason: 'unsubscribed' } }]);
  });

  test('goes into a CSV that no spreadsheet runs', async () => {
    await call('POST', '/suppressions', {
      body: {
        channel: 'email',
        address: 'csv@example.com',
        reason: 'blacklisted',
        details: '=cmd("x"), said she',
      },
    });
    const { body, status } = await call('GET', '/suppressions/export?reason=blacklisted');
    expect(status).toBe(200);
    const lines = String(body).split('\r\n');
    expect(lines[0]).toBe('channel,address,reason,since,until,details,source');
    expect(lines.find((line) => line.includes('csv@'))).toContain(`"'=cmd(""x""), said she"`);
    const as = await addKey({ rights: ['contacts.export'] });
    const masked = await call('GET', '/suppressions/export', { as });
    expect(masked.status).toBe(200);
    expect(String(masked.body)).not.toContain('example.com');
  });
});
