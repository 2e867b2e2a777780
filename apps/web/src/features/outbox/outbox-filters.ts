/** By what the outbox is narrowed down, as the address of the page holds it. */
export const NO_FILTERS = {
  status: '',
  channel: '',
  message: '',
  campaign: '',
  workflow: '',
  reason: '',
  since: '',
};

export type OutboxFilters = typeof NO_FILTERS;

export const HOUR_MS = 3_600_000;

/** How far back is looked. */
export const SINCE = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 168 * HOUR_MS,
  month: 720 * HOUR_MS,
};
export type Since = keyof typeof SINCE;

export function isSince(text: string): text is Since {
  return Object.hasOwn(SINCE, text);
}

/** Whole minutes, so that a list that renews itself asks the same question for a while. */
export function sinceInstant(since: string, now: number): string | undefined {
  if (!isSince(since)) return undefined;
  return new Date(Math.floor((now - SINCE[since]) / 60_000) * 60_000).toISOString();
}

/** What lists and counts are asked for, whichever of them is shown. */
export function causeQuery(
  { channel, message, campaign, workflow, since }: OutboxFilters,
  now: number,
) {
  return {
    channel: channel === '' ? [] : channel.split(','),
    message,
    campaign,
    workflow,
    from: sinceInstant(since, now),
  };
}
