import type { KeyKind } from '@perennial/contracts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import { createKey } from '../apps/server/src/users/index.ts';
import type { BenchDatabase } from './database.ts';

/** A key of the bench's workspace with all rights of its kind. */
export async function newKey({ pool, workspaceId }: BenchDatabase, kind: KeyKind): Promise<string> {
  const by = { actor: { kind: 'system', id: null, name: 'bench' }, at: new Date() } as never;
  const { token } = await inTransaction(pool, (tx) => createKey(tx, { workspaceId, kind, by }));
  return token;
}
