import { z } from 'zod';
import { createInteractionIds, findDelivery } from '../../sends/index.ts';
import { parseInstant } from '../../contacts/index.ts';
import { LANES, type DeliveryItem } from '../../inbox/index.ts';
import { factTime } from '../fact-time.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';
import { RestError } from './rest-error.ts';

const STATUSES = { DELIVERED: 'delivered', OPENED: 'opened', CLICKED: 'clicked' } as const;

const status = defineEndpoint({
  method: 'PUT',
  url: '/v1/interactions/:id/status',
  summary: 'Tell what became of a push',
  description: '`id` is the `es_interaction_id` of the push. Answers an empty 200.',
  rights: ['contacts.write'],
  rate: 'interaction',
  params: z.object({ id: z.string().max(100) }),
  body: z.object({
    token: z.string().max(4096).nullish(),
    status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[], {
      error: `expected one of ${Object.keys(STATUSES).join(', ')}`,
    }),
    time: z.string().max(50).nullish(),
  }),
  example: { status: 'OPENED', time: '2026-01-31T09:30:00Z' },
  handler: async ({ db, parts, workspaceId, now, params, body }) => {
    const made = createInteractionIds(parts.box).read(params.id);
    const known = made?.workspaceId === workspaceId ? made : undefined;
    const place = known && (await findDelivery(db, known));
    if (!known || !place) throw new RestError(404, 'There is no such interaction.');
    const item: DeliveryItem = {
      kind: 'delivery',
      ids: [['contact', String(place.contactId)]],
      at: timeOf(body.time, now),
      source: 'api',
      ...place,
      deliveryId: known.deliveryId,
      status: STATUSES[body.status],
    };
    await parts.inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
    return undefined;
  },
});

/** Never later than its arrival. */
function timeOf(text: string | null | undefined, now: Date): number {
  if (!text) return now.getTime();
  const read = factTime(parseInstant(text) ?? Number.NaN, { receivedAt: now.getTime() });
  if (read.ok) return read.at;
  throw new RestError(400, `time: ${read.message}`);
}

export const interactionEndpoints: Endpoint[] = [status];
