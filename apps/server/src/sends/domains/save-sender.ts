import { parseMailbox } from '@perennial/channels/providers';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import { domainOfAddress } from './dns/domain-names.ts';
import { listDomains } from './domain-queries.ts';
import { nearestDomain } from './domain-uses.ts';
import {
  deleteSender,
  dropDefault,
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
    is_default: boolean;
  },
): Promise<SenderRow> {
  const address = checkAddress(given.address, '/address');
  const replyTo = given.reply_to === undefined ? null : checkAddress(given.reply_to, '/reply_to');
  return inTransaction(db, async (tx) => {
    await lockWorkspace(tx, { id: workspaceId });
    const own = domainOfAddress(address) ?? '';
    const domain = nearestDomain(own, await listDomains(tx, { workspaceId }));
    if (!domain) {
      throw faulty('/address', 'Is at none of your sender domains: add its domain first.');
    }
    if ((await listAllSenders(tx, { workspaceId })).length >= MOST_SENDERS) {
      throw new Problem('conflict', { detail: `A workspace has at most ${MOST_SENDERS} senders.` });
    }
    if (given.is_default) await dropDefault(tx, { workspaceId });
    const id = await insertSender(tx, {
      workspaceId,
      sender: {
        name,
        address,
        reply_to: replyTo,
        domain_id: domain.id,
        is_default: given.is_default,
      },
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
  }: Whose & {
    name?: string | undefined;
    reply_to?: string | null | undefined;
    is_default?: boolean | undefined;
  },
): Promise<SenderRow> {
  const replyTo =
    typeof given.reply_to === 'string' ? checkAddress(given.reply_to, '/reply_to') : given.reply_to;
  return inTransaction(db, async (tx) => {
    // Of two that are made the default at once, the later one is.
    await lockWorkspace(tx, { id: workspaceId });
    const before = await lock(tx, { workspaceId, id });
    const sender = {
      is_default: given.is_default ?? before.is_default,
      name: given.name ?? before.name,
      reply_to: replyTo === undefined ? before.reply_to : replyTo,
    };
    if (sender.is_default) await dropDefault(tx, { workspaceId });
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

function auditView({ name, address, reply_to, is_default }: SenderRow) {
  return { name, address, reply_to, is_default };
}
