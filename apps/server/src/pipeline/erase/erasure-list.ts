import type { Db } from '../../db/index.ts';

/** A line of the list that is kept beside backups. */
export interface ErasedPerson {
  workspace: string;
  contact_ids: number[];
  requested_at: string;
  erased_at: string | null;
}

interface ListedRow {
  workspace: string;
  contact_ids: number[];
  requested_at: Date;
  erased_at: Date | null;
}

/** Everybody who was erased or is about to be, oldest first; contact IDs name nobody. */
export async function listErased(db: Db): Promise<ErasedPerson[]> {
  const { rows } = await db.query<ListedRow>(
    `select w.slug as workspace, e.contact_ids, e.requested_at, e.erased_at
       from erasures e join workspaces w on w.id = e.workspace_id
      order by e.id`,
  );
  return rows.map(({ requested_at, erased_at, ...row }) => ({
    ...row,
    requested_at: requested_at.toISOString(),
    erased_at: erased_at && erased_at.toISOString(),
  }));
}

/** Reads a line of the list again; undefined when it is none. */
export function readErased(line: string): ErasedPerson | undefined {
  try {
    const person = JSON.parse(line) as Partial<ErasedPerson>;
    const isList = Array.isArray(person.contact_ids) && person.contact_ids.length > 0;
    const isWhole = isList && person.contact_ids!.every((id) => Number.isSafeInteger(id));
    const isDated = !Number.isNaN(Date.parse(String(person.requested_at)));
    return isWhole && isDated ? (person as ErasedPerson) : undefined;
  } catch {
    return undefined;
  }
}
