import type { WebhookFormat } from '../../webhooks/index.ts';
import { contactActivity } from './contact-activity.ts';

const MINUTE = 60_000;
const MOST_ACTIVITIES = 500;

/**
 * Lists of activities, strictly in order: a request that is not taken holds up all that follow, and
 * is made again after 1, 2, 4, ... minutes, at last every hour.
 */
export const activityWebhooks: WebhookFormat = {
  most: MOST_ACTIVITIES,
  atOnce: 1,
  write(tellings) {
    const activities = tellings.flatMap(({ told }) => contactActivity(told) ?? []);
    if (activities.length === 0) return undefined;
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(activities),
    };
  },
  // An address is tried with a GET.
  writeTest: () => ({ method: 'GET', headers: {} }),
  retryMs: (failures) => Math.min(60, 2 ** (failures - 1)) * MINUTE,
};
