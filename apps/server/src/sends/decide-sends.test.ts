import { describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { decideSends } from './decide-sends.ts';
import type { SendRequest, SendTerms } from './decision.ts';
import { createWorld, NOW, requestFor } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const workspaceId = await world.workspace();
const messageId = await world.message({ workspaceId });

const decide = (...requests: SendRequest[]) =>
  inTransaction(pool, (tx) => decideSends(tx, { requests, now: NOW }));

let people = 0;
const newEmail = () => `p${(people += 1)}@home.example`;

async function deliveriesOf(sendId: number) {
  const { rows } = await pool.query(
    `select address, state, status, due_at, lane, slot from deliveries where send_id = $1 order by id`,
    [sendId],
  );
  return rows;
}

describe('an e-mail', () => {
  type Case = {
    name: string;
    state?: 'subscribed' | 'unconfirmed' | null;
    suppressed?: string[];
    until?: Date;
    deleted?: boolean;
    marketing: string;
    transactional: string;
  };
  const cases: Case[] = [
    { name: 'to a subscriber', marketing: 'sent', transactional: 'sent' },
    {
      name: 'to an unconfirmed address',
      state: 'unconfirmed',
      marketing: 'unconfirmed',
      transactional: 'sent',
    },
    {
      name: 'to an address that nothing was agreed about',
      state: null,
      marketing: 'unconfirmed',
      transactional: 'sent',
    },
    {
      name: 'to one who unsubscribed',
      suppressed: ['unsubscribed'],
      marketing: 'unsubscribed',
      transactional: 'sent',
    },
    {
      name: 'to one who complained',
      suppressed: ['complained', 'unsubscribed'],
      marketing: 'complained',
      transactional: 'sent',
    },
    {
      name: 'to one who left before they confirmed',
      state: 'unconfirmed',
      suppressed: ['unsubscribed'],
      marketing: 'unconfirmed',
      transactional: 'sent',
    },
    {
      name: 'to an unconfirmed address that is dead',
      state: 'unconfirmed',
      suppressed: ['bounced'],
      marketing: 'unconfirmed',
      transactional: 'bounced',
    },
    {
      name: 'to a dead address',
      suppressed: ['bounced'],
      marketing: 'bounced',
      transactional: 'bounced',
    },
    {
      name: 'to a blacklisted address',
      suppressed: ['blacklisted', 'unsubscribed'],
      marketing: 'blacklisted',
      transactional: 'blacklisted',
    },
    {
      name: 'to a blocked address',
      suppressed: ['blocked'],
      until: new Date(NOW.getTime() + 1),
      marketing: 'blocked',
      transactional: 'blocked',
    },
    {
      name: 'to an address whose block is over',
      suppressed: ['blocked'],
      until: NOW,
      marketing: 'sent',
      transactional: 'sent',
    },
    {
      name: 'to a deleted contact',
      deleted: true,
      marketing: 'deleted',
      transactional: 'deleted',
    },
  ];

  test.each(cases)('$name', async ({ state, suppressed = [], until, deleted, ...expected }) => {
    const email = newEmail();
    const contactId = await world.contact({
      workspaceId,
      email,
      ...(state !== undefined && { state }),
      ...(deleted && { deleted }),
    });
    for (const reason of suppressed) {
      await world.suppress({ workspaceId, address: email, reason, ...(until && { until }) });
    }
    const [marketing, transactional] = await decide(
      requestFor({ workspaceId, contactId, messageId }),
      requestFor({ workspaceId, contactId, messageId, transactional: true }),
    );
    expect(marketing!.reason ?? marketing!.decision).toBe(expected.marketing);
    expect(transactional!.reason ?? transactional!.decision).toBe(expected.transactional);
  });

  test('that is made has every gate that was asked, in order, and one delivery', async () => {
    const email = newEmail();
    const contactId = await world.contact({ workspaceId, email });
    const [decision] = await decide(requestFor({ workspaceId, contactId, messageId }));
    expect(decision).toMatchObject({
      decision: 'sent',
      reasons: [
        { gate: 'audience', passed: true },
        { gate: 'consent', passed: true, details: { states: ['subscribed'] } },
        { gate: 'category', passed: true },
        { gate: 'suppression', passed: true },
        { gate: 'frequency', passed: true },
        { gate: 'send_hours', passed: true },
        { gate: 'time_to_live', passed: true, details: { expires: '2026-03-08T09:30:00.000Z' } },
        { gate: 'address', passed: true, details: { addresses: 1 } },
      ],
    });
    expect(await deliveriesOf(decision!.sendId)).toEqual([
      {
        address: email,
        state: 'planned',
        status: 'queued',
        due_at: NOW,
        lane: 1,
        slot: contactId % 4,
      },
    ]);
  });

  test('that is refused asks no further gate and has no delivery', async () => {
    const email = newEmail();
    const contactId = await world.contact({ workspaceId, email });
    await world.suppress({ workspaceId, address: email, reason: 'unsubscribed' });
    const [decision] = await decide(requestFor({ workspaceId, contactId, messageId }));
    expect(decision!.reasons.at(-1)).toEqual({
      gate: 'suppression',
      passed: false,
      details: { reasons: ['unsubscribed'] },
    });
    expect(await deliveriesOf(decision!.sendId)).toEqual([]);
  });

  test('to somebody without an address is refused for that', async () => {
    const contactId = await world.contact({ workspaceId, externalId: 'x1' });
    const [decision] = await decide(requestFor({ workspaceId, contactId, messageId }));
    expect(decision).toMatchObject({ decision: 'refused', reason: 'no address' });
  });

  test('to a contact of another workspace, or to nobody, finds no contact', async () => {
    const other = await world.workspace();
    const contactId = await world.contact({ workspaceId: other, email: newEmail() });
    const decisions = await decide(
      requestFor({ workspaceId, contactId, messageId }),
      requestFor({ workspaceId, contactId: 999_999_999, messageId }),
    );
    expect(decisions.map(({ reason }) => reason)).toEqual(['no contact', 'no contact']);
  });

  test('is due when the request says, and transactional ones go first', async () => {
    const contactId = await world.contact({ workspaceId, email: newEmail() });
    const at = new Date(NOW.getTime() + 60_000);
    const [decision] = await decide(
      requestFor({ workspaceId, contactId, messageId, at, transactional: true }),
    );
    expect(await deliveriesOf(decision!.sendId)).toMatchObject([{ due_at: at, lane: 0 }]);
  });

  test('keeps the language that the contact gets and what rendering needs', async () => {
    const content = { en: { subject: 'Hi', html: 'x' }, pt: { subject: 'Oi', html: 'x' } };
    const bilingual = await world.message({ workspaceId, content });
    const fields = { language: 'pt-BR' };
    const contactId = await world.contact({ workspaceId, email: newEmail(), fields });
    const context = { event: { n: 1 } };
    const decisions = await decide(
      requestFor({ workspaceId, contactId, messageId: bilingual, context }),
      requestFor({ workspaceId, contactId, messageId: bilingual, language: 'en' }),
    );
    const { rows } = await pool.query(
      `select language, context from sends where id = any($1) order by id`,
      [decisions.map(({ sendId }) => sendId)],
    );
    expect(rows).toEqual([
      { language: 'pt', context },
      { language: 'en', context: {} },
    ]);
  });

  test('of an archived message is refused; one of another channel is a mistake', async () => {
    const archived = await world.message({ workspaceId, archived: true });
    const contactId = await world.contact({ workspaceId, email: newEmail() });
    const [decision] = await decide(requestFor({ workspaceId, contactId, messageId: archived }));
    expect(decision).toMatchObject({ decision: 'refused', reason: 'message archived' });
    await expect(
      decide(requestFor({ workspaceId, contactId, messageId, channel: 'sms' })),
    ).rejects.toThrow('no message');
  });
});

describe('other channels', () => {
  const contentOf: Record<string, Record<string, string>> = {
    mobile_push: { title: 'a', body: 'b' },
    app_inbox: { title: 'a', body: 'b' },
    sms: { text: 'a' },
    telegram: { text: 'a' },
  };
  const messageOf = (channel: string) =>
    world.message({ workspaceId, channel, content: { en: contentOf[channel]! } });
  const addresses = async (contactId: number, channel: string) => {
    const [decision] = await decide(
      requestFor({ workspaceId, contactId, messageId: await messageOf(channel), channel }),
    );
    const rows = await deliveriesOf(decision!.sendId);
    return decision!.reason ?? rows.map((row) => row['address']);
  };

  test('push goes to every device with a token that is not switched off, the newest first', async () => {
    const contactId = await world.contact({ workspaceId });
    const seen = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
    await world.device({
      workspaceId,
      contactId,
      deviceId: 'a',
      pushToken: 'old',
      seenAt: seen(9),
    });
    await world.device({
      workspaceId,
      contactId,
      deviceId: 'b',
      pushToken: 'new',
      seenAt: seen(1),
    });
    await world.device({ workspaceId, contactId, deviceId: 'c' });
    await world.device({
      workspaceId,
      contactId,
      deviceId: 'd',
      pushToken: 'off',
      pushEnabled: false,
    });
    expect(await addresses(contactId, 'mobile_push')).toEqual(['new', 'old']);
  });

  test('push goes to devices of the app and to the one seen last, where the request says so', async () => {
    const contactId = await world.contact({ workspaceId });
    for (const [deviceId, app, minutes] of [
      ['a', 'shop', 9],
      ['b', 'shop', 5],
      ['c', 'games', 1],
    ] as const) {
      const seenAt = new Date(NOW.getTime() - minutes * 60_000);
      await world.device({ workspaceId, contactId, deviceId, pushToken: deviceId, app, seenAt });
    }
    const messageId = await messageOf('mobile_push');
    const reached = async (terms: SendTerms) => {
      const wanted = requestFor({
        workspaceId,
        contactId,
        messageId,
        channel: 'mobile_push',
        terms,
      });
      const [decision] = await decide(wanted);
      const rows = await deliveriesOf(decision!.sendId);
      return decision!.reason ?? rows.map((row) => row['address']);
    };
    expect(await reached({ app: 'shop' })).toEqual(['b', 'a']);
    expect(await reached({ app: 'shop', addresses: 'last_seen' })).toEqual(['b']);
    expect(await reached({ addresses: 'last_seen' })).toEqual(['c']);
    expect(await reached({ app: 'none' })).toBe('no address');
  });

  test('push to somebody who switched it off everywhere is refused', async () => {
    const contactId = await world.contact({ workspaceId });
    const device = { workspaceId, contactId, deviceId: 'e', pushToken: 't', pushEnabled: false };
    await world.device(device);
    expect(await addresses(contactId, 'mobile_push')).toBe('disabled');
  });

  test('the app inbox is that of the person, else of the device', async () => {
    const known = await world.contact({ workspaceId, externalId: 'u1' });
    const anonymous = await world.contact({ workspaceId });
    await world.device({ workspaceId, contactId: anonymous, deviceId: 'f' });
    expect(await addresses(known, 'app_inbox')).toEqual(['u1']);
    expect(await addresses(anonymous, 'app_inbox')).toEqual(['f']);
  });

  test('SMS goes by what was agreed about the phone; chats by the chat', async () => {
    const contactId = await world.contact({ workspaceId, phone: '+380501234567' });
    await world.identifier({ workspaceId, contactId, kind: 'chat_id', value: '77' });
    expect(await addresses(contactId, 'sms')).toEqual(['+380501234567']);
    expect(await addresses(contactId, 'telegram')).toEqual(['77']);
    const silent = await world.contact({ workspaceId, phone: '+380501234568', state: null });
    expect(await addresses(silent, 'sms')).toBe('unconfirmed');
  });

  test('an unsubscribed e-mail leaves the other channels alone', async () => {
    const email = newEmail();
    const contactId = await world.contact({ workspaceId, email, phone: '+380501234569' });
    await world.suppress({ workspaceId, address: email, reason: 'unsubscribed' });
    expect(await addresses(contactId, 'sms')).toEqual(['+380501234569']);
  });
});

test('a thousand decisions take as many statements as one', async () => {
  const contacts = await Promise.all(
    Array.from({ length: 20 }, () => world.contact({ workspaceId, email: newEmail() })),
  );
  const requests = Array.from({ length: 1_000 }, (_, i) =>
    requestFor({ workspaceId, contactId: contacts[i % 20]!, messageId }),
  );
  let statements = 0;
  const decisions = await inTransaction(pool, (tx) => {
    const counting = new Proxy(tx, {
      get(target, name) {
        if (name === 'query') statements += 1;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return decideSends(counting, { requests, now: NOW });
  });
  expect(new Set(decisions.map(({ sendId }) => sendId)).size).toBe(1_000);
  expect(statements).toBeLessThan(10);
});

describe('a message about topics', () => {
  const categoryId = async (key: string, defaultSubscribed: boolean): Promise<number> => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into categories (workspace_id, key, name, default_subscribed, created_at)
       values ($1, $2, $2, $3, $4) returning id`,
      [workspaceId, key, defaultSubscribed, NOW],
    );
    return rows[0]!.id;
  };
  const link = (id: number, to: number) =>
    pool.query(`insert into message_categories (message_id, category_id) values ($1, $2)`, [
      id,
      to,
    ]);
  const choose = (contactId: number, category: number, subscribed: boolean) =>
    pool.query(
      `insert into category_choices (contact_id, category_id, workspace_id, subscribed, decided_at, source)
       values ($1, $2, $3, $4, $5, 'web')`,
      [contactId, category, workspaceId, subscribed, NOW],
    );

  test('goes to who is in one of them; what is owed goes to everybody', async () => {
    const tips = await categoryId('tips', false);
    const news = await categoryId('news', true);
    const aboutTips = await world.message({ workspaceId });
    const aboutBoth = await world.message({ workspaceId });
    await link(aboutTips, tips);
    await link(aboutBoth, tips);
    await link(aboutBoth, news);
    const said = async (...choices: [number, boolean][]): Promise<number> => {
      const contactId = await world.contact({ workspaceId, email: newEmail() });
      for (const [category, subscribed] of choices) await choose(contactId, category, subscribed);
      return contactId;
    };
    const silent = await said();
    const keen = await said([tips, true]);
    const none = await said([tips, false], [news, false]);
    const request = (contactId: number, messageId: number, transactional = false) =>
      requestFor({ workspaceId, contactId, messageId, transactional });
    const decisions = await decide(
      request(silent, aboutTips),
      request(silent, aboutBoth),
      request(keen, aboutTips),
      request(none, aboutBoth),
      request(none, aboutBoth, true),
      request(none, messageId),
    );
    expect(decisions.map(({ decision, reason }) => reason ?? decision)).toEqual([
      'not in category',
      'sent',
      'sent',
      'not in category',
      'sent',
      'sent',
    ]);
    expect(decisions[3]!.reasons.at(-1)).toEqual({
      gate: 'category',
      passed: false,
      details: { categories: ['tips', 'news'], in: [] },
    });
  });

  test('that were all archived goes to nobody', async () => {
    const old = await categoryId('old', true);
    const aboutOld = await world.message({ workspaceId });
    await link(aboutOld, old);
    await pool.query(`update categories set archived_at = $2 where id = $1`, [old, NOW]);
    const contactId = await world.contact({ workspaceId, email: newEmail() });
    const [decision] = await decide(requestFor({ workspaceId, contactId, messageId: aboutOld }));
    expect(decision).toMatchObject({ decision: 'refused', reason: 'not in category' });
  });
});
