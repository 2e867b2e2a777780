import { z } from 'zod';
import {
  findByToken,
  isUsableIdentifier,
  normalizeEmail,
  normalizePlainPhone,
  type TokenOwner,
} from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import { LANES, type Identifier, type IdentifyItem } from '../../inbox/index.ts';
import { findSuppressions, liftSuppressions, suppressAddresses } from '../../suppressions/index.ts';
import { deviceOf } from './contact-body.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { listOf, placeOf, queryNumber, restId, restText } from './schemas.ts';
import { submitOrThrow } from './submit.ts';

const MOST_TOKENS = 1000;
const MAX_TOKEN = 4096;
const SHORTEST_MUTE = 5;
const LONGEST_MUTE = 31_536_000;
/** Detail of the block that a mute is. */
const MUTED = 'muted';

const tokenParams = z.object({ app: z.string().max(300), token: z.string().max(500) });

const owner = defineEndpoint({
  method: 'GET',
  url: '/v1/contact/token/:app/:token/contactId',
  summary: 'Whose token it is',
  rights: ['contacts.read'],
  rate: 'token',
  params: tokenParams,
  handler: async (context) => ({ id: (await ownerOf(context)).contactId }),
});

const isActive = defineEndpoint({
  method: 'GET',
  url: '/v1/contact/token/activated/:app/:token',
  summary: 'Whether a push token is active',
  rights: ['contacts.read'],
  rate: 'token',
  params: tokenParams,
  handler: async (context) => ({ active: (await ownerOf(context)).active }),
});

const activate = defineEndpoint({
  method: 'PUT',
  url: '/v1/contact/token/activated/:app/:token',
  summary: 'Switch a push token on or off',
  rights: ['contacts.write'],
  params: tokenParams,
  body: z.object({ active: z.boolean({ error: 'expected true or false' }) }),
  example: { active: false },
  handler: async (context) => {
    const { params, body, now } = context;
    const { contactId, deviceId } = await ownerOf(context);
    if (deviceId === null) throw new RestError(404, NO_TOKEN);
    await submitOrThrow(context, {
      item: {
        kind: 'identify',
        ids: [['contact', String(contactId)]],
        at: now.getTime(),
        source: 'api',
        fields: {},
        device: { deviceId, app: params.app, pushToken: params.token, pushEnabled: body.active },
        mustExist: true,
        restore: false,
      },
    });
    return { active: body.active };
  },
});

const NO_TOKEN = 'There is no such token in this app.';

async function ownerOf({
  db,
  workspaceId,
  params: { app, token },
}: RestContext<z.output<typeof tokenParams>>): Promise<TokenOwner> {
  const found = await findByToken(db, { workspaceId, token });
  // A token that came without its app may be of any.
  if (!found || (found.app !== null && found.app !== app)) throw new RestError(404, NO_TOKEN);
  return found;
}

const tokenSchema = z.object({
  token: restText(MAX_TOKEN),
  contactId: restId.nullish(),
  externalCustomerId: restText(300).nullish(),
  phone: restText(50).nullish(),
  email: restText(300).nullish(),
});

const add = defineEndpoint({
  method: 'POST',
  url: '/v1/apps/:app/tokens',
  summary: 'Add up to 1,000 push tokens',
  description:
    'Each to the contact that is named by number, external ID, phone or e-mail, in this order. ' +
    'Who is unknown is added, except by number.',
  rights: ['contacts.write'],
  bodyLimit: 8 * 1024 * 1024,
  params: z.object({ app: z.string().max(300) }),
  body: z.object({ tokens: listOf(tokenSchema, { most: MOST_TOKENS }) }),
  example: { tokens: [{ token: 'fcm-token-of-the-phone', externalCustomerId: 'user-1' }] },
  handler: async ({ parts, workspaceId, params, body, now, country }) => {
    const problems: string[] = [];
    const items = body.tokens.flatMap((entry, n): IdentifyItem[] => {
      const ids = idsOf(entry, country);
      const token = entry.token.trim();
      if (ids.length === 0)
        problems.push(
          `${placeOf(['tokens', n])}: expected a contactId, externalCustomerId, phone or email`,
        );
      if (token === '' || (token.length <= 300 && !isUsableIdentifier(token)))
        problems.push(`${placeOf(['tokens', n, 'token'])}: expected a token`);
      return [tokenItem({ ids, token, app: params.app, now })];
    });
    if (problems.length > 0) throw new RestError(400, problems.slice(0, 20).join('\n'));
    await parts.inbox.append({ workspaceId, lane: LANES.stream, items });
    return `${items.length} tokens have been added`;
  },
});

function tokenItem({
  ids,
  token,
  app,
  now,
}: {
  ids: Identifier[];
  token: string;
  app: string;
  now: Date;
}): IdentifyItem {
  const singles = ids.filter(([kind]) => kind === 'email' || kind === 'phone');
  return {
    kind: 'identify',
    ids,
    weakIds: true,
    gives: [['push_token', token]],
    at: now.getTime(),
    source: 'api',
    fields: {},
    weakFields: Object.fromEntries(singles),
    device: deviceOf(token, { appId: app }),
    restore: false,
  };
}

function idsOf(
  { contactId, externalCustomerId, phone, email }: z.output<typeof tokenSchema>,
  country: string | undefined,
): Identifier[] {
  if (contactId) return [['contact', String(contactId)]];
  const ids: Identifier[] = [];
  const externalId = externalCustomerId?.trim();
  if (externalId && isUsableIdentifier(externalId)) ids.push(['external_id', externalId]);
  const number = phone ? normalizePlainPhone(phone, country) : undefined;
  if (number) ids.push(['phone', number]);
  const address = email ? normalizeEmail(email) : undefined;
  if (address) ids.push(['email', address]);
  return ids;
}

const muteBody = z.object({
  token: restText(300),
  duration: z
    .union([z.int(), queryNumber({ from: SHORTEST_MUTE, to: LONGEST_MUTE })])
    .refine((seconds) => seconds >= SHORTEST_MUTE && seconds <= LONGEST_MUTE, {
      error: `expected a whole number of seconds from ${SHORTEST_MUTE} to ${LONGEST_MUTE}`,
    })
    .nullish(),
});

const mute = defineEndpoint({
  method: 'POST',
  url: '/v1/apps/:app/token/mute',
  summary: 'Send nothing to a Telegram chat for a time, or for good',
  rights: ['contacts.write'],
  params: z.object({ app: z.string().max(300) }),
  body: muteBody,
  example: { token: '123456789', duration: 3600 },
  handler: async (context) => {
    const { db, parts, workspaceId, now, body } = context;
    const { contactId, address } = await chatOf(context, body.token);
    const until = body.duration ? new Date(now.getTime() + body.duration * 1000) : undefined;
    const row = {
      workspaceId,
      channel: 'telegram',
      address,
      reason: 'blocked' as const,
      since: now,
      ...(until && { until }),
      details: MUTED,
      source: 'api' as const,
      contactId,
    };
    await inTransaction(
      db,
      (tx) => suppressAddresses(tx, { suppressions: [row], slots: parts.slots, now }),
      { retries: 3 },
    );
    return undefined;
  },
});

const unmute = defineEndpoint({
  method: 'POST',
  url: '/v1/apps/:app/token/unmute',
  summary: 'Let a Telegram chat be written to again',
  rights: ['contacts.write'],
  params: z.object({ app: z.string().max(300) }),
  body: muteBody.pick({ token: true }),
  example: { token: '123456789' },
  handler: async (context) => {
    const { db, parts, workspaceId, now, body } = context;
    const { address } = await chatOf(context, body.token);
    const addresses = [{ workspaceId, channel: 'telegram', address }];
    await inTransaction(
      db,
      async (tx) => {
        const found = await findSuppressions(tx, { addresses, now });
        // What Telegram, or a person in the interface, blocked is not the muter's to lift.
        if (!found.some(({ reason, details }) => reason === 'blocked' && details === MUTED)) return;
        const reasons = ['blocked'] as const;
        await liftSuppressions(tx, { addresses, reasons, source: 'api', slots: parts.slots, now });
      },
      { retries: 3 },
    );
    return undefined;
  },
});

async function chatOf(
  { db, workspaceId }: RestContext,
  token: string,
): Promise<{ contactId: number; address: string }> {
  const address = token.trim();
  const found = await findByToken(db, { workspaceId, token: address, kind: 'chat_id' });
  if (!found) throw new RestError(404, 'There is no such Telegram token.');
  return { contactId: found.contactId, address };
}

export const tokenEndpoints: Endpoint[] = [owner, isActive, activate, add, mute, unmute];
