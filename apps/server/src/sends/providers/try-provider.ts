import { randomBytes } from 'node:crypto';
import { composeEmail, createDkimSigner, parseMailbox } from '@perennial/channels/providers';
import type { EmailParts, OutgoingMessage, SendOutcome } from '@perennial/channels/providers';
import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { ownDomainOf, type Mailing } from '../../messages/index.ts';
import { createOwnMailings } from '../domains/own-mailing.ts';
import { checkAddress } from '../send-test.ts';
import { domainOf, readProvider, type ProviderSurroundings } from './open-provider.ts';
import { recordCheck, type ProviderRow } from './provider-queries.ts';

export interface Trial {
  row: ProviderRow;
  to: string;
  by: Origin;
}

/**
 * Sends a short message through this very provider, whether or not it is the one that is used now,
 * and answers what it said. No send, no delivery, no facts.
 */
export async function tryProvider(
  db: Pool,
  parts: ProviderSurroundings,
  { row, to, by }: Trial,
): Promise<SendOutcome> {
  const read = readProvider(row, parts);
  if (read.kind === 'broken') throw refused(read.problem);
  if (read.kind === 'inside' || !read.mailing) {
    throw refused('This provider sends no e-mail out.');
  }
  const { workspace_id: workspaceId, channel } = row;
  const address = await checkAddress(db, { workspaceId, channel, to, now: by.at });
  const ownMailings = createOwnMailings(db, parts);
  const mailing = { ...read.mailing, own: await ownMailings.get(workspaceId) };
  const message = await trialMessage(mailing, { to: address, name: row.name, now: by.at });
  const provider = read.open();
  try {
    const outcome = await provider.send(message);
    await remember(db, { row, outcome, by });
    return outcome;
  } finally {
    await provider.close();
  }
}

/** A message that was refused for its address says nothing about the provider. */
async function remember(
  db: Pool,
  { row, outcome, by }: { row: ProviderRow; outcome: SendOutcome; by: Origin },
): Promise<void> {
  const problem = outcome.kind === 'accepted' ? null : (outcome.answer ?? outcome.reason);
  if (outcome.kind !== 'rejected') await recordCheck(db, { id: row.id, problem, now: by.at });
  await inTransaction(db, (tx) =>
    writeAudit(tx, {
      by,
      action: 'provider.try',
      object: { kind: 'provider', id: row.id },
      after: { outcome: outcome.kind },
    }),
  );
}

async function trialMessage(
  mailing: Mailing,
  { to, name, now }: { to: string; name: string; now: Date },
): Promise<OutgoingMessage> {
  const from = parseMailbox(mailing.from);
  if (!from) throw refused(`The sender "${mailing.from}" is not an e-mail address.`);
  const key = `try_${randomBytes(8).toString('hex')}`;
  const text = `This is a test of the provider "${name}".\n\nIf you can read it, mail arrives.`;
  const parts: EmailParts = {
    from,
    to: { name: '', address: to },
    subject: `Test of ${name}`,
    text,
    html: `<p>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace('\n\n', '</p><p>')}</p>`,
    messageId: `${key}@${domainOf(mailing)}`,
    date: now,
    boundary: key,
    headers: {},
  };
  const common = { address: to, key, transactional: true, content: {} };
  if (mailing.takes === 'parts') return { ...common, parts };
  const { raw, ...envelope } = composeEmail(parts);
  const dkim = (mailing.signs && ownDomainOf(mailing.own, from)?.dkim) || mailing.dkim;
  const signed = dkim ? createDkimSigner(dkim).sign(raw) : raw;
  return { ...common, mail: { raw: signed, ...envelope } };
}

function refused(detail: string): Problem {
  return new Problem('unprocessable', { detail });
}
