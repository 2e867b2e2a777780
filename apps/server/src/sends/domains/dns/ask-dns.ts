import { Resolver } from 'node:dns/promises';

/** What DNS says: records, that there are none, or nothing that could be relied on. */
export type DnsAnswer<Item> =
  { kind: 'found'; records: Item[] } | { kind: 'none' } | { kind: 'trouble'; problem: string };

export interface MailExchange {
  exchange: string;
  priority: number;
}

/** Questions about a name. None of them throws. */
export interface Dns {
  txt(name: string): Promise<DnsAnswer<string>>;
  mx(name: string): Promise<DnsAnswer<MailExchange>>;
  /** IPv4 and IPv6 addresses. */
  addresses(name: string): Promise<DnsAnswer<string>>;
}

export interface DnsOptions {
  /** `192.0.2.53`, `[2001:db8::53]:5353`; those of the machine if there are none. */
  servers: readonly string[];
  timeoutMs?: number;
  tries?: number;
}

/** More records of one name are nobody's, and longer texts than a key of RSA 8192 neither. */
const MOST_RECORDS = 50;
const LONGEST_TEXT = 4_096;

/** Asks name servers over UDP, and over TCP where an answer does not fit. */
export function createDns({ servers, timeoutMs = 4_000, tries = 2 }: DnsOptions): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers.length > 0) resolver.setServers([...servers]);
  return {
    txt: (name) => answerOf(resolver.resolveTxt(name), joinStrings),
    mx: (name) => answerOf(resolver.resolveMx(name), (record) => record),
    async addresses(name) {
      const four = await answerOf(resolver.resolve4(name), (address) => address);
      if (four.kind === 'found') return four;
      const six = await answerOf(resolver.resolve6(name), (address) => address);
      return six.kind === 'none' ? four : six;
    },
  };
}

/** RFC 7208 §3.3, RFC 6376 §3.6.2.2: the strings of a record are one text, without spaces between. */
function joinStrings(strings: string[]): string {
  let text = '';
  for (const part of strings) {
    if (text.length > LONGEST_TEXT) break;
    text += part;
  }
  return text.slice(0, LONGEST_TEXT);
}

async function answerOf<Raw, Item>(
  question: Promise<Raw[]>,
  read: (raw: Raw) => Item,
): Promise<DnsAnswer<Item>> {
  try {
    const records = (await question).slice(0, MOST_RECORDS).map(read);
    return records.length > 0 ? { kind: 'found', records } : { kind: 'none' };
  } catch (error) {
    return failureOf(error);
  }
}

const NOTHING = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

const WORDS: Record<string, string> = {
  ETIMEOUT: 'No answer in time.',
  ESERVFAIL: 'The name server failed (SERVFAIL).',
  EREFUSED: 'The name server refused the question.',
  ECONNREFUSED: 'The name server cannot be reached.',
  EBADRESP: 'The answer could not be read.',
  EFORMERR: 'The name server did not understand the question.',
  ENOTIMP: 'The name server does not answer such questions.',
};

function failureOf(error: unknown): { kind: 'none' } | { kind: 'trouble'; problem: string } {
  const { code = 'UNKNOWN' } = error as { code?: string };
  if (NOTHING.has(code)) return { kind: 'none' };
  return { kind: 'trouble', problem: WORDS[code] ?? `The look-up failed (${code}).` };
}
