import type { FastifyInstance } from 'fastify';
import { accountEndpoints } from './account.ts';
import { activityEndpoints } from './activity.ts';
import { broadcastEndpoints } from './broadcasts.ts';
import { bulkEndpoints } from './bulk.ts';
import { contactEndpoints } from './contacts.ts';
import type { Endpoint, RestParts } from './endpoint.ts';
import { orderEndpoints } from './orders.ts';
import { eventEndpoints } from './events.ts';
import { subscribeEndpoints } from './subscribe.ts';
import { groupEndpoints } from './groups.ts';
import { interactionEndpoints } from './interactions.ts';
import { catalogueEndpoints } from './catalogue/message-endpoints.ts';
import { messageStatusEndpoints } from './message-status.ts';
import { messageSendEndpoints } from './message-sends.ts';
import { singleSendEndpoints } from './single-sends.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { tokenEndpoints } from './tokens.ts';
import { promoCodeEndpoints } from './promo-codes.ts';
import { workflowEndpoints } from './workflows.ts';
import { serveEndpoints } from './serve-endpoints.ts';

/** The public REST API, in the order of its reference. */
export const restEndpoints: readonly Endpoint[] = [
  ...contactEndpoints,
  ...bulkEndpoints,
  ...subscribeEndpoints,
  ...subscriptionEndpoints,
  ...tokenEndpoints,
  ...groupEndpoints,
  ...eventEndpoints,
  ...orderEndpoints,
  ...catalogueEndpoints,
  ...messageSendEndpoints,
  ...singleSendEndpoints,
  ...messageStatusEndpoints,
  ...activityEndpoints,
  ...broadcastEndpoints,
  ...interactionEndpoints,
  ...workflowEndpoints,
  ...promoCodeEndpoints,
  ...accountEndpoints,
];

/** Errors are plain texts; so are the answers of changes. */
export function retenoRestProtocol(parts: RestParts): (app: FastifyInstance) => void {
  return (app) => serveEndpoints(app, restEndpoints, parts);
}
