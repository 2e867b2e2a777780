import { KEY_KINDS, type KeyKind, type Right } from '@perennial/contracts';
import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import { rightsOfKey } from '../rights.ts';
import { hashToken, newToken } from '../token.ts';
import { insertKey, type KeyRow } from './queries.ts';
import { requireApp } from './require-app.ts';

export interface NewKey {
  workspaceId: number;
  kind: KeyKind;
  name?: string;
  /** Default: all that the kind may have. */
  rights?: readonly Right[] | undefined;
  /** The app that uses it; only for public kinds. */
  app?: number | undefined;
  by: Origin;
}

/** Makes a key; `token` is the only time that the whole of a secret one is seen. */
export async function createKey(tx: Tx, key: NewKey): Promise<KeyRow & { token: string }> {
  const { workspaceId, kind, name = '', app = null, by } = key;
  const { prefix, isPublic } = KEY_KINDS[kind];
  if (app !== null) await requireApp(tx, { workspaceId, kind, app });
  const token = newToken(prefix);
  const rights = rightsOfKey(kind, key.rights);
  const row = await insertKey(tx, {
    workspaceId,
    kind,
    name,
    tokenHash: hashToken(token),
    shown: isPublic ? token : `${token.slice(0, prefix.length + 4)}…`,
    rights,
    appId: app,
    createdBy: by.actor.kind === 'user' ? by.actor.id : null,
    now: by.at,
  });
  await writeAudit(tx, {
    by: { ...by, workspaceId },
    action: 'key.create',
    object: { kind: 'key', id: row.id },
    after: { kind, name, rights, ...(app !== null && { app }) },
  });
  return { ...row, token };
}
