import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

const LONGEST = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A domain as DNS knows it (IDNA, lower case, without the final dot), or undefined: an IP address, a
 * suffix that belongs to nobody in particular (`co.uk`), or no domain at all.
 */
export function readDomain(text: string): string | undefined {
  const trimmed = text.trim().replace(/\.$/, '');
  if (trimmed.length > LONGEST || /[\s@/:\\%?#]/.test(trimmed)) return undefined;
  const domain = domainToASCII(trimmed).toLowerCase();
  const labels = domain.split('.');
  if (domain.length > LONGEST || labels.length < 2 || isIP(domain) !== 0) return undefined;
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  return organisationalDomain(domain) === undefined ? undefined : domain;
}

/** The domain that was registered, below a public suffix; RFC 7489 §3.2. */
export function organisationalDomain(domain: string): string | undefined {
  return getDomain(domain, { allowPrivateDomains: true }) ?? undefined;
}

/** RFC 7489 §3.1: relaxed wants the same organisational domain, strict the very same one. */
export function isAligned(one: string, other: string, mode: 'relaxed' | 'strict'): boolean {
  if (one === other) return true;
  if (mode === 'strict') return false;
  const owner = organisationalDomain(one);
  return owner !== undefined && owner === organisationalDomain(other);
}

/** The domain of an address, as DNS knows it. */
export function domainOfAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  return at < 0 ? undefined : readDomain(address.slice(at + 1));
}
