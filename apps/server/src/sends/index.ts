export { applyDeliveries } from './apply-deliveries.ts';
export type { DeliveryFact, DeliveryReport } from './apply-deliveries.ts';
export { findDelivery } from './find-delivery.ts';
export { createInteractionIds } from './interaction-id.ts';
export { cancelDeliveries } from './cancel-deliveries.ts';
export { contactTables } from './contact-tables.ts';
export { countDecisions } from './count-decisions.ts';
export { decideSends } from './decide-sends.ts';
export { hasDueHeld, nextHeldAt } from './held-queries.ts';
export { releaseHeld } from './release-held.ts';
export type {
  CancelDeliveries,
  DecideSends,
  GateReason,
  SendDecision,
  SendRequest,
  SendTerms,
} from './decision.ts';
export { readMessageFacts } from './read-message-facts.ts';
export { findChannelFacts } from './find-channel-facts.ts';
export { createProvider } from './providers/save-provider.ts';
export { recipientPages } from './public/recipient-pages.ts';
export type { RecipientPagesParts } from './public/recipient-pages.ts';
export { sendRoutes } from './routes.ts';
export type { SendRouteParts } from './routes.ts';
export { startSenders } from './senders/start-senders.ts';
export type { Senders, SendersOptions } from './senders/start-senders.ts';
export { messageFactsSql } from './message-facts-sql.ts';
