import { readIndexedRules } from '../contacts/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { LANES, type EventItem, type Identifier } from '../inbox/index.ts';
import { readIdentityRules } from './resolve/identity-rules.ts';
import { lookups } from './resolve/resolve-batch.ts';
import { resolveItems } from './resolve/resolve-items.ts';

export interface EventPreview {
  /** Whose the event would be; null: a new contact's, or nobody's. */
  contactId: number | null;
  /** A contact would be created. */
  creates: boolean;
  /** Contacts that have each identifier, in its order. */
  owners: number[][];
}

/** What the resolver would decide about an event now. Nothing is written. */
export async function previewEvent(
  db: Pool,
  { workspaceId, item, now }: { workspaceId: number; item: EventItem; now: Date },
): Promise<EventPreview> {
  return inTransaction(db, async (tx) => {
    const asked = lookups(tx, workspaceId);
    const { stamped } = await resolveItems(
      { ...asked, mint: noIds, mintMerges: noIds },
      {
        workspaceId,
        arrived: [{ item, lane: LANES.stream, receivedAt: now.getTime() }],
        rules: await readIdentityRules(tx, { workspaceId }),
        indexed: await readIndexedRules(tx, { workspaceId }),
      },
    );
    const own = stamped.find((entry) => entry.item === item);
    const creates = own?.minted === true;
    return {
      contactId: !own || creates || own.contactId === 0 ? null : own.contactId,
      creates,
      owners: await ownersOf(tx, { workspaceId, ids: item.ids }),
    };
  });
}

/** Any number will do for what is not made. */
async function noIds(n: number): Promise<number[]> {
  return Array.from({ length: n }, (_, i) => -1 - i);
}

async function ownersOf(
  tx: Tx,
  { workspaceId, ids }: { workspaceId: number; ids: Identifier[] },
): Promise<number[][]> {
  const asked = lookups(tx, workspaceId);
  return Promise.all(
    ids.map(async ([kind, value]) => {
      const rows = await asked.find(new Map([[kind, new Set([value])]]));
      const owners = rows.map((row) => row.contactId);
      return kind === 'contact' && owners.length === 0 ? asked.existing([Number(value)]) : owners;
    }),
  );
}
