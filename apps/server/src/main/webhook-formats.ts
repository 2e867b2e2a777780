import { activityWebhooks } from '../protocols/reteno-rest/activity-webhooks.ts';
import { standardFormat, type WebhookFormats } from '../webhooks/index.ts';

/** How facts are written for other systems. */
export const webhookFormats: WebhookFormats = {
  standard: standardFormat,
  reteno: activityWebhooks,
};
