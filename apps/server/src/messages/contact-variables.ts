import type { Db } from '../db/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';

/** A contact's row as far as templates and senders read it. */
export interface ContactCardRow {
  id: number;
  workspace_id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  fields: JsonObject;
}

/** `contact` in Liquid: the shape of the management API, less what templates have no use for. */
export function contactVariables(row: ContactCardRow | undefined): JsonObject {
  if (!row) return {};
  const { id, external_id, email, phone, fields } = row;
  const variables: JsonObject = { id: String(id), external_id, email, phone };
  const groups = new Map<string, JsonObject>([['custom', {}]]);
  for (const [key, value] of Object.entries(fields)) {
    const dot = key.indexOf('.');
    if (dot < 0) define(variables, key, value);
    else define(groupOf(groups, key.slice(0, dot)), key.slice(dot + 1), value);
  }
  for (const [name, members] of groups) define(variables, name, members);
  return variables;
}

function groupOf(groups: Map<string, JsonObject>, name: string): JsonObject {
  const group = groups.get(name) ?? {};
  groups.set(name, group);
  return group;
}

/** Field keys come from outside: one may be called `__proto__`. */
function define(target: JsonObject, name: string, value: Json): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** How a request names a contact. */
export type ContactRef = string | { external_id: string } | { email: string };

/** The contact behind a reference, in this workspace, merged ones by their survivor. */
export async function findContactCard(
  db: Db,
  { workspaceId, ref }: { workspaceId: number; ref: ContactRef },
): Promise<ContactCardRow | undefined> {
  const id =
    typeof ref === 'string'
      ? await survivorOf(db, { workspaceId, ref })
      : await ownerOf(db, { workspaceId, ref });
  if (id === undefined) return undefined;
  const { rows } = await db.query<ContactCardRow>(
    `select id, workspace_id, external_id, email, phone, fields from contacts
      where id = $1 and workspace_id = $2 and deleted_at is null`,
    [id, workspaceId],
  );
  return rows[0];
}

/** Plan: identifiers_pkey, where the kind `contact` leads from a merged contact on. */
async function survivorOf(
  db: Db,
  { workspaceId, ref }: { workspaceId: number; ref: string },
): Promise<number | undefined> {
  if (!/^[1-9]\d{0,15}$/.test(ref)) return undefined;
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from identifiers where workspace_id = $1 and kind = 'contact' and value = $2`,
    [workspaceId, ref],
  );
  return rows[0]?.contact_id ?? Number(ref);
}

async function ownerOf(
  db: Db,
  { workspaceId, ref }: { workspaceId: number; ref: Exclude<ContactRef, string> },
): Promise<number | undefined> {
  const [kind, value] =
    'email' in ref ? ['email', ref.email.trim().toLowerCase()] : ['external_id', ref.external_id];
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from identifiers where workspace_id = $1 and kind = $2 and value = $3
      order by set_at desc limit 1`,
    [workspaceId, kind, value],
  );
  return rows[0]?.contact_id;
}
