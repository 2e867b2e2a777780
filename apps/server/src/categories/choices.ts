import type { Db, Tx } from '../db/index.ts';

/** What a contact said about a category, and when. Times are epoch milliseconds. */
export interface Choice {
  contactId: number;
  categoryId: number;
  workspaceId: number;
  subscribed: boolean;
  at: number;
  source: string;
  /** The words the person agreed to. */
  text: string | null;
}

/** The later decision holds; at equal times the stricter. */
export function overrules(
  choice: Pick<Choice, 'at' | 'subscribed'>,
  known: Pick<Choice, 'at' | 'subscribed'> | undefined,
): boolean {
  if (!known || choice.at !== known.at) return !known || choice.at > known.at;
  return known.subscribed && !choice.subscribed;
}

/** By contact and category: everything these contacts said. Index category_choices_pkey. */
export async function loadChoices(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, Map<number, Choice>>> {
  const { rows } = await db.query<{
    contact_id: number;
    category_id: number;
    workspace_id: number;
    subscribed: boolean;
    decided_at: Date;
    source: string;
    consent_text: string | null;
  }>({
    name: 'load_category_choices',
    text: `select contact_id, category_id, workspace_id, subscribed, decided_at, source, consent_text
             from category_choices where contact_id = any($1::bigint[])`,
    values: [contactIds],
  });
  const loaded = new Map<number, Map<number, Choice>>(contactIds.map((id) => [id, new Map()]));
  for (const row of rows) {
    loaded.get(row.contact_id)!.set(row.category_id, {
      contactId: row.contact_id,
      categoryId: row.category_id,
      workspaceId: row.workspace_id,
      subscribed: row.subscribed,
      at: row.decided_at.getTime(),
      source: row.source,
      text: row.consent_text,
    });
  }
  return loaded;
}

/** As if nothing had been said. Index category_choices_pkey. */
export async function dropChoices(
  tx: Tx,
  { choices }: { choices: readonly Pick<Choice, 'contactId' | 'categoryId'>[] },
): Promise<void> {
  if (choices.length === 0) return;
  await tx.query({
    name: 'drop_category_choices',
    text: `delete from category_choices c
            using unnest($1::bigint[], $2::bigint[]) as gone (contact_id, category_id)
            where c.contact_id = gone.contact_id and c.category_id = gone.category_id`,
    values: [choices.map((row) => row.contactId), choices.map((row) => row.categoryId)],
  });
}

/** Under the contacts' slots, which read what is there before. */
export async function saveChoices(
  tx: Tx,
  { choices }: { choices: readonly Choice[] },
): Promise<void> {
  // Of several decisions of a round the last one given holds.
  const rows = [
    ...new Map(choices.map((row) => [`${row.contactId} ${row.categoryId}`, row])).values(),
  ];
  if (rows.length === 0) return;
  await tx.query({
    name: 'save_category_choices',
    text: `insert into category_choices (contact_id, category_id, workspace_id, subscribed, decided_at, source, consent_text)
           select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[], $5::timestamptz[], $6::text[], $7::text[])
               on conflict on constraint category_choices_pkey do update
              set subscribed = excluded.subscribed, decided_at = excluded.decided_at,
                  source = excluded.source, consent_text = excluded.consent_text`,
    values: [
      rows.map((row) => row.contactId),
      rows.map((row) => row.categoryId),
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.subscribed),
      rows.map((row) => new Date(row.at).toISOString()),
      rows.map((row) => row.source),
      rows.map((row) => row.text),
    ],
  });
}
