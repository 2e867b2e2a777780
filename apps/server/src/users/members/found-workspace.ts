import type { Tx } from '../../db/index.ts';
import { createWorkspace, type NewWorkspace, type WorkspaceRow } from '../../workspaces/index.ts';
import { listAdminsOfAll, setRole } from '../queries.ts';

/**
 * A new workspace with its first admins: who founds it, and those who are admin of every other
 * one, so that the people who run the installation see what is in it.
 */
export async function foundWorkspace(tx: Tx, workspace: NewWorkspace): Promise<WorkspaceRow> {
  const { actor } = workspace.by;
  const created = await createWorkspace(tx, workspace);
  const admins = new Set(await listAdminsOfAll(tx, { except: created.id }));
  if (actor.kind === 'user' && actor.id !== null) admins.add(actor.id);
  for (const userId of admins) {
    await setRole(tx, { userId, workspaceId: created.id, role: 'admin' });
  }
  return created;
}
