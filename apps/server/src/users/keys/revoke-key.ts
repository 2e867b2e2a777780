import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { notFound, type Origin } from '../../http/index.ts';
import { revokeKeyRow, type KeyRow } from './queries.ts';

/** Within seconds no process accepts it any more; see `keyring.ts`. */
export async function revokeKey(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<KeyRow> {
  const key = await revokeKeyRow(tx, { workspaceId, id, now: by.at });
  if (!key) throw notFound('key');
  await writeAudit(tx, {
    by,
    action: 'key.revoke',
    object: { kind: 'key', id },
    before: { kind: key.kind, name: key.name, rights: key.rights },
  });
  return key;
}
