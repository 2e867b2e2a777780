import type { SendTermsView } from '@perennial/contracts';

const TERMS = ['priority', 'send_hours', 'ttl', 'addresses'];

/** The settings with these terms of sending, and none of the former. */
export function withTerms(
  settings: Readonly<Record<string, unknown>>,
  terms: SendTermsView,
): Readonly<Record<string, unknown>> {
  const rest = Object.entries(settings).filter(([name]) => !TERMS.includes(name));
  return { ...Object.fromEntries(rest), ...terms };
}
