import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { insertResolver, insertWorkspace, type WorkspaceRow } from './queries.ts';

export interface NewWorkspace {
  slug: string;
  name: string;
  timeZone?: string;
  currency?: string;
  sample?: boolean;
  by: Origin;
}

/** Makes an empty workspace that nobody may enter yet; `foundWorkspace` in users/ admits people. */
export async function createWorkspace(tx: Tx, workspace: NewWorkspace): Promise<WorkspaceRow> {
  const { slug, name, timeZone = 'UTC', currency = 'USD', sample = false, by } = workspace;
  const now = by.at;
  const created = await insertWorkspace(tx, { slug, name, timeZone, currency, sample, now });
  if (!created) {
    throw new Problem('already_exists', { detail: `There is a workspace "${slug}" already.` });
  }
  await insertResolver(tx, { workspaceId: created.id, now });
  await writeAudit(tx, {
    by: { ...by, workspaceId: created.id },
    action: 'workspace.create',
    object: { kind: 'workspace', id: created.id },
    after: { slug, name, time_zone: timeZone, currency, sample },
  });
  return created;
}
