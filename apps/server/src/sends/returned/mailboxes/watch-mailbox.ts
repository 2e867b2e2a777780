import type { ImapFlow } from 'imapflow';
import type { HttpPort } from '@perennial/channels/providers';
import type { SecretBox } from '../../../secret/index.ts';
import { loginOf, mailboxSecrets } from './access-token.ts';
import { backOff } from './back-off.ts';
import { releaseMailbox, renewLease, type Lease, type MailboxRow } from './mailbox-queries.ts';
import { openImap, troubleOf } from './open-imap.ts';
import { LeaseLost, readFolder, type ReadParts } from './read-folder.ts';

export interface WatchParts extends ReadParts {
  box: Pick<SecretBox, 'open'>;
  http: HttpPort;
  /** A mailbox could not be read; it says so itself, and is tried again. */
  onTrouble: (row: MailboxRow, problem: string) => void;
}

export interface Watch {
  /** Resolves when the mailbox is given back, whatever the reason. */
  ended: Promise<void>;
  stop(): void;
}

/** So long a lease lasts unless it is renewed: the time after which another process takes over. */
export const LEASE_MS = 90_000;
/** Without IDLE, and in case IDLE says nothing, the folder is looked at as often. */
const RENEW_MS = 30_000;

/**
 * Looks into one mailbox until it is stopped, changed, or cannot be read: everything that is there,
 * then whatever comes, as soon as the server says so. The caller holds the lease.
 */
export function watchMailbox(
  parts: WatchParts,
  { row, lease }: { row: MailboxRow; lease: Lease },
): Watch {
  const { pool, clock } = parts;
  let over = false;
  let client: ImapFlow | undefined;
  let wake: () => void = () => undefined;
  let wasWell = false;
  let renewedAt = clock().getTime();

  async function renew(): Promise<void> {
    const now = clock();
    renewedAt = now.getTime();
    const until = new Date(now.getTime() + LEASE_MS);
    if (!(await renewLease(pool, { lease, until, now }))) throw new LeaseLost();
    wasWell = true;
  }

  /** A folder of many mails takes longer than a lease. */
  async function alive(): Promise<void> {
    if (clock().getTime() - renewedAt >= RENEW_MS) await renew();
  }

  async function look(): Promise<void> {
    const secrets = mailboxSecrets.parse(JSON.parse(parts.box.open(row.secrets)));
    const opened = await openImap(row, await loginOf(parts.http, { row, secrets }));
    client = opened;
    if (over) return;
    opened.on('exists', () => wake());
    opened.on('close', () => wake());
    await opened.mailboxOpen(row.folder);
    if (row.move_to !== null) await opened.mailboxCreate(row.move_to);
    await renew();
    while (!over) {
      const quiet = nextNews();
      await readFolder(parts, { client: opened, row, lease, isOver: () => over, alive });
      await waitFor(opened, quiet);
      if (!over) await renew();
    }
  }

  /** Resolves at the next word of the server, at the latest when the lease is to be renewed. */
  function nextNews(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, RENEW_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (over) wake();
    });
  }

  async function waitFor(opened: ImapFlow, quiet: Promise<void>): Promise<void> {
    if (!opened.usable) throw new Error('The server closed the connection.');
    const idling = opened.idle().catch(() => false);
    await quiet;
    if (over) return;
    // Any command ends IDLE; this one also finds out whether somebody is still there.
    await opened.noop();
    await idling;
    if (!opened.usable) throw new Error('The server closed the connection.');
  }

  async function run(): Promise<void> {
    try {
      await look();
      await release();
    } catch (error) {
      if (error instanceof LeaseLost) return;
      if (over) return release();
      await failed(error);
    } finally {
      client?.close();
    }
  }

  async function release(): Promise<void> {
    await releaseMailbox(pool, { lease, now: clock() });
  }

  async function failed(error: unknown): Promise<void> {
    const { condition, problem } = troubleOf(error);
    const now = clock();
    const failures = (wasWell ? 0 : row.failures) + 1;
    const nextAt = new Date(now.getTime() + backOff({ condition, failures }));
    await releaseMailbox(pool, { lease, trouble: { condition, problem, failures, nextAt }, now });
    parts.onTrouble(row, problem);
  }

  return {
    ended: run(),
    stop() {
      over = true;
      wake();
      client?.close();
    },
  };
}
