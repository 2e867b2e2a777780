import {
  MOST_AWAITED_STARTS,
  type contactReferenceSchema,
  type workflowStartedSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { isUsableIdentifier, normalizeEmail, type Submission } from '../contacts/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { Problem, waitForItem } from '../http/index.ts';
import {
  appendWithin,
  LANES,
  type Identifier,
  type ItemOutcome,
  type JsonObject,
  type StartItem,
} from '../inbox/index.ts';
import { readWorkflow } from '../workflows/index.ts';

type ContactReference = z.output<typeof contactReferenceSchema>;

/**
 * Starts a workflow by hand: an item for each contact, kept with the audit row in one commit. A few
 * starts are waited for; many are only kept.
 */
export async function launchByCall(
  db: Pool,
  {
    workflowId,
    contacts,
    params,
    ...submission
  }: Submission & { workflowId: number; contacts: ContactReference[]; params: JsonObject },
): Promise<z.output<typeof workflowStartedSchema>> {
  const { workspaceId, by } = submission;
  const workflow = await readWorkflow(db, { workspaceId, id: workflowId });
  if (workflow.state !== 'active') {
    throw new Problem('conflict', { detail: 'Only an active workflow can be started.' });
  }
  const items = contacts.map((contact, i): StartItem => ({
    kind: 'start',
    ids: [identifierOf(contact, i)],
    at: by.at.getTime(),
    source: by.actor.kind === 'user' ? 'manual' : 'api',
    workflowId,
    params,
  }));
  const awaited = items.length <= MOST_AWAITED_STARTS;
  const outcomes = await submitAll(db, { ...submission, workflowId, items, awaited });
  if (!outcomes) return { accepted: items.length, runs: null, refused: null, job: null };
  return {
    accepted: items.length,
    runs: outcomes.flatMap((told) => (told.ok ? [Number(told['run'])] : [])),
    refused: outcomes.flatMap((told, index) =>
      told.ok ? [] : [{ index, reason: reasonOf(told) }],
    ),
    job: null,
  };
}

async function submitAll(
  db: Pool,
  {
    workspaceId,
    by,
    clock,
    results,
    repetition,
    workflowId,
    items,
    awaited,
  }: Submission & { workflowId: number; items: StartItem[]; awaited: boolean },
): Promise<ItemOutcome[] | undefined> {
  const outcomes = await waitForItem({
    repetition,
    append: (ticket, keep) =>
      inTransaction(db, async (tx) => {
        await writeAudit(tx, {
          by,
          action: 'workflow.start',
          object: { kind: 'workflow', id: workflowId },
          after: { contacts: items.length },
        });
        const kept = awaited
          ? items.map((item, i) => ({ ...item, ticket: `${ticket} ${i}` }))
          : items;
        await keep(tx);
        await appendWithin(tx, { workspaceId, lane: LANES.interactive, items: kept, clock });
      }),
    wait: async (ticket) => {
      if (!awaited) return [];
      const told = await Promise.all(items.map((_, i) => results.wait(`${ticket} ${i}`)));
      return told.every((outcome) => outcome !== undefined) ? told : undefined;
    },
  });
  return awaited ? outcomes : undefined;
}

/** The check that refused, or what is wrong with the contact. */
function reasonOf(outcome: Extract<ItemOutcome, { ok: false }>): string {
  return outcome.code === 'not_started' ? outcome.message : outcome.code;
}

function identifierOf(contact: ContactReference, index: number): Identifier {
  if (typeof contact === 'number') return ['contact', String(contact)];
  if ('external_id' in contact) {
    if (isUsableIdentifier(contact.external_id)) return ['external_id', contact.external_id];
  } else {
    const email = normalizeEmail(contact.email);
    if (email !== undefined) return ['email', email];
  }
  throw new Problem('invalid_request', {
    errors: [{ path: `/contacts/${index}`, message: 'This identifies nobody.', in: 'body' }],
  });
}
