import type { Db, Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { IndexItem, Json } from '../inbox/index.ts';
import { enqueueJob, type JobRow, type Slice, type Work, type WorkKind } from '../jobs/index.ts';
import { lockSlots, readSlotCount } from '../slots/index.ts';
import type { SetAt } from './contact-state.ts';
import { readCustomRules, ruleOf } from './field-catalogue.ts';
import type { FieldRule } from './normalize-value.ts';

/** Known by a well-known parameter name, so always an identifier. */
const ALWAYS_INDEXED = 'contact_key';

/** Fields whose values are identifiers, by their keys in the segment language. */
export async function readIndexedFields(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<Map<number, Set<string>>> {
  const { rows } = await db.query<{ workspace_id: number; field: string }>(
    `select workspace_id, field from indexed_fields where workspace_id = any($1)`,
    [workspaceIds],
  );
  const indexed = new Map(workspaceIds.map((id) => [id, new Set([ALWAYS_INDEXED])]));
  for (const row of rows) indexed.get(row.workspace_id)!.add(row.field);
  return indexed;
}

/** Their rules; fields that are archived index nothing. */
export async function readIndexedRules(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, FieldRule>> {
  const indexed = await readIndexedFields(db, { workspaceIds: [workspaceId] });
  const fields = [...indexed.get(workspaceId)!];
  // Most workspaces have no rule of their own, and this is asked for every batch.
  const custom = fields.length > 1 ? await readCustomRules(db, { workspaceId }) : new Map();
  return new Map(
    fields.flatMap((field) => {
      const rule = ruleOf(custom, field);
      return rule ? [[field, rule] as const] : [];
    }),
  );
}

/**
 * From now on the field's values are identifiers; those that contacts have already follow by the
 * job. Undefined: they are, or are about to be. The caller raises the config_version.
 */
export async function indexField(
  tx: Tx,
  { workspaceId, field, by }: { workspaceId: number; field: string; by: Origin },
): Promise<JobRow | undefined> {
  if (field === ALWAYS_INDEXED) return undefined;
  const { rowCount } = await tx.query(
    `insert into indexed_fields (workspace_id, field, created_at) values ($1, $2, $3)
         on conflict on constraint indexed_fields_pkey do nothing`,
    [workspaceId, field, by.at],
  );
  if (rowCount === 0) return undefined;
  return enqueueJob(tx, { workspaceId, kind: fieldIndexing.kind, input: { field }, by });
}

/** Contacts of one slice. */
const AT_ONCE = 2000;

/**
 * Goes once through the contacts there are. What changes meanwhile is indexed by whoever changes
 * it; each value carries the time at which it was set, so the two may come in any order.
 */
export const fieldIndexing: WorkKind = {
  kind: 'contacts.index_field',
  right: 'settings.write',
  about: ({ field }) => ({ field: field ?? null }),
  async slice(tx, work, { now }): Promise<Slice> {
    // Batches that began before the field was indexed have ended, and their changes can be read.
    if (work.cursor === null) {
      await waitForBatches(tx);
      return { cursor: { after: 0 }, next: 'go on' };
    }
    const after = work.cursor['after'] as number;
    const rows = await readValues(tx, work, after);
    const reached = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) await markDone(tx, work, now);
    return {
      cursor: { after: reached ?? after },
      next: rows.length < AT_ONCE ? 'finished' : 'go on',
      done: rows.length,
      items: rows.map((row) => itemOf(work, row)),
    };
  },
};

/** Until the batches that are under way have ended. */
export async function waitForBatches(tx: Tx): Promise<void> {
  const n = await readSlotCount(tx);
  await lockSlots(tx, { slots: Array.from({ length: n }, (_, slot) => slot) });
}

interface ValueRow {
  id: number;
  value: Json;
  set_at: SetAt | null;
}

/** Deleted contacts keep their identifiers; merged ones gave theirs away. Index contacts_pkey. */
async function readValues(
  tx: Tx,
  { workspaceId, input }: Work,
  after: number,
): Promise<ValueRow[]> {
  const { rows } = await tx.query<ValueRow>(
    `select id, fields -> $2 as value, set_at -> $2 as set_at
       from contacts
      where id > $3 and workspace_id = $1 and merged_into is null and fields ? $2
      order by id
      limit $4`,
    [workspaceId, input['field'], after, AT_ONCE],
  );
  return rows;
}

function itemOf({ input }: Work, { id, value, set_at: setAt }: ValueRow): IndexItem {
  const [at, source, weak] = setAt ?? [0, 'system'];
  return {
    kind: 'index',
    ids: [['contact', String(id)]],
    at,
    source: source as IndexItem['source'],
    field: input['field'] as string,
    value,
    weak: weak === 1,
    isFound: true,
  };
}

async function markDone(tx: Tx, { workspaceId, input }: Work, now: Date): Promise<void> {
  await tx.query(`update indexed_fields set done_at = $3 where workspace_id = $1 and field = $2`, [
    workspaceId,
    input['field'],
    now,
  ]);
}

/** Fields whose old values are not all indexed yet. */
export async function listUnindexed(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ field: string }>(
    `select field from indexed_fields where workspace_id = $1 and done_at is null`,
    [workspaceId],
  );
  return new Set(rows.map((row) => row.field));
}
