import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One term of an SPF record: RFC 7208 §4.6.1. */
export interface SpfTerm {
  qualifier: '+' | '-' | '~' | '?';
  name: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists' | 'redirect';
  /** What stands behind `:` or `=`; for `a` and `mx` with the prefix lengths. */
  value: string;
}

const MECHANISM = /^([+\-~?])?(all|include|a|mx|ptr|ip4|ip6|exists)(?:([:/])([\x21-\x7e]+))?$/i;
const MODIFIER = /^([A-Za-z][A-Za-z0-9_.-]*)=([\x21-\x7e]*)$/;

export function isSpf(text: string): boolean {
  return /^v=spf1( |$)/i.test(text);
}

/** The terms, or the first one that is none. */
export function readSpf(text: string): { terms: SpfTerm[] } | { wrong: string } {
  const terms: SpfTerm[] = [];
  for (const word of text.split(' ').slice(1).filter(Boolean)) {
    const mechanism = MECHANISM.exec(word);
    const modifier = MODIFIER.exec(word);
    if (mechanism) {
      const term = termOf(mechanism);
      if (!term) return { wrong: word };
      terms.push(term);
    } else if (modifier?.[1]?.toLowerCase() === 'redirect') {
      if (!modifier[2]) return { wrong: word };
      terms.push({ qualifier: '+', name: 'redirect', value: modifier[2].toLowerCase() });
    } else if (!modifier) {
      // Modifiers that nobody knows are ignored, other words are errors.
      return { wrong: word };
    }
  }
  return { terms };
}

function termOf([, sign, word = '', mark, rest = '']: RegExpExecArray): SpfTerm | undefined {
  const name = word.toLowerCase() as SpfTerm['name'];
  const value = (mark === '/' ? `/${rest}` : rest).toLowerCase();
  const needsValue = ['include', 'ip4', 'ip6', 'exists'].includes(name);
  if (name === 'all' ? value !== '' : needsValue && (value === '' || mark === '/')) {
    return undefined;
  }
  if ((name === 'ip4' || name === 'ip6') && !rangeOf(value, name)) return undefined;
  return { qualifier: (sign ?? '+') as SpfTerm['qualifier'], name, value };
}

/** A mechanism that lets somebody send, as people give it: `include:mail.example`, `ip4:192.0.2.1`. */
export function readSenderTerm(text: string): SpfTerm | undefined {
  const read = readSpf(`v=spf1 ${text.trim()}`);
  const term = 'terms' in read && read.terms.length === 1 ? read.terms[0] : undefined;
  const sends = ['include', 'a', 'mx', 'ip4', 'ip6', 'exists'];
  return term && term.qualifier === '+' && sends.includes(term.name) ? term : undefined;
}

export function writeTerm({ qualifier, name, value }: SpfTerm): string {
  const sign = qualifier === '+' ? '' : qualifier;
  return `${sign}${name}${value === '' || value.startsWith('/') ? value : `:${value}`}`;
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

function rangeOf(value: string, name: 'ip4' | 'ip6'): Range | undefined {
  const [address = '', bits] = value.split('/');
  const most = name === 'ip4' ? 32 : 128;
  const kind = name === 'ip4' ? 4 : 6;
  if (isIP(address) !== kind) return undefined;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  return length >= 0 && length <= most ? [ipaddr.parse(address), length] : undefined;
}

/** Whether a term of a record lets through whom another one names. */
export function covers(term: SpfTerm, wanted: SpfTerm): boolean {
  if (term.qualifier !== '+') return false;
  if (term.name === wanted.name && term.value === wanted.value) return true;
  if ((term.name !== 'ip4' && term.name !== 'ip6') || term.name !== wanted.name) return false;
  const outer = rangeOf(term.value, term.name);
  const inner = rangeOf(wanted.value, term.name);
  if (!outer || !inner || inner[1] < outer[1]) return false;
  return inner[0].match([outer[0], outer[1]] as [ipaddr.IPv4, number]);
}
