import { parseMailbox } from '@perennial/channels/providers';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import { domainOfAddress } from './dns/domain-names.ts';
import { listDomains, type SenderDomainRow } from './domain-queries.ts';
import {
  deleteSender,
  findSender,
  insertSender,
  listAllSenders,
  updateSender,
  type SenderRow,
} from './sender-queries.ts';

const MOST_SENDERS = 500;

interface Whose {
  workspaceId: number;
  id: number;
  by: Origin;
}

export async function addSender(
  db: Pool,
  {
    workspaceId,
    by,
    name,
    ...given
  }: {
    workspaceId: number;
    by: Origin;
    name: string;
    address: string;
    reply_to?: string | undefined;
  },
): Promise<SenderRow> {
  const address = checkAddress(given.address, '/address');
  const replyTo = given.reply_to === undefined ? null : checkAddress(given.reply_to, '/reply_to');
  return inTransaction(db, async (tx) => {
    await lockWorkspace(tx, { id: workspaceId });
    const domain = domainAbove(address, await listDomains(tx, { workspaceId }));
    if (!domain) {
      throw faulty('/address', 'Is at none of your sender domains: add its domain first.');
    }
    if ((await listAllSenders(tx, { workspaceId })).length >= MOST_SENDERS) {
      throw new Problem('conflict', { detail: `A workspace has at most ${MOST_SENDERS} senders.` });
    }
    const id = await insertSender(tx, {
      workspaceId,
      sender: { name, address, reply_to: replyTo, domain_id: domain.id },
      now: by.at,
    });
    if (id === undefined) {
      throw new Problem('already_exists', { detail: `${address} is a sender already.` });
    }
    const sender = await findSender(tx, { workspaceId, id });
    await writeAudit(tx, {
      by,
      action: 'sender.create',
      object: { kind: 'sender', id },
      after: auditView(sender!),
    });
    return sender!;
  });
}

export async function changeSender(
  db: Pool,
  {
    workspaceId,
    id,
    by,
    ...given
  }: Whose & { name?: string | undefined; reply_to?: string | null | undefined },
): Promise<SenderRow> {
  const replyTo =
    typeof given.reply_to === 'string' ? checkAddress(given.reply_to, '/reply_to') : given.reply_to;
  return inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    const sender = {
      name: given.name ?? before.name,
      reply_to: replyTo === undefined ? before.reply_to : replyTo,
    };
    await updateSender(tx, { id, sender, now: by.at });
    const changes = changesBetween(auditView(before), auditView({ ...before, ...sender }));
    if (changes) {
      const object = { kind: 'sender', id };
      await writeAudit(tx, { by, action: 'sender.change', object, ...changes });
    }
    return (await findSender(tx, { workspaceId, id }))!;
  });
}

/** Messages that name it keep doing so. */
export async function removeSender(db: Pool, { workspaceId, id, by }: Whose): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    await deleteSender(tx, { id });
    await writeAudit(tx, {
      by,
      action: 'sender.delete',
      object: { kind: 'sender', id },
      before: auditView(before),
    });
  });
}

async function lock(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SenderRow> {
  const sender = await findSender(tx, { workspaceId, id, lock: true });
  if (!sender) throw notFound('sender');
  return sender;
}

/** The domain of the address, else the nearest one above it. */
function domainAbove(
  address: string,
  domains: readonly SenderDomainRow[],
): SenderDomainRow | undefined {
  const own = domainOfAddress(address) ?? '';
  return domains
    .filter(({ domain }) => own === domain || own.endsWith(`.${domain}`))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
}

/** A bare address, its domain as DNS knows it. */
function checkAddress(text: string, path: string): string {
  const mailbox = parseMailbox(text);
  const domain = mailbox && domainOfAddress(mailbox.address);
  if (!mailbox || mailbox.name !== '' || domain === undefined) {
    throw faulty(path, 'Is not an e-mail address.');
  }
  return `${mailbox.address.slice(0, mailbox.address.lastIndexOf('@'))}@${domain}`;
}

function faulty(path: string, message: string): Problem {
  return new Problem('unprocessable', {
    detail: `${path}: ${message}`,
    errors: [{ path, message, in: 'body' }],
  });
}

function auditView({ name, address, reply_to }: SenderRow) {
  return { name, address, reply_to };
}
