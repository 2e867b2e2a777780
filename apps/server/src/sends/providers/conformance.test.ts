/** One table of cases for every provider of e-mail, each against a peer that speaks its protocol. */
import { hash, randomBytes } from 'node:crypto';
import { providerKinds, type ProviderKindKey } from '@perennial/channels';
import { NO_ADDRESS } from '@perennial/channels/provider-peers';
import type { SendOutcome } from '@perennial/channels/providers';
import { describe, expect, test } from 'vitest';
import { openStand, outgoing, stands, type OpenOptions, type Stand } from './test-providers.ts';

const NOW = new Date('2026-03-02T10:00:00Z');

/** Everything that carries e-mail out of the house. */
const kinds = (Object.keys(providerKinds) as ProviderKindKey[]).filter(
  (kind) =>
    kind !== 'sandbox' && (providerKinds[kind].channels as readonly string[]).includes('email'),
);

const FILES = [
  { name: 'Рахунок 7.pdf', type: 'application/pdf', bytes: randomBytes(100_000) },
  { name: 'a, "b".csv', type: 'text/csv', bytes: Buffer.from('a;b\n.\n1;2') },
];

/** What protocols do not have in common. */
/** The others leave the AMP page out, and people read the HTML. */
const CARRIES_AMP: readonly ProviderKindKey[] = ['smtp', 'ses', 'sendgrid', 'mailgun'];
const TELLS_HOW_LONG = kinds.filter((kind) => kind !== 'smtp');
const KEEPS_MESSAGE_ID = kinds.filter((kind) => !['ses', 'resend'].includes(kind));
const NAMES_DELIVERY = kinds.filter((kind) => kind !== 'smtp');
const KNOWS_SENDERS = kinds.filter((kind) => kind !== 'smtp' && kind !== 'mailgun');
const TELLS_REPEATS: ProviderKindKey[] = ['resend'];
const IN_BATCHES: ProviderKindKey[] = ['postmark', 'resend'];

const each = (some: readonly ProviderKindKey[]) =>
  describe.each(some.map((kind) => [kind] as const));

async function stand(kind: ProviderKindKey): Promise<Stand> {
  const start = stands[kind];
  if (!start) throw new Error(`No peer speaks the protocol of "${kind}".`);
  return start();
}

async function ready(kind: ProviderKindKey, options: Partial<OpenOptions> = {}) {
  const peer = await stand(kind);
  const provider = openStand({ kind, stand: peer, now: NOW, ...options });
  const message = (parts: Partial<Parameters<typeof outgoing>[1]> = {}) =>
    outgoing(kind, { now: NOW, ...parts });
  const send = async (parts: Partial<Parameters<typeof outgoing>[1]> = {}): Promise<SendOutcome> =>
    provider.send(await message(parts));
  return { peer, provider, message, send };
}

describe.each(kinds.map((kind) => [kind] as const))('%s', (kind) => {
  test('takes a message whole: recipient, sender, subject, and the headers of RFC 8058', async () => {
    const { peer, send } = await ready(kind);
    expect(await send()).toMatchObject({ kind: 'accepted', ref: expect.stringMatching(/./) });
    const [mail, ...more] = await peer.taken();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      from: expect.stringContaining('hi@shop.example'),
      to: expect.stringContaining('ann@home.example'),
      subject: 'Grüße, Ann',
      headers: {
        'list-unsubscribe': '<https://news.example/u/token>',
        'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      },
    });
  });

  test('takes files with it, whole and under their names', async () => {
    const { peer, send } = await ready(kind, { settings: longer(kind) });
    expect(await send({ attachments: FILES })).toMatchObject({ kind: 'accepted' });
    const [mail] = await peer.taken();
    expect(mail?.files).toEqual(
      FILES.map(({ name, type, bytes }) => ({ name, type, hash: hash('sha256', bytes) })),
    );
  });

  test('takes an AMP page with it, or the message without one', async () => {
    const { peer, send } = await ready(kind);
    const amp = '<!doctype html><html ⚡4email><body>Grüße</body></html>';
    expect(await send({ amp })).toMatchObject({ kind: 'accepted' });
    const [mail] = await peer.taken();
    expect(mail?.files).toEqual([]);
    expect(mail?.amp?.trim()).toBe(CARRIES_AMP.includes(kind) ? amp : undefined);
  });

  test('takes nothing into a header that was not meant for it', async () => {
    const { peer, send } = await ready(kind);
    await send({ subject: 'Hi\r\nBcc: eve@home.example', from: '"A, \\"B\\"" <hi@shop.example>' });
    const [mail] = await peer.taken();
    expect(mail?.headers).not.toHaveProperty('bcc');
    expect(mail?.subject).toBe('Hi Bcc: eve@home.example');
    expect(mail?.from).toContain('hi@shop.example');
  });

  test('that refuses the credential is left alone at once, and nothing was taken', async () => {
    const peer = await stand(kind);
    const provider = openStand({ kind, stand: peer, now: NOW, ...peer.wrong });
    expect(await provider.send(await outgoing(kind, { now: NOW }))).toMatchObject({
      kind: 'deferred',
      reason: 'provider refuses',
      providerTrouble: true,
      pause: 'refused',
      answer: expect.stringMatching(/\d{2,3}/),
    });
    expect(await peer.taken()).toEqual([]);
  });

  test('that says later is asked later', async () => {
    const { peer, send } = await ready(kind);
    peer.depart('throttle');
    expect(await send()).toMatchObject({ kind: 'deferred' });
    expect(await peer.taken()).toEqual([]);
  });

  test('in trouble says so and is tried again', async () => {
    const { peer, send } = await ready(kind);
    peer.depart('outage');
    expect(await send()).toMatchObject({ kind: 'deferred', providerTrouble: true });
    expect(await peer.taken()).toEqual([]);
    peer.depart(undefined);
    expect(await send()).toMatchObject({ kind: 'accepted' });
  });

  test.each(['drop', 'hang', 'gateway'] as const)(
    'that took the message and then: %s, may have it, once',
    async (departure) => {
      const { peer, send } = await ready(kind);
      peer.depart(departure);
      expect(await send()).toMatchObject({ kind: 'uncertain' });
      expect((await peer.taken()).length).toBeLessThanOrEqual(1);
    },
    15_000,
  );

  test('that answers with something else than its protocol is not believed', async () => {
    const { peer, send } = await ready(kind);
    peer.depart('page');
    expect(await send()).toMatchObject({ kind: 'uncertain' });
  });

  test('whose answer never ends fills no memory', async () => {
    const { peer, send } = await ready(kind, { settings: longer(kind) });
    peer.depart('endless');
    const before = process.memoryUsage().rss;
    expect(await send()).toMatchObject({ kind: 'uncertain' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  test('that is not there was handed nothing', async () => {
    const { provider } = await ready(kind, { settings: nobody(kind) });
    expect(await provider.send(await outgoing(kind, { now: NOW }))).toMatchObject({
      kind: 'deferred',
      reason: 'connection failed',
      providerTrouble: true,
    });
  });

  test('is checked without sending', async () => {
    const { peer, provider } = await ready(kind);
    expect(await provider.verify()).toEqual({ ok: true });
    expect(await peer.taken()).toEqual([]);
  });

  test('is checked with a wrong credential, and says what is wrong', async () => {
    const peer = await stand(kind);
    const provider = openStand({ kind, stand: peer, now: NOW, ...peer.wrong });
    expect(await provider.verify()).toEqual({ ok: false, problem: expect.stringMatching(/\w+/) });
  });
});

test.each(kinds)('%s gets domains as DNS knows them', async (kind) => {
  const { peer, send } = await ready(kind);
  expect(await send({ to: 'ann@bücher.example' })).toMatchObject({ kind: 'accepted' });
  expect((await peer.taken())[0]?.to).toContain('@xn--bcher-kva.example');
});

each(NAMES_DELIVERY)('%s', (kind) => {
  test('gives our key back, and refuses an address for good', async () => {
    const { peer, send } = await ready(kind);
    await send({ key: 'z9_00000000000000ff' });
    expect((await peer.taken())[0]?.delivery).toBe('z9_00000000000000ff');
    expect(await send({ to: `b@${NO_ADDRESS}` })).toMatchObject({
      kind: 'rejected',
      reason: 'address not valid',
    });
    expect(await peer.taken()).toHaveLength(1);
  });
});

each(TELLS_HOW_LONG)('%s', (kind) => {
  test('that is throttled says for how long, and nobody tries before', async () => {
    const { peer, send } = await ready(kind);
    peer.depart('throttle');
    expect(await send()).toMatchObject({
      kind: 'deferred',
      pause: 'throttled',
      until: new Date(NOW.getTime() + 17_000),
    });
  });
});

test.each(kinds)('%s keeps our key where what comes back shows it', async (kind) => {
  const { peer, send } = await ready(kind);
  await send();
  expect((await peer.taken())[0]?.headers['x-delivery']).toBe('k1_0123456789abcdef');
});

each(KEEPS_MESSAGE_ID)('%s', (kind) => {
  test('keeps our Message-ID', async () => {
    const { peer, send } = await ready(kind);
    await send();
    expect((await peer.taken())[0]?.headers['message-id']).toBe(
      '<k1_0123456789abcdef@shop.example>',
    );
  });
});

each(KNOWS_SENDERS)('%s', (kind) => {
  test('keeps messages of a sender that is not verified waiting', async () => {
    const { peer, send } = await ready(kind);
    expect(await send({ from: 'a@elsewhere.example' })).toMatchObject({
      kind: 'deferred',
      reason: 'sender not verified',
      providerTrouble: true,
    });
    expect(await peer.taken()).toEqual([]);
  });
});

each(TELLS_REPEATS)('%s', (kind) => {
  test('is asked again with the same key when it dropped the line, and takes the message once', async () => {
    const { peer, send } = await ready(kind);
    peer.depart('drop', 1);
    expect(await send()).toMatchObject({ kind: 'accepted', ref: 'ref-1' });
    expect(await peer.taken()).toHaveLength(1);
  });

  test('takes a delivery once, also when it comes again later and written differently', async () => {
    const { peer, send } = await ready(kind);
    await send();
    expect(await send({ subject: 'Grüße, Änne' })).toMatchObject({ kind: 'accepted' });
    expect(await peer.taken()).toHaveLength(1);
  });

  test('whose second answer is "later" may have taken the first try', async () => {
    const { peer, provider, message } = await ready(kind);
    peer.depart('drop', 1);
    const sending = provider.send(await message());
    await until(async () => (await peer.taken()).length === 1);
    peer.depart('throttle');
    expect(await sending).toMatchObject({ kind: 'uncertain' });
  });

  test('takes a batch once when it dropped the line', async () => {
    const { peer, provider, message } = await ready(kind);
    peer.depart('drop', 1);
    const messages = [await message({ key: 'a_1' }), await message({ key: 'b_2' })];
    expect(await provider.batch!.send(messages)).toMatchObject([
      { kind: 'accepted', ref: 'ref-1' },
      { kind: 'accepted', ref: 'ref-2' },
    ]);
    expect(await peer.taken()).toHaveLength(2);
  });
});

each(IN_BATCHES)('%s', (kind) => {
  test('gets messages with files one by one', async () => {
    const { peer, provider, message } = await ready(kind, { settings: longer(kind) });
    const messages = [
      await message({ key: 'a_1', attachments: FILES }),
      await message({ key: 'b_2', attachments: FILES }),
    ];
    const outcomes = await provider.batch!.send(messages);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'accepted']);
    const taken = await peer.taken();
    expect(taken.map(({ delivery, files }) => [delivery, files.length])).toEqual([
      ['a_1', 2],
      ['b_2', 2],
    ]);
  });

  test('takes many in one call, and says of each what became of it', async () => {
    const { peer, provider, message } = await ready(kind);
    const messages = [
      await message({ key: 'a_1', to: 'a@home.example' }),
      await message({ key: 'b_2', to: `b@${NO_ADDRESS}` }),
      await message({ key: 'c_3', to: 'c@home.example', from: 'x@elsewhere.example' }),
      await message({ key: 'd_4', to: 'd@home.example' }),
    ];
    expect(await provider.batch!.send(messages)).toMatchObject([
      { kind: 'accepted', ref: 'ref-1' },
      { kind: 'rejected', reason: 'address not valid' },
      { kind: 'deferred', reason: 'sender not verified' },
      { kind: 'accepted', ref: 'ref-2' },
    ]);
    expect((await peer.taken()).map(({ delivery }) => delivery)).toEqual(['a_1', 'd_4']);
  });

  test.each(['throttle', 'drop', 'page', 'endless'] as const)(
    'that departs from its protocol on a batch (%s) does so for each of them',
    async (departure) => {
      const { peer, provider, message } = await ready(kind);
      peer.depart(departure);
      const outcomes = await provider.batch!.send([
        await message({ key: 'a_1' }),
        await message({ key: 'b_2' }),
      ]);
      const expected = departure === 'throttle' ? 'deferred' : 'uncertain';
      expect(outcomes.map((outcome) => outcome.kind)).toEqual([expected, expected]);
    },
    15_000,
  );
});

test('Postmark keeps marketing apart from what somebody waits for', async () => {
  const { peer, send } = await ready('postmark');
  await send();
  await send({ key: 'b_2', transactional: true });
  expect((await peer.taken()).map(({ stream }) => stream)).toEqual(['broadcast', 'outbound']);
});

/** Enough time to see that it is the size that ends it. */
function longer(kind: ProviderKindKey): Record<string, number> {
  return kind === 'smtp' ? { socket_timeout_ms: 10_000 } : { timeout_ms: 10_000 };
}

/** A port that nobody listens on. */
function nobody(kind: ProviderKindKey): Record<string, string | number> {
  return kind === 'smtp' ? { port: 9 } : { base_url: 'http://127.0.0.1:9' };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
