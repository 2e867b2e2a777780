import type { Db } from '../db/index.ts';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.ts';

/** Contacts of the workspace by ID, without deleted ones. Index contacts_pkey. */
export async function readContacts(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<Map<number, ContactRow>> {
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where id = any($2) and workspace_id = $1 and deleted_at is null`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
