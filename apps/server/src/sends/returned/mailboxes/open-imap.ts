import type { ImapFlow } from 'imapflow';
import type { MailboxRow } from './mailbox-queries.ts';

/** How a mailbox is logged into, its secrets opened. */
export interface ImapLogin {
  user: string;
  pass?: string;
  accessToken?: string;
}

/** A report carries at most the message it is about. */
export const MOST_MAIL_BYTES = 10_000_000;

const CONNECT_MS = 15_000;
const GREETING_MS = 15_000;
/** A server that said nothing for so long is gone, in IDLE too. */
const SILENCE_MS = 5 * 60_000;
/** RFC 2177 §3: servers may log out who idles for half an hour; firewalls forget sooner. */
const IDLE_AGAIN_MS = 4 * 60_000;

type Where = Pick<MailboxRow, 'host' | 'port' | 'security' | 'accept_any_certificate'>;

/** Connects and logs in, or throws what the server or the network said. */
export async function openImap(where: Where, login: ImapLogin): Promise<ImapFlow> {
  // Loaded when it is needed: most installations have no mailbox, and it takes some memory.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: where.host,
    port: where.port,
    secure: where.security === 'tls',
    doSTARTTLS: where.security === 'starttls',
    tls: { rejectUnauthorized: !where.accept_any_certificate },
    auth: login,
    // Its log holds addresses, and frames of the log-in.
    logger: false,
    clientInfo: { name: 'Perennial' },
    disableAutoIdle: true,
    maxIdleTime: IDLE_AGAIN_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    maxLiteralSize: MOST_MAIL_BYTES * 2,
    maxResponseSize: MOST_MAIL_BYTES * 3,
    maxLineLength: 1_000_000,
  });
  // What breaks between two commands fails the next one; unheard, it would end the program.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

export interface ImapTrouble {
  /** `refused`: by the server's own words, so trying again soon is of no use. */
  condition: 'refused' | 'failing';
  problem: string;
}

interface ImapError extends Error {
  code?: string;
  authenticationFailed?: boolean;
  /** The words of a NO or BAD. */
  responseText?: string;
  responseStatus?: string;
}

const LONGEST_PROBLEM = 500;

/** What a failure means for the mailbox, in the server's words where it had some. */
export function troubleOf(error: unknown): ImapTrouble {
  const { authenticationFailed, responseText, responseStatus, message, code } = error as ImapError;
  const refused = authenticationFailed === true || responseStatus === 'NO';
  const words = responseText || message || code || 'The connection was closed.';
  const problem = authenticationFailed ? `The log-in was refused: ${words}` : words;
  return { condition: refused ? 'refused' : 'failing', problem: problem.slice(0, LONGEST_PROBLEM) };
}
