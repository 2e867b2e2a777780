import ipaddr from 'ipaddr.js';

export type AddressFault =
  'empty' | 'nowhere' | 'script' | 'data' | 'relative' | 'unparseable' | 'private' | 'plain';

/** What is wrong with an address in a message; undefined if nothing is. Only what is there without Liquid. */
export function faultOf(address: string): AddressFault | undefined {
  // Browsers leave out blanks and control characters when they read a scheme.
  // oxlint-disable-next-line no-control-regex -- it is them that are meant
  const text = address.replace(/[\u0000-\u0020]+/g, '');
  if (text === '') return 'empty';
  if (text.startsWith('#')) return text === '#' ? 'nowhere' : undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return text.startsWith('//') ? webFault(`https:${text}`) : 'relative';
  if (scheme === 'javascript' || scheme === 'vbscript') return 'script';
  if (scheme === 'data') return 'data';
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  return webFault(address.trim()) ?? (scheme === 'http' ? 'plain' : undefined);
}

function webFault(address: string): AddressFault | undefined {
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) return 'unparseable';
  const host = hostOf(address)!;
  if (isPrivate(host)) return 'private';
  return host.includes('.') || host.includes(':') ? undefined : 'unparseable';
}

/** The host of a web address, without the brackets of IPv6. */
export function hostOf(address: string): string | undefined {
  if (!/^https?:/i.test(address.trim()) || !URL.canParse(address.trim())) return undefined;
  return new URL(address.trim()).hostname.replace(/^\[|\]$/g, '');
}

const OWN_ENDINGS = /(^|\.)(localhost|local|internal|lan|home\.arpa|test|invalid)$/;

function isPrivate(host: string): boolean {
  if (OWN_ENDINGS.test(host)) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast';
}
