import { channelKeys, channels, type ChannelKey } from '@perennial/channels';
import { CHANNEL_STATES, compileRule, type Facts } from '@perennial/conditions';
import { beforeAll, describe, expect, test } from 'vitest';
import { fieldTypesOf, findChannels } from '../contacts/index.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { contactQuestions } from '../main/around-contacts.ts';
import { decideSends } from '../sends/decide-sends.ts';
import { findChannelFacts } from '../sends/index.ts';
import { createWorld, NOW, requestFor } from '../sends/test-world.ts';
import { findSuppressions, hashSuppressions } from '../suppressions/index.ts';
import { evaluateSet } from './index.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const workspaceId = await world.workspace();
const stranger = await world.workspace();
const fields = fieldTypesOf(new Map());

const after = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

type Case = [
  title: string,
  channel: ChannelKey,
  build: (address: string) => Promise<number>,
  states: string[],
  app?: string,
];

const mailTo = (email: string, state: 'subscribed' | 'unconfirmed' | null = 'subscribed') =>
  world.contact({ workspaceId, email, state });

async function refused(email: string, ...reasons: string[]): Promise<void> {
  for (const reason of reasons) await world.suppress({ workspaceId, address: email, reason });
}

async function refusedMail(
  email: string,
  state: 'subscribed' | 'unconfirmed' | null,
  ...reasons: string[]
): Promise<number> {
  await refused(email, ...reasons);
  return mailTo(email, state);
}

/** Somebody who said no, was erased, and whose address came back with another card. */
async function erased(channel: string, address: string): Promise<void> {
  await world.suppress({ workspaceId, channel, address, reason: 'unsubscribed' });
  await inTransaction(pool, (tx) =>
    hashSuppressions(tx, { workspaceId, contactIds: [], addresses: [address] }),
  );
}

async function device(
  contactId: number,
  row: { app?: string; token?: string; enabled?: boolean | null },
): Promise<number> {
  await pool.query(
    `insert into devices (contact_id, device_id, workspace_id, app, push_token, push_enabled, created_at, last_seen_at)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $6)`,
    [contactId, workspaceId, row.app ?? null, row.token ?? null, row.enabled ?? null, NOW],
  );
  return contactId;
}

async function identified(kind: string, value: string): Promise<number> {
  const contactId = await world.contact({ workspaceId });
  await world.identifier({ workspaceId, contactId, kind, value });
  return contactId;
}

async function consent(contactId: number, channel: string, address: string, state: string) {
  await pool.query(
    `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
     values ($1, $2, $3, $4, $5, $6, 'api')`,
    [contactId, channel, address, workspaceId, state, NOW],
  );
  return contactId;
}

const callTo = (phone: string, state: 'subscribed' | 'unconfirmed' | null = 'subscribed') =>
  world.contact({ workspaceId, phone, state });

const CASES: Case[] = [
  ['nobody has no address', 'email', () => world.contact({ workspaceId }), ['absent']],
  ['confirmed', 'email', (a) => mailTo(a), ['subscribed', 'reachable']],
  ['waiting for the yes', 'email', (a) => mailTo(a, 'unconfirmed'), ['unconfirmed']],
  ['never asked', 'email', (a) => mailTo(a, null), ['unconfirmed']],
  ['said no', 'email', (a) => refusedMail(a, 'subscribed', 'unsubscribed'), ['unsubscribed']],
  ['complained', 'email', (a) => refusedMail(a, 'subscribed', 'complained'), ['complained']],
  ['blacklisted', 'email', (a) => refusedMail(a, 'subscribed', 'blacklisted'), ['blacklisted']],
  ['bounced before the yes', 'email', (a) => refusedMail(a, 'unconfirmed', 'bounced'), ['bounced']],
  ['bounced, never asked', 'email', (a) => refusedMail(a, null, 'bounced'), ['bounced']],
  [
    'every reason counts',
    'email',
    (a) => refusedMail(a, 'subscribed', 'bounced', 'unsubscribed'),
    ['bounced', 'unsubscribed'],
  ],
  [
    'blocked for a while',
    'email',
    async (a) => {
      await world.suppress({ workspaceId, address: a, reason: 'blocked', until: after(1) });
      return mailTo(a);
    },
    ['blocked'],
  ],
  [
    'the block is over',
    'email',
    async (a) => {
      await world.suppress({ workspaceId, address: a, reason: 'blocked', until: NOW });
      return mailTo(a);
    },
    ['subscribed', 'reachable'],
  ],
  [
    'refused in another workspace',
    'email',
    async (a) => {
      await world.suppress({ workspaceId: stranger, address: a, reason: 'unsubscribed' });
      return mailTo(a);
    },
    ['subscribed', 'reachable'],
  ],
  [
    'refused on another channel',
    'email',
    async (a) => {
      await world.suppress({ workspaceId, channel: 'sms', address: a, reason: 'unsubscribed' });
      return mailTo(a);
    },
    ['subscribed', 'reachable'],
  ],
  [
    'the address of somebody erased who said no',
    'email',
    async (a) => {
      await erased('email', a);
      return mailTo(a);
    },
    ['unsubscribed'],
  ],
  [
    'erased as somebody with letters of two bytes',
    'email',
    async (a) => {
      await erased('email', `ґ${a}`);
      return mailTo(`ґ${a}`);
    },
    ['unsubscribed'],
  ],
  [
    'of an address that was left nothing is asked',
    'email',
    async (a) => consent(await mailTo(a, null), 'email', `old-${a}`, 'subscribed'),
    ['unconfirmed'],
  ],
  ['no e-mail belongs to an app', 'email', (a) => mailTo(a), ['absent'], 'fit'],

  ['a phone', 'sms', (a) => callTo(a), ['subscribed', 'reachable']],
  ['a phone that was never asked', 'sms', (a) => callTo(a, null), ['unconfirmed']],
  [
    'a phone of somebody erased',
    'sms',
    async (a) => {
      await erased('sms', a);
      return callTo(a);
    },
    ['unsubscribed'],
  ],

  ['Viber goes by what SMS was told', 'viber', (a) => callTo(a), ['subscribed', 'reachable']],
  ['and by nothing else', 'viber', (a) => callTo(a, null), ['unconfirmed']],
  [
    'unless it was told something of its own',
    'viber',
    async (a) => consent(await callTo(a), 'viber', a, 'unconfirmed'),
    ['unconfirmed'],
  ],
  [
    'a refusal of Viber',
    'viber',
    async (a) => {
      await world.suppress({ workspaceId, channel: 'viber', address: a, reason: 'unsubscribed' });
      return callTo(a);
    },
    ['unsubscribed'],
  ],
  ['no phone', 'viber', (a) => mailTo(a), ['absent']],

  ['no device', 'mobile_push', (a) => mailTo(a), ['absent']],
  [
    'a device',
    'mobile_push',
    async (a) => device(await mailTo(a), { token: a }),
    ['subscribed', 'reachable'],
  ],
  ['a device without a token', 'mobile_push', async (a) => device(await mailTo(a), {}), ['absent']],
  [
    'a device that was switched off is in no state',
    'mobile_push',
    async (a) => device(await mailTo(a), { token: a, enabled: false }),
    [],
  ],
  [
    'one that is dead, and one that is not',
    'mobile_push',
    async (a) => {
      await world.suppress({ workspaceId, channel: 'mobile_push', address: a, reason: 'bounced' });
      const contactId = await device(await mailTo(a), { token: a });
      return device(contactId, { token: `${a}-2`, enabled: true });
    },
    ['bounced', 'subscribed', 'reachable'],
  ],
  [
    'a device of the app',
    'mobile_push',
    async (a) => device(await mailTo(a), { token: a, app: 'fit' }),
    ['subscribed', 'reachable'],
    'fit',
  ],
  [
    'a device of another app',
    'mobile_push',
    async (a) => device(await mailTo(a), { token: a, app: 'run' }),
    ['absent'],
    'fit',
  ],

  ['a browser', 'web_push', (a) => identified('web_push', a), ['subscribed', 'reachable']],
  ['no browser', 'web_push', (a) => identified('chat_id', a), ['absent']],
  ['a chat', 'telegram', (a) => identified('chat_id', a), ['subscribed', 'reachable']],
  [
    'a muted chat',
    'telegram',
    async (a) => {
      await world.suppress({
        workspaceId,
        channel: 'telegram',
        address: a,
        reason: 'blocked',
        until: after(1),
      });
      return identified('chat_id', a);
    },
    ['blocked'],
  ],

  [
    'the app knows who it is',
    'in_app',
    (a) => world.contact({ workspaceId, externalId: a }),
    ['subscribed', 'reachable'],
  ],
  [
    'the app knows the device',
    'app_inbox',
    async () => device(await world.contact({ workspaceId }), {}),
    ['subscribed', 'reachable'],
  ],
  ['no app', 'in_app', (a) => mailTo(a), ['absent']],
];

const built = new Map<Case, number>();
beforeAll(async () => {
  for (const [n, one] of CASES.entries()) built.set(one, await one[2](`a${n}@home.example`));
});

const rule = ([, channel, , , app]: Case, state: string) => ({
  type: 'channel' as const,
  channel,
  state,
  ...(app !== undefined && { app }),
});

async function factsOf(contactId: number, channel: string): Promise<Facts> {
  const found = await findChannelFacts(pool, {
    workspaceId,
    asked: [{ contactId, at: NOW.getTime() }],
    channels: [channel],
  });
  return {
    now: NOW.getTime(),
    workspaceZone: 'UTC',
    fields: {},
    events: new Map(),
    channels: found[0],
  };
}

describe.each(CASES)('%s: %s', (...one) => {
  const [, channel, , states] = one;
  const own = CASES.find(([title, on]) => title === one[0] && on === channel)!;

  test('the interpreter says so', async () => {
    const facts = await factsOf(built.get(own)!, channel);
    const held = CHANNEL_STATES.filter((state) =>
      compileRule(rule(own, state), { fields }).test(facts),
    );
    expect(held.toSorted()).toEqual(states.toSorted());
  });

  test('and so does the database', async () => {
    const contactId = built.get(own)!;
    const held: string[] = [];
    for (const state of CHANNEL_STATES) {
      const found = await evaluateSet(
        pool,
        {
          rule: rule(own, state),
          workspaceId,
          workspaceZone: 'UTC',
          workspaceCurrency: 'EUR',
          now: NOW,
          fields,
          questions: contactQuestions,
        },
        { wanted: 'members', timeoutMs: 10_000 },
      );
      if (found.includes(contactId)) held.push(state);
    }
    expect(held.toSorted()).toEqual(states.toSorted());
  });

  test('whoever is reachable is sent marketing, and nobody else', async () => {
    // The gates know no apps.
    if (own[4] !== undefined) return;
    const contactId = built.get(own)!;
    const messageId = await world.message({ workspaceId, channel });
    const asked = requestFor({ workspaceId, contactId, messageId, channel });
    const [decided] = await inTransaction(pool, (tx) =>
      decideSends(tx, { requests: [asked], now: NOW }),
    );
    expect(decided!.decision === 'sent').toBe(states.includes('reachable'));
  });

  test('the card shows the strictest of it', async () => {
    // The app itself has no line on a card, and Viber one only where it has something of its own.
    if (own[4] !== undefined || channels[channel].address === 'app') return;
    const { rows } = await pool.query<{ id: number; email: string | null; phone: string | null }>(
      `select id, email, phone from contacts where id = $1`,
      [built.get(own)],
    );
    const options = { workspaceId, owners: rows, findSuppressions, now: NOW };
    const shown = (await findChannels(pool, options)).get(rows[0]!.id)!;
    const line = channel === 'viber' && !shown.some((row) => row.channel === 'viber');
    const lines = shown.filter((row) => row.channel === (line ? 'sms' : channel));
    const said = lines.flatMap(({ status, suppressions }) =>
      suppressions.length > 0 ? suppressions.map(({ reason }) => reason as string) : [status],
    );
    const expected = states.filter((state) => state !== 'reachable' && state !== 'absent');
    expect(said.filter((status) => status !== 'off').toSorted()).toEqual(expected.toSorted());
  });
});

test('the cases know every channel', () => {
  expect(new Set(CASES.map(([, channel]) => channel))).toEqual(new Set(channelKeys));
});
