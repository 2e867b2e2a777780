import { idParams, instantSchema, messageSubjectsSchema } from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, notFound, type ManageRoute } from '../../http/index.ts';
import { findMessage } from '../../messages/index.ts';
import { countBySubject } from './count-by-subject.ts';

const USUAL_DAYS = 90;
const DAY_MS = 86_400_000;

const subjects = defineRoute({
  method: 'GET',
  url: '/messages/:id/subjects',
  right: 'reports.read',
  summary: 'Count what became of each of several subjects of an e-mail',
  params: idParams,
  query: z.object({
    from: instantSchema.optional().describe(`Default: ${USUAL_DAYS} days ago.`),
  }),
  response: messageSubjectsSchema,
  handler: async ({ db, now, workspace, params, query }) => {
    const message = await findMessage(db, { workspaceId: workspace.id, ...params });
    if (!message) throw notFound('message');
    const from = query.from ?? new Date(now.getTime() - USUAL_DAYS * DAY_MS);
    return {
      from,
      subjects: await countBySubject(db, {
        workspaceId: workspace.id,
        of: { message: message.id },
        from,
      }),
    };
  },
});

export const subjectRoutes: ManageRoute[] = [subjects];
