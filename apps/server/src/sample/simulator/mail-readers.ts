import { MINUTE_MS } from '../people/local-time.ts';
import type { Random } from '../random.ts';

/** A message that the sandbox took instead of a mail server. */
export interface ReceivedMail {
  delivery_id: number;
  address: string;
  html: string;
}

/** Opens mail and follows its links, over HTTP, as mail programs do. */
export interface MailReaders {
  receive(mails: ReceivedMail[], now: number): void;
  /** Answers the addresses of those who followed a link just now. */
  read(now: number): Promise<string[]>;
}

interface Reading {
  at: number;
  address: string;
  /** Below our own base URL. */
  path: string;
  agent: string;
  click: boolean;
}

const MOST_READINGS = 500;
const OPENS = 0.58;
const CLICKS = 0.42;
const REQUEST_MS = 5000;

const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
];

export function createMailReaders({
  baseUrl,
  publicUrl,
  random,
  onError,
  signal,
}: {
  baseUrl: string;
  /** What links in messages begin with. */
  publicUrl: string;
  random: Random;
  onError: (cause: unknown) => void;
  /** Gives up what is being requested. */
  signal: AbortSignal;
}): MailReaders {
  let readings: Reading[] = [];

  async function request({ path, agent }: Reading): Promise<void> {
    const response = await fetch(`${baseUrl}${path}`, {
      // Where the link leads is not ours to visit.
      redirect: 'manual',
      headers: { 'user-agent': agent },
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]),
    });
    await response.body?.cancel();
  }

  return {
    receive(mails, now) {
      for (const mail of mails) {
        if (readings.length >= MOST_READINGS) return;
        readings.push(...plansFor(mail, { publicUrl, random, now }));
      }
    },
    async read(now) {
      const due = readings.filter((reading) => reading.at <= now);
      readings = readings.filter((reading) => reading.at > now);
      await Promise.all(due.map((reading) => request(reading).catch(onError)));
      return due.filter((reading) => reading.click).map((reading) => reading.address);
    },
  };
}

function plansFor(
  { address, html }: ReceivedMail,
  { publicUrl, random, now }: { publicUrl: string; random: Random; now: number },
): Reading[] {
  if (!random.chance(OPENS)) return [];
  const agent = random.pick(AGENTS);
  // Half a minute for those who wait for it, up to a quarter of an hour for the others.
  const at = now + 10_000 + random.next() ** 3 * 15 * MINUTE_MS;
  const { pixel, links } = pathsIn(html, publicUrl);
  const readings: Reading[] = [];
  if (pixel !== undefined) readings.push({ at, address, path: pixel, agent, click: false });
  if (links.length > 0 && random.chance(CLICKS)) {
    const path = random.chance(0.8) ? links[0]! : random.pick(links);
    readings.push({ at: at + random.int(4, 30) * 1000, address, path, agent, click: true });
  }
  return readings;
}

/** The open pixel and the tracked links of a message, as paths of our own. */
export function pathsIn(
  html: string,
  publicUrl: string,
): { pixel: string | undefined; links: string[] } {
  const own = [...html.matchAll(/(?:href|src)="([^"]+)"/g)]
    .map((match) => match[1]!)
    .filter((url) => url.startsWith(`${publicUrl}/`))
    .map((url) => url.slice(publicUrl.length));
  return {
    pixel: own.find((path) => path.startsWith('/o/')),
    links: own.filter((path) => path.startsWith('/r/')),
  };
}
