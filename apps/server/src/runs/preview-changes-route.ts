import { checkStart, startSchemas } from '@perennial/blocks';
import { changePreviewSchema, startPreviewSchema } from '@perennial/contracts';
import { defineRoute, Problem } from '../http/index.ts';
import { previewChanges } from './preview-changes.ts';

const DAY_MS = 86_400_000;

export const previewChangesRoute = defineRoute({
  method: 'POST',
  url: '/workflows/preview_changes',
  right: 'member',
  summary: 'Tell how many contacts’ changes would have started a workflow',
  description:
    'A start by a changed field, as a definition has it. Limits and stops are not asked. Of very many ' +
    'changes the newest are looked at: `from` is how far back.',
  body: startPreviewSchema,
  response: changePreviewSchema,
  example: {
    body: { start: { type: 'field_change', field: 'custom.plan', to: 'pro' }, days: 7 },
  },
  handler: async ({ db, now, workspace, body }) => {
    const parsed = startSchemas.field_change.safeParse(body.start);
    if (!parsed.success) {
      throw new Problem('invalid_request', {
        errors: checkStart({ ...body.start, type: 'field_change' }).map(({ path, message }) => ({
          path: `/start${path}`,
          message,
          in: 'body',
        })),
      });
    }
    return previewChanges(db, {
      workspaceId: workspace.id,
      workspaceZone: workspace.timeZone,
      start: parsed.data,
      since: new Date(now.getTime() - body.days * DAY_MS),
    });
  },
});
