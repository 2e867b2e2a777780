import type { workflowListItemSchema, workflowSchema } from '@perennial/contracts';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { countRunning, findVersion, type WorkflowListRow } from './queries.ts';
import type { WorkflowWithTags } from './save-workflow.ts';

/** A workflow as the API shows it, with its draft and its published version. */
export async function showWorkflow(
  db: Db,
  workflow: WorkflowWithTags,
): Promise<z.output<typeof workflowSchema>> {
  const { id, draft, published_version: version } = workflow;
  const running = await countRunning(db, { workflowIds: [id] });
  const published =
    version === null ? undefined : await findVersion(db, { workflowId: id, version });
  return {
    ...workflow,
    definition: draft,
    changed: !published || !isDeepStrictEqual(published.definition, draft),
    running: running.get(id) ?? 0,
    published: published ?? null,
  };
}

/** Rows of a list, with what other tables say of them. */
export async function showWorkflows(
  db: Db,
  rows: readonly WorkflowListRow[],
): Promise<z.output<typeof workflowListItemSchema>[]> {
  const ids = rows.map((row) => row.id);
  const tags = await tagNamesOf(db, { kind: 'workflow', ids });
  const running = await countRunning(db, { workflowIds: ids });
  return rows.map((row) => ({
    ...row,
    tags: tags.get(row.id) ?? [],
    running: running.get(row.id) ?? 0,
  }));
}
