import { z } from 'zod';
import { LANES, type Json } from '../../inbox/index.ts';
import { BEARER_SECONDS, makeBearer } from './bearer-token.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';
import { readEvent } from './event-body.ts';

const MAX_EVENT_BYTES = 20 * 1024;

const event = (['v1', 'v2', 'v3'] as const).map((version) =>
  defineEndpoint({
    method: 'POST',
    url: `/${version}/event`,
    summary: 'Record an event',
    description: 'Answers an empty 200 as soon as the event is durable.',
    rights: ['contacts.write'],
    rate: 'event',
    bearer: true,
    bodyLimit: MAX_EVENT_BYTES,
    // `readEvent` tells its mistakes in the words that clients know.
    body: z.unknown(),
    handler: async ({ parts, workspaceId, now, country, body }) => {
      const item = readEvent(version, body as Json, { now: now.getTime(), country });
      await parts.inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
      return undefined;
    },
  }),
);

const token = defineEndpoint({
  method: 'POST',
  url: '/v1/auth/token',
  summary: 'Get a token for event calls',
  description: 'Sent as `Authorization: Bearer`, for `event` and `past_events` alone.',
  rights: ['contacts.write'],
  handler: ({ parts, token: key, now }) => ({
    token: makeBearer({ box: parts.box, key, now }),
    tokenType: 'Bearer',
    expiresIn: BEARER_SECONDS,
  }),
});

export const eventEndpoints: Endpoint[] = [...event, token];
