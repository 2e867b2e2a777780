import type { ImapFlow } from 'imapflow';
import { inTransaction, type Pool } from '../../../db/index.ts';
import { applyMail, readMail, type ReturnParts, type TakenMail } from '../take-returned-mail.ts';
import {
  beginFolder,
  forgetTidied,
  listUntidied,
  noteMail,
  type Lease,
  type MailboxRow,
} from './mailbox-queries.ts';
import { MOST_MAIL_BYTES } from './open-imap.ts';
import { recipientsOf } from './recipients-of.ts';

export interface ReadParts extends ReturnParts {
  clock: () => Date;
  onTaken: (taken: TakenMail) => void;
}

export interface ReadQuestion {
  client: ImapFlow;
  row: MailboxRow;
  lease: Lease;
  /** True once no more is to be read: the program stops. */
  isOver: () => boolean;
  /** Called between two mails, so that the lease does not run out over many of them. */
  alive: () => Promise<void>;
}

/** The mailbox is somebody else's now, or its settings were changed. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** So many are put away with one command. */
const TIDY_AT_ONCE = 100;
/** So many UIDs are asked for their mail before the folder is looked at again. */
const MOST_AT_ONCE = 500;

/**
 * Reads every mail that came to the folder since the last time. What a mail says and how far the
 * folder is read are committed together; only then is it marked, moved or deleted, and what a crash
 * left in between is put away first.
 */
export async function readFolder(parts: ReadParts, question: ReadQuestion): Promise<void> {
  const { client, lease, row } = question;
  if (client.mailbox === false) throw new Error('No folder is open.');
  const uidValidity = Number(client.mailbox.uidValidity);
  const from = await beginFolder(parts.pool, { lease, uidValidity });
  if (from === undefined) throw new LeaseLost();
  await tidy(parts.pool, { client, row, uidValidity });
  for (let last = from; !question.isOver();) {
    const uids = await newUids(client, last);
    if (uids.length === 0) return;
    for (const uid of uids) {
      if (question.isOver()) break;
      await question.alive();
      await readOne(parts, { ...question, uidValidity, uid });
    }
    last = uids.at(-1)!;
    await tidy(parts.pool, { client, row, uidValidity });
  }
}

async function searchUids(client: ImapFlow, uid: string): Promise<number[]> {
  const found = await client.search({ uid }, { uid: true });
  return done(found, 'The folder could not be searched.') ?? [];
}

/** The client answers false where the server, or the line, did not do what was asked. */
function done<Answer>(answer: Answer | false, problem: string): Answer {
  if (answer === false) throw new Error(problem);
  return answer;
}

/** `n:*` names the last mail even if its UID is lower (RFC 3501 §6.4.8). */
async function newUids(client: ImapFlow, last: number): Promise<number[]> {
  const uids = await searchUids(client, `${last + 1}:*`);
  return uids
    .filter((uid) => uid > last)
    .sort((a, b) => a - b)
    .slice(0, MOST_AT_ONCE);
}

async function readOne(
  parts: ReadParts,
  { client, lease, row, uidValidity, uid }: ReadQuestion & { uidValidity: number; uid: number },
): Promise<void> {
  const fetched = await client.fetchOne(
    String(uid),
    { source: { maxLength: MOST_MAIL_BYTES } },
    { uid: true },
  );
  const raw = fetched === false ? undefined : fetched.source;
  if (raw === undefined) {
    // Passing over one that is there would lose it.
    const isThere = (await searchUids(client, String(uid))).includes(uid);
    if (isThere) throw new Error(`The mail with the UID ${uid} could not be fetched.`);
    return;
  }
  const { workspace_id: workspaceId } = row;
  const now = parts.clock();
  const mail = await readMail(parts, { raw, to: recipientsOf(raw) });
  const taken = await inTransaction(
    parts.pool,
    async (tx) => {
      const outcome = await applyMail(tx, { mail, workspaceId, slots: parts.slots, now });
      const isOurs = await noteMail(tx, { lease, uidValidity, uid, taken: outcome, now });
      // Rolls back what the mail said: whoever holds the mailbox now reads it.
      if (!isOurs) throw new LeaseLost();
      return outcome;
    },
    { retries: 5 },
  );
  parts.onTaken(taken);
}

/** Puts away at the server what was read; doing so twice is as good as once. */
async function tidy(
  pool: Pool,
  { client, row, uidValidity }: { client: ImapFlow; row: MailboxRow; uidValidity: number },
): Promise<void> {
  for (;;) {
    const uids = await listUntidied(pool, { id: row.id, uidValidity, most: TIDY_AT_ONCE });
    if (uids.length === 0) return;
    await putAway(client, { row, uids });
    await forgetTidied(pool, { id: row.id, uidValidity, uids });
  }
}

async function putAway(
  client: ImapFlow,
  { row, uids }: { row: MailboxRow; uids: readonly number[] },
): Promise<void> {
  const range = uids.join(',');
  const how = { uid: true };
  if (row.afterwards === 'delete') {
    done(await client.messageDelete(range, how), 'Mail could not be deleted.');
    return;
  }
  done(await client.messageFlagsAdd(range, ['\\Seen'], how), 'Mail could not be marked as read.');
  if (row.afterwards === 'move') {
    const problem = `Mail could not be moved to "${row.move_to}".`;
    done(await client.messageMove(range, row.move_to!, how), problem);
  }
}
