import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What an SMTP server's operator asks for in the SPF record of who sends through it. */
export interface SpfSuggestion {
  /** A mechanism, as the operator documents it or as its address suggests. */
  term: string;
  /** The provider that sends through the server. */
  provider: string;
  /** The operator documents it; else it holds only if the server delivers itself. */
  documented: boolean;
}

/** Relays that people send through, with what their operators document. */
const RELAYS: readonly { host: RegExp; term?: string }[] = [
  { host: /^smtp(-relay)?\.gmail\.com$/, term: 'include:_spf.google.com' },
  {
    host: /^smtp\.office365\.com$|\.mail\.protection\.outlook\.com$/,
    term: 'include:spf.protection.outlook.com',
  },
  { host: /^smtp(\.eu)?\.mailgun\.org$/, term: 'include:mailgun.org' },
  { host: /^in(-v3)?\.mailjet\.com$/, term: 'include:spf.mailjet.com' },
  { host: /^smtp\.fastmail\.com$/, term: 'include:spf.messagingengine.com' },
  { host: /^smtp(pro)?\.zoho\.com$/, term: 'include:zohomail.com' },
  { host: /^smtp(pro)?\.zoho\.eu$/, term: 'include:zohomail.eu' },
  // These put an envelope of their own around the message, and SPF is theirs.
  { host: /^email-smtp\.[a-z0-9-]+\.amazonaws\.com$/ },
  { host: /^smtp\.(eu\.)?sendgrid\.net$/ },
  { host: /^smtp(-broadcasts)?\.postmarkapp\.com$/ },
  { host: /^smtp\.resend\.com$/ },
];

/**
 * What the host of an SMTP provider says about SPF: a mechanism, that the relay's return path has
 * its own, or nothing.
 */
export function relayOf(
  host: string,
): Omit<SpfSuggestion, 'provider'> | 'own_return_path' | undefined {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  const known = RELAYS.find((relay) => relay.host.test(name));
  if (known) return known.term ? { term: known.term, documented: true } : 'own_return_path';
  const version = isIP(name);
  if (version !== 0) {
    return ipaddr.parse(name).range() === 'unicast'
      ? { term: `ip${version}:${name}`, documented: false }
      : undefined;
  }
  // A name without a dot means something in one's own network only.
  const isPublic = name.includes('.') && !/\.(local|internal|localhost|lan|home\.arpa)$/.test(name);
  return isPublic ? { term: `a:${name}`, documented: false } : undefined;
}
