import type { mergePreviewSchema } from '@perennial/contracts';
import type { z } from 'zod';
import {
  joinContacts,
  loadContacts,
  type ContactState,
  type HeldValue,
} from '../../contacts/index.ts';
import { quoteName, type Db } from '../../db/index.ts';
import { findDoubles } from '../../runs/index.ts';
import { contactTables } from '../contact-tables.ts';

export type MergePreview = z.output<typeof mergePreviewSchema>;

/** What merging `dropId` into `keepId` would do, without doing it. */
export async function previewMerge(
  db: Db,
  { keepId, dropId }: { keepId: number; dropId: number },
): Promise<MergePreview> {
  const contacts = await loadContacts(db, { ids: [keepId, dropId] });
  const [keep, drop] = [contacts.get(keepId)!, contacts.get(dropId)!];
  const doubles = await findDoubles(db, { keepId, dropId });
  return {
    survivor: keepId,
    merged: dropId,
    fields: fieldsOf(structuredClone(keep), structuredClone(drop)),
    identifiers: await identifiersOf(db, { keep, drop }),
    moves: await countRows(db, { contactId: dropId }),
    ends: doubles.map((double) => ({ ...double, run: String(double.run) })),
  };
}

function fieldsOf(keep: ContactState, drop: ContactState): MergePreview['fields'] {
  const own = Object.keys(keep.setAt).map((field) => [field, shownValue(keep, field)] as const);
  const { fields } = joinContacts({ keep, drop, at: 0 });
  const joined = Object.entries(fields).map(([field, { kept, dropped, settled }]) => ({
    field,
    survivor: shown(kept),
    merged: shown(dropped),
    takes: settled === dropped ? ('merged' as const) : ('survivor' as const),
  }));
  const kept = own
    .filter(([field]) => !Object.hasOwn(fields, field))
    .map(([field, value]) => ({
      field,
      survivor: value,
      merged: shown(null),
      takes: 'survivor' as const,
    }));
  return [...joined, ...kept].filter(
    ({ survivor, merged }) => survivor.value !== null || merged.value !== null,
  );
}

function shownValue(contact: ContactState, field: string): ReturnType<typeof shown> {
  const value =
    field === 'email' ? contact.email : field === 'phone' ? contact.phone : contact.fields[field];
  return shown({ value: value ?? null, set: contact.setAt[field]! });
}

function shown(held: HeldValue | null): MergePreview['fields'][number]['survivor'] {
  if (!held) return { value: null, set_at: null, source: null };
  return { value: held.value, set_at: new Date(held.set[0]), source: held.set[1] };
}

type Shown = MergePreview['identifiers'][number];

/** Index: identifiers_by_contact. */
async function identifiersOf(
  db: Db,
  { keep, drop }: { keep: ContactState; drop: ContactState },
): Promise<Shown[]> {
  const { rows } = await db.query<{
    kind: string;
    value: string;
    contact_id: number;
    retired: boolean;
    set_at: Date;
  }>(
    `select kind, value, contact_id, retired, set_at from identifiers
      where contact_id = any($1) and value <> '' and kind not in ('contact', 'apart')
      order by kind, set_at desc, value
      limit 1000`,
    [[keep.id, drop.id]],
  );
  const joined = joinContacts({ keep: structuredClone(keep), drop: structuredClone(drop), at: 0 });
  return rows.map(({ kind, value, contact_id: owner, retired }) => {
    const isSurvivors = owner === keep.id;
    const { takes = 'survivor' } = { takes: takesOf(joined.fields[kind]) };
    return {
      kind,
      value,
      of: isSurvivors ? 'survivor' : 'merged',
      becomes: becomes({
        kind,
        retired,
        isSurvivors,
        takes,
        hasExternalId: keep.externalId !== null,
      }),
    };
  });
}

function takesOf(
  choice: ReturnType<typeof joinContacts>['fields'][string] | undefined,
): 'survivor' | 'merged' | undefined {
  return choice && (choice.settled === choice.dropped ? 'merged' : 'survivor');
}

function becomes({
  kind,
  retired,
  isSurvivors,
  takes,
  hasExternalId,
}: {
  kind: string;
  retired: boolean;
  isSurvivors: boolean;
  takes: 'survivor' | 'merged';
  hasExternalId: boolean;
}): Shown['becomes'] {
  if (kind === 'external_id') return retired || (!isSurvivors && hasExternalId) ? 'former' : 'kept';
  if (kind !== 'email' && kind !== 'phone') return 'kept';
  return (takes === 'survivor') === isSurvivors ? 'kept' : 'dropped';
}

/** One count a table; the keys of all begin with the contact. */
async function countRows(
  db: Db,
  { contactId }: { contactId: number },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table } of contactTables) {
    const { rows } = await db.query<{ n: number }>(
      `select count(*) as n from ${quoteName(table)} where contact_id = $1`,
      [contactId],
    );
    const n = rows[0]!.n;
    if (n > 0) counts[table] = n;
  }
  return counts;
}
