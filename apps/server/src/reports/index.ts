export { countActivity } from './activity/count-activity.ts';
export { activityRoutes } from './activity/routes.ts';
export { fieldUsageRoutes } from './field-usage/routes.ts';
export { findConsequences } from './find-consequences.ts';
export { consentRoutes } from './consents/routes.ts';
export { messagesOfContact } from './message-activity/messages-of-contact.ts';
export type { MessageOfContact } from './message-activity/messages-of-contact.ts';
export { readToldFacts } from './message-activity/read-told-facts.ts';
export type { ToldFact } from './message-activity/read-told-facts.ts';
