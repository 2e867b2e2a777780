import { KEY_KINDS, type KeyKind } from '@perennial/contracts';
import { findApp } from '../../apps/index.ts';
import type { Tx } from '../../db/index.ts';
import { notFound, Problem } from '../../http/index.ts';

/** Throws unless a key of this kind may belong to the app. */
export async function requireApp(
  tx: Tx,
  { workspaceId, kind, app }: { workspaceId: number; kind: KeyKind; app: number },
): Promise<void> {
  if (!KEY_KINDS[kind].isPublic) {
    throw new Problem('unprocessable', { detail: `A ${kind} key belongs to no app.` });
  }
  if (!(await findApp(tx, { workspaceId, id: app }))) throw notFound('app');
}
