import type { SendTermsView } from '@perennial/contracts';

/** The settings with these terms of sending, and none of the former. */
export function withTerms(
  settings: Readonly<Record<string, unknown>>,
  terms: SendTermsView,
): Readonly<Record<string, unknown>> {
  const { priority, send_hours, ttl, addresses, ...rest } = settings;
  return { ...rest, ...terms };
}
