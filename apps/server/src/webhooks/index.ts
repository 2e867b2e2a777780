export { contactTables } from './contact-tables.ts';
export { driveWebhooks } from './drive-webhooks.ts';
export type { WebhookFormat, WebhookFormats } from './formats/format.ts';
export { standardFormat } from './formats/standard.ts';
export { countFailing } from './queries.ts';
export { noteFacts, WEBHOOKS_CHANNEL } from './note-facts.ts';
export { webhookRoutes } from './routes.ts';
export { trimWebhooks } from './trim-webhooks.ts';
