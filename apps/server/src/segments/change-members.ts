import { writeAudit } from '../audit/index.ts';
import { findContactsMeant, type ContactRef, type Submission } from '../contacts/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { Problem, waitForItem } from '../http/index.ts';
import { appendWithin, LANES, type ItemOutcome, type MembershipItem } from '../inbox/index.ts';

export interface MembersToChange extends Submission {
  segmentId: number;
  add: readonly ContactRef[];
  remove: readonly ContactRef[];
}

export interface MembersChanged {
  added: number;
  removed: number;
  unchanged: number;
  notFound: ContactRef[];
}

interface Wanted {
  contactId: number;
  enters: boolean;
}

/**
 * Puts contacts into a list and takes others out, which is an item for each of them, and answers
 * when all were applied. Who is named twice is added.
 */
export async function changeMembers(db: Pool, options: MembersToChange): Promise<MembersChanged> {
  const { workspaceId, add, remove } = options;
  const refs = [...remove, ...add];
  const meant = await findContactsMeant(db, { workspaceId, refs });
  const wanted = new Map<number, Wanted>();
  meant.forEach((contactId, i) => {
    if (contactId !== undefined) wanted.set(contactId, { contactId, enters: i >= remove.length });
  });
  const changes = [...wanted.values()];
  const outcomes = changes.length > 0 ? await submit(db, options, changes) : [];
  const changed = changes.filter((_, i) => isChanged(outcomes[i]));
  return {
    added: changed.filter(({ enters }) => enters).length,
    removed: changed.filter(({ enters }) => !enters).length,
    unchanged: outcomes.filter((outcome) => outcome.ok && !isChanged(outcome)).length,
    notFound: [
      ...refs.filter((_, i) => meant[i] === undefined),
      // Deleted while the call was under way.
      ...changes.filter((_, i) => outcomes[i]?.ok === false).map(({ contactId }) => contactId),
    ],
  };
}

function isChanged(outcome: ItemOutcome | undefined): boolean {
  return outcome?.ok === true && Number(outcome['changed']) > 0;
}

/** Each item has a ticket of its own under the call's. */
async function submit(
  db: Pool,
  { workspaceId, segmentId, by, clock, results, repetition }: MembersToChange,
  changes: Wanted[],
): Promise<ItemOutcome[]> {
  const outcomes = await waitForItem({
    repetition,
    append: (ticket, keep) =>
      inTransaction(db, async (tx) => {
        const items = changes.map(({ contactId, enters }): MembershipItem => ({
          kind: 'membership',
          ids: [['contact', String(contactId)]],
          at: by.at.getTime(),
          source: by.actor.kind === 'user' ? 'manual' : 'api',
          lists: enters ? { add: [segmentId] } : { remove: [segmentId] },
          ticket: `${ticket} ${contactId}`,
        }));
        await writeAudit(tx, {
          by,
          action: 'segment.members',
          object: { kind: 'segment', id: segmentId },
          after: {
            added: idsOf(changes.filter(({ enters }) => enters)),
            removed: idsOf(changes.filter(({ enters }) => !enters)),
          },
        });
        await keep(tx);
        await appendWithin(tx, { workspaceId, lane: LANES.interactive, items, clock });
      }),
    async wait(ticket) {
      const tickets = changes.map(({ contactId }) => `${ticket} ${contactId}`);
      // They are applied together, so that one answer nearly always means all.
      if ((await results.wait(tickets.at(-1)!)) === undefined) return undefined;
      const told = await Promise.all(tickets.map((own) => results.wait(own)));
      return told.every((outcome) => outcome !== undefined) ? told : undefined;
    },
  });
  if (!outcomes.some((outcome) => !outcome.ok && outcome.code === 'list_not_found'))
    return outcomes;
  throw new Problem('conflict', { detail: 'The list was deleted while the call was under way.' });
}

function idsOf(changes: Wanted[]): string[] {
  return changes.map(({ contactId }) => String(contactId));
}
