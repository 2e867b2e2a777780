import type { Db } from '../db/index.ts';
import { readPhoneCountry } from './find-contact.ts';
import { normalizeEmail, normalizePhone } from './normalize-identifier.ts';

/** How a request names a contact. */
export type ContactRef = number | { external_id: string } | { email: string } | { phone: string };

type Kind = 'contact' | 'external_id' | 'email' | 'phone';

interface Named {
  kind: Kind;
  value: string;
}

/**
 * The contacts that are meant, in the order asked for; undefined for who is unknown or deleted. Of
 * those who share an e-mail or a phone it is one without an external ID, else the last set.
 */
export async function findContactsMeant(
  db: Db,
  { workspaceId, refs }: { workspaceId: number; refs: readonly ContactRef[] },
): Promise<(number | undefined)[]> {
  const country = await readPhoneCountry(db, { workspaceId });
  const named = refs.map((ref) => nameOf(ref, country));
  const ids = await ownersOf(db, {
    workspaceId,
    named: named.filter((name) => name !== undefined),
  });
  return named.map((name) => name && ids.get(keyOf(name)));
}

function nameOf(ref: ContactRef, country: string | undefined): Named | undefined {
  if (typeof ref === 'number') return { kind: 'contact', value: String(ref) };
  if ('external_id' in ref) return { kind: 'external_id', value: ref.external_id };
  if ('email' in ref) return named('email', normalizeEmail(ref.email));
  return named('phone', normalizePhone(ref.phone, country));
}

function named(kind: Kind, value: string | undefined): Named | undefined {
  return value === undefined ? undefined : { kind, value };
}

/** One statement a kind; indexes contacts_pkey, identifiers_pkey. */
async function ownersOf(
  db: Db,
  { workspaceId, named }: { workspaceId: number; named: Named[] },
): Promise<Map<string, number>> {
  const owners = new Map<string, number>();
  for (const [kind, own] of Map.groupBy(named, (name) => name.kind)) {
    const values = [...new Set(own.map((name) => name.value))];
    const rows = await readOwners(db, { workspaceId, kind, values });
    for (const { value, id } of rows) owners.set(keyOf({ kind, value }), id);
    if (kind !== 'contact') continue;
    // A contact is found by its own ID without a row in `identifiers`.
    for (const id of await readAlive(db, { workspaceId, ids: values.map(Number) })) {
      owners.set(keyOf({ kind, value: String(id) }), id);
    }
  }
  return owners;
}

async function readOwners(
  db: Db,
  { workspaceId, kind, values }: { workspaceId: number; kind: Kind; values: string[] },
): Promise<{ value: string; id: number }[]> {
  const { rows } = await db.query<{ value: string; id: number }>(
    `select distinct on (i.value) i.value, c.id
       from identifiers i
       join contacts c on c.id = i.contact_id
      where i.workspace_id = $1 and i.kind = $2 and i.value = any($3)
        and c.workspace_id = $1 and c.deleted_at is null
      order by i.value, c.external_id is not null, i.set_at desc, c.id`,
    [workspaceId, kind, values],
  );
  return rows;
}

async function readAlive(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from contacts where id = any($2) and workspace_id = $1 and deleted_at is null`,
    [workspaceId, ids],
  );
  return rows.map((row) => row.id);
}

function keyOf({ kind, value }: Named): string {
  return `${kind}\0${value}`;
}
