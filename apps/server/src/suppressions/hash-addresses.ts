import { createHmac } from 'node:crypto';
import type { Db } from '../db/index.ts';

export interface AddressKey {
  workspaceId: number;
  channel: string;
  address: string;
}

/** Leads the hash of an address that belonged to somebody who was erased; no address begins so. */
export const HASHED = '#';

/**
 * The same addresses as keyed hashes, where the workspace keeps any: an erased person who said no
 * is not written to again, and nobody can read from the rows who it was.
 */
export async function hashesOf(
  db: Db,
  { addresses }: { addresses: readonly AddressKey[] },
): Promise<Map<AddressKey, AddressKey>> {
  const ids = [...new Set(addresses.map(({ workspaceId }) => workspaceId))];
  // Index suppressions_address.
  const { rows } = await db.query<{ id: number; key: Buffer }>({
    name: 'keys_of_hashed_addresses',
    text: `select id, address_key as key from workspaces w
            where id = any($1)
              and exists (select from suppressions s
                           where s.workspace_id = w.id and s.address ~>=~ '#' and s.address ~<~ '$')`,
    values: [ids],
  });
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  const hashes = new Map<AddressKey, AddressKey>();
  for (const address of addresses) {
    const key = keys.get(address.workspaceId);
    if (key) hashes.set(address, { ...address, address: hashAddress(key, address) });
  }
  return hashes;
}

export function hashAddress(key: Buffer, { channel, address }: Omit<AddressKey, 'workspaceId'>) {
  return HASHED + createHmac('sha256', key).update(`${channel} ${address}`).digest('hex');
}
