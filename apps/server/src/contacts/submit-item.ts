import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { notFound, Problem, waitForItem, type Origin } from '../http/index.ts';
import {
  appendWithin,
  LANES,
  type InboxItem,
  type ItemOutcome,
  type Results,
} from '../inbox/index.ts';

/** A call of the management API that changes something by an item. */
export interface Submission {
  workspaceId: number;
  by: Origin;
  clock: () => Date;
  results: Pick<Results, 'wait'>;
  repetition: Parameters<typeof waitForItem>[0]['repetition'];
}

/**
 * Appends the item with its audit row in one commit, and waits until it was applied. Throws what
 * the pipeline refused.
 */
export async function submitItem(
  db: Pool,
  { workspaceId, by, clock, results, repetition }: Submission,
  {
    itemOf,
    audit,
  }: {
    itemOf: (ticket: string) => InboxItem;
    audit: {
      action: string;
      object: { kind: string; id: number | string | null };
      before?: unknown;
      after?: unknown;
    };
  },
): Promise<Extract<ItemOutcome, { ok: true }> & { ticket: string }> {
  let sent = repetition.ticket ?? '';
  const outcome = await waitForItem({
    repetition,
    append: (ticket, keep) =>
      inTransaction(db, async (tx) => {
        sent = ticket;
        await writeAudit(tx, { by, ...audit });
        const items = [itemOf(ticket)];
        await keep(tx);
        await appendWithin(tx, { workspaceId, lane: LANES.interactive, items, clock });
      }),
    wait: (ticket) => results.wait(ticket),
  });
  if (outcome.ok) return { ...outcome, ticket: sent };
  throw refusalOf(outcome);
}

function refusalOf(outcome: Extract<ItemOutcome, { ok: false }>): Problem {
  const { code, message } = outcome;
  if (code === 'contact_not_found') return notFound('contact');
  if (code !== 'invalid_fields') return new Problem('conflict', { detail: message });
  const errors = outcome['errors'] as unknown as FieldError[];
  return new Problem('invalid_request', { detail: message, errors: errors.map(atMember) });
}

interface FieldError {
  /** A field's key in the segment language. */
  path: string;
  message: string;
}

/** What is wrong with a field, told of the member it came by. */
export function atMember({ path, message }: FieldError): FieldError & { in: 'body' } {
  const [, room, name = path] = /^(custom|address)\.(.+)$/s.exec(path) ?? [];
  const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
  return { path: `${room ? `/${room}` : ''}/${escaped}`, message, in: 'body' };
}
