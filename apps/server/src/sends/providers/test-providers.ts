import { findProviderKind, type ProviderKindKey } from '@perennial/channels';
import {
  ampOf,
  filesOf,
  startMailgunPeer,
  startPostmarkPeer,
  startResendPeer,
  startSendgridPeer,
  startSesPeer,
  type ApiPeer,
  type TakenFile,
  type Departure,
} from '@perennial/channels/provider-peers';
import {
  encodeAttachment,
  providers,
  type OpenProvider,
  type OutgoingMessage,
} from '@perennial/channels/providers';
import { startScriptedSmtpServer, type Step } from '@perennial/channels/scripted-smtp-server';
import PostalMime from 'postal-mime';
import { onTestFinished } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { createEmailFinisher } from '../../messages/rendering/finish-email.ts';
import { createSecretBox } from '../../secret/index.ts';
import { readProvider } from './open-provider.ts';

const box = createSecretBox('the secret of all tests, which is no secret');

/** What a peer took, as far as every protocol shows it. */
export interface Taken {
  from: string;
  to: string;
  subject: string;
  headers: Record<string, string>;
  files: TakenFile[];
  amp?: string | undefined;
  /** Our key, where the vendor has a place for it. */
  delivery?: string;
  stream?: string;
}

/** One kind of provider with its peer. */
export interface Stand {
  settings: JsonObject;
  secrets: JsonObject;
  /** A credential that the peer does not know. */
  wrong: { settings?: JsonObject; secrets?: JsonObject };
  depart(departure: Departure | undefined, times?: number): void;
  taken(): Promise<Taken[]>;
}

/** Peers speak their vendor's protocol on loopback and check credentials as it does. */
export const stands: Partial<Record<ProviderKindKey, () => Promise<Stand>>> = {
  smtp: smtpStand,
  ses: async () => {
    const credential = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'wJalrXUtn/FEMI+x' };
    const peer = await startSesPeer({ ...credential, region: 'eu-central-1' });
    return apiStand(peer, {
      settings: { region: 'eu-central-1', access_key_id: credential.accessKeyId },
      secrets: { secret_access_key: credential.secretAccessKey },
      wrong: { secrets: { secret_access_key: 'another' } },
    });
  },
  sendgrid: async () =>
    apiStand(await startSendgridPeer({ apiKey: 'SG.right' }), {
      settings: {},
      secrets: { api_key: 'SG.right' },
      wrong: { secrets: { api_key: 'SG.wrong' } },
    }),
  mailgun: async () =>
    apiStand(await startMailgunPeer({ apiKey: 'key-right', domain: 'mg.shop.example' }), {
      settings: { domain: 'mg.shop.example' },
      secrets: { api_key: 'key-right' },
      wrong: { secrets: { api_key: 'key-wrong' } },
    }),
  postmark: async () =>
    apiStand(await startPostmarkPeer({ serverToken: 'right' }), {
      settings: {},
      secrets: { server_token: 'right' },
      wrong: { secrets: { server_token: 'wrong' } },
    }),
  resend: async () =>
    apiStand(await startResendPeer({ apiKey: 're_right' }), {
      settings: { rate_per_second: 100 },
      secrets: { api_key: 're_right' },
      wrong: { secrets: { api_key: 're_wrong' } },
    }),
};

function apiStand(
  peer: ApiPeer,
  { settings, ...rest }: Pick<Stand, 'settings' | 'secrets' | 'wrong'>,
): Stand {
  onTestFinished(() => peer.close());
  return {
    ...rest,
    settings: { from: 'Shop <hi@shop.example>', timeout_ms: 300, base_url: peer.url, ...settings },
    depart: (departure, times) => peer.depart(departure, times),
    taken: async () => peer.taken,
  };
}

/** What departing means for a server that speaks in lines. */
const STEPS: Record<Departure, [Step, 'drop' | 'hang' | 'endless' | `${number} ${string}`]> = {
  throttle: ['mail', '450 4.7.1 too many messages, later please'],
  outage: ['greeting', '421 4.3.2 closing for maintenance'],
  gateway: ['end', 'drop'],
  drop: ['end', 'drop'],
  hang: ['end', 'hang'],
  page: ['end', '999 <html>Welcome</html>'],
  endless: ['end', 'endless'],
};

async function smtpStand(): Promise<Stand> {
  const server = await startScriptedSmtpServer({ password: 'right' });
  onTestFinished(() => server.close());
  return {
    settings: {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      user: 'u',
      from: 'Shop <hi@shop.example>',
      socket_timeout_ms: 300,
    },
    secrets: { password: 'right' },
    wrong: { secrets: { password: 'wrong' } },
    depart(departure) {
      const [step, how] = departure ? STEPS[departure] : [];
      server.departAt(step, how);
    },
    taken: () => Promise.all(server.accepted.map(readRaw)),
  };
}

async function readRaw(raw: string): Promise<Taken> {
  const mail = await PostalMime.parse(raw);
  return {
    from: mail.from?.address ?? '',
    to: mail.to?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    files: filesOf(mail),
    amp: ampOf(mail),
  };
}

export interface OpenOptions {
  kind: ProviderKindKey;
  stand: Stand;
  now: Date;
  settings?: JsonObject;
  secrets?: JsonObject;
}

/** Opens a provider as senders do: from what is stored, through the guarded way out. */
export function openStand({ kind, stand, now, settings, secrets }: OpenOptions): OpenProvider {
  const http = createEgress({ allow: ['127.0.0.1'] });
  const definition = findProviderKind(kind)!;
  const read = readProvider(
    {
      kind,
      settings: definition.settings.parse({ ...stand.settings, ...settings }) as JsonObject,
      secrets: box.seal(JSON.stringify({ ...stand.secrets, ...secrets })),
    },
    { box, http, clock: () => now },
  );
  if (read.kind !== 'outside') throw new Error(`"${kind}" does not open: ${JSON.stringify(read)}`);
  const provider = read.open();
  onTestFinished(async () => {
    await provider.close();
    await http.close();
  });
  return provider;
}

const finish = createEmailFinisher();

/** A marketing message as the renderer hands it over to this kind. */
export async function outgoing(
  kind: ProviderKindKey,
  {
    key = 'k1_0123456789abcdef',
    to = 'ann@home.example',
    from = 'Shop <hi@shop.example>',
    subject = 'Grüße, Ann',
    transactional = false,
    amp,
    attachments = [],
    now,
  }: Partial<Record<'key' | 'to' | 'from' | 'subject' | 'amp', string>> & {
    transactional?: boolean;
    attachments?: readonly { name: string; type: string; bytes: Buffer }[];
    now: Date;
  },
): Promise<OutgoingMessage> {
  const provider = providers[kind];
  const takes = (provider.carries === 'outside' && provider.takes) || 'raw';
  const finished = finish({
    content: { subject, html: '<p>Hallo Änne</p>', text: 'Hallo Änne', ...(amp && { amp }) },
    files: attachments.map(({ name, type, bytes }) => ({
      name,
      type,
      size: bytes.length,
      base64: encodeAttachment(bytes),
    })),
    address: to,
    messageId: `${key}@shop.example`,
    mailing: { from, takes },
    now,
    unsubscribeUrl: 'https://news.example/u/token',
    listId: '<shop.news.example>',
    deliveryId: 1,
  });
  return { address: to, key, transactional, content: {}, ...finished };
}
