import { FETCH_LIMITS } from './fetch-call.ts';

/**
 * Where an address leads, as its writer wrote it: scheme and host stand there, so that no value of a
 * contact can lead a request elsewhere. Liquid may stand before it, to leave it out for some.
 */
export function originOf(source: string): string {
  const written = source.replace(/^(?:\s|\{%[^]*?%\})+/, '');
  const origin = /^https?:\/\/[^/?#\s{}]+(?=[/?#]|$)/i.exec(written)?.[0];
  if (!origin || !URL.canParse(origin)) {
    throw new Error('The address begins with https:// and a host, both written out.');
  }
  const { username, password, origin: clean } = new URL(origin);
  if (username || password) throw new Error('The address must not hold a password.');
  return clean;
}

/** The address that Liquid made, if it still leads to where it was written to lead. */
export function checkUrl(text: string, origin: string): string {
  if (text.length > FETCH_LIMITS.urlLength) {
    throw new Error(`The address to fetch is longer than ${FETCH_LIMITS.urlLength} characters.`);
  }
  if (!URL.canParse(text)) throw new Error(`"${text.slice(0, 200)}" is no address to fetch.`);
  const url = new URL(text);
  if (url.origin !== origin) throw new Error(`"${text.slice(0, 200)}" leads to another host.`);
  url.hash = '';
  return url.href;
}
