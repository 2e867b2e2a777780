export { applyDeliveries } from './apply-deliveries.ts';
export type { DeliveryFact } from './apply-deliveries.ts';
export type { DeliveryReport } from './delivery-report.ts';
export { findDelivery } from './find-delivery.ts';
export { createInteractionIds } from './interaction-id.ts';
export { cancelDeliveries, cancelOfCampaign, refuseHeldOfRuns } from './cancel-deliveries.ts';
export { CAMPAIGN_FLOWS_CHANNEL, releaseOfCampaign, setCampaignFlow } from './campaign-flows.ts';
export type { CampaignFlow } from './campaign-flows.ts';
export {
  countCampaignDecisions,
  countPlannedBulk,
  findCampaignSends,
  findCarrier,
  hasOpenSends,
} from './campaign-queries.ts';
export type { DecisionCount } from './campaign-queries.ts';
export { contactTables } from './contact-tables.ts';
export { countDecisions } from './count-decisions.ts';
export { decideSends, foreseeSends } from './decide-sends.ts';
export { readReason } from './gates/read-reason.ts';
export type { CountedReason } from './gates/read-reason.ts';
export { rehearseSends } from './rehearse-sends.ts';
export type { TestAddresses } from './rehearse-sends.ts';
export { heldDue } from './held-queries.ts';
export { hasDueDeliveries, SENDS_CHANNEL } from './has-due-deliveries.ts';
export { releaseHeld } from './release-held.ts';
export { checkAddress } from './send-test.ts';
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
export { checkDueDomains } from './domains/check-due-domains.ts';
export { createDns } from './domains/dns/ask-dns.ts';
export type { Dns } from './domains/dns/ask-dns.ts';
export { createProvider } from './providers/save-provider.ts';
export { providerCallbacks } from './callbacks/provider-callbacks.ts';
export { readPageLook } from './public/look/page-look.ts';
export { pageRoutes } from './public/look/routes.ts';
export { readNetworks } from './networks/read-networks.ts';
export { recipientPages } from './public/recipient-pages.ts';
export type { RecipientPagesParts } from './public/recipient-pages.ts';
export { sendRoutes } from './routes.ts';
export type { SendRouteParts } from './routes.ts';
export { createDeliveryKeys } from './senders/delivery-key.ts';
export { listenForMail } from './returned/listen-for-mail.ts';
export { createMailboxDriver } from './returned/mailboxes/drive-mailboxes.ts';
export { startSenders } from './senders/start-senders.ts';
export type { Senders, SendersOptions } from './senders/start-senders.ts';
export { chosenSubjectSql } from './subjects/chosen-subject-sql.ts';
export { countBySubject } from './subjects/count-by-subject.ts';
export { countSent, findLastSent } from './sent-of-messages.ts';
export { messageFactsSql } from './message-facts-sql.ts';
export type { WantedEntry } from './decide-wanted-sends.ts';
export { decideWantedSends } from './decide-wanted-sends.ts';
export {
  forgetSendRequests,
  noteSendRequests,
  readSendRequests,
  refuseSendRequests,
} from './send-requests.ts';
export type { NewRequest, RequestState } from './send-requests.ts';
export { countSendQuarters } from './count-quarters.ts';
