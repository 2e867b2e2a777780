import { z } from 'zod';
import { readSendRequests, type RequestState } from '../../sends/index.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { restStatus } from './rest-status.ts';

const MOST_IDS = 1000;

/** Numbers with commas between them. */
const requestIds = z.string().transform((text, ctx): number[] => {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > MOST_IDS)
    ctx.addIssue(`expected 1 to ${MOST_IDS} requestIds with commas between them`);
  else if (parts.some((part) => !/^[1-9]\d{0,14}$/.test(part)))
    ctx.addIssue('expected requestIds, as the sending calls answer them');
  else return [...new Set(parts.map(Number))];
  return z.NEVER;
});

const query = z.object({ ids: requestIds });

const status = defineEndpoint({
  method: 'GET',
  url: '/v1/message/status',
  summary: 'Ask what became of single messages',
  description:
    '`ids` are requestIds of the last 35 days, with commas between them. One that is unknown is ' +
    'left out of the answer.',
  rights: ['messages.send'],
  oldAnswer: true,
  query,
  handler: async ({ db, workspaceId, now, query: { ids } }) => {
    const states = await readSendRequests(db, { workspaceId, ids });
    const byId = new Map(states.map((state) => [state.id, state]));
    return { results: ids.flatMap((id) => resultOf(byId.get(id), now) ?? []) };
  },
});

/** Longer no request waits to be decided: what was decided is gone, with its contact. */
const DECIDED_WITHIN_MS = 24 * 3_600_000;
const GONE = 'Nothing is kept of it any more.';

function resultOf(state: RequestState | undefined, now: Date): object | undefined {
  if (!state) return undefined;
  const age = now.getTime() - state.created_at.getTime();
  const gone = state.decision === null && age > DECIDED_WITHIN_MS ? GONE : null;
  const refused = state.refused ?? gone;
  const word = refused === null ? restStatus(state) : 'ERROR';
  const reason = refused ?? state.reason;
  return {
    requestId: String(state.id),
    status: word,
    failed: FAILED.has(word),
    delivered: DELIVERED.has(word),
    ...(FAILED.has(word) && reason && { message: reason }),
  };
}

const DELIVERED = new Set(['DELIVERED', 'READ', 'CLICKED', 'SPAM', 'UNSUBSCRIBED']);
const FAILED = new Set([
  'UNDELIVERED',
  'BLACKLISTED',
  'NOT_CONFIRMED',
  'SMS_UNDELIVERED_STATE',
  'EXPIRED',
  'VIBER_UNDELIVERED_STATE',
  'VIBER_EXPIRED_STATE',
  'BOT_SEND_ERROR',
  'ERROR',
]);

/** Old names of the same call. */
const oldStatuses = (['email', 'sms', 'viber'] as const).map((channel) =>
  defineEndpoint({
    method: 'GET',
    url: `/v1/message/${channel}/status`,
    summary: `Ask what became of single messages (${channel}, the old name)`,
    description: 'The same as `GET /v1/message/status`, of this channel alone.',
    rights: ['messages.send'],
    oldAnswer: true,
    query,
    handler: async ({ db, workspaceId, now, query: { ids } }) => {
      const states = await readSendRequests(db, { workspaceId, ids });
      const own = states.filter((state) => state.channel === channel);
      if (states.length > own.length && own.length === 0)
        throw new RestError(400, `ids: none of them is a request for ${channel}`);
      return { results: own.map((state) => resultOf(state, now)) };
    },
  }),
);

export const messageStatusEndpoints: Endpoint[] = [status, ...oldStatuses];
