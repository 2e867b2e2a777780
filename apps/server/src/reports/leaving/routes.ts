import { instantSchema, leavingReportSchema } from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, Problem, type ManageRoute } from '../../http/index.ts';
import { reportLeaving } from './report-leaving.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

const report = defineRoute({
  method: 'GET',
  url: '/reports/leaving',
  right: 'reports.read',
  summary: 'Count who unsubscribed in a period, by reason, channel, message and category',
  description:
    'Without `from`, the 30 days before `to`; at most 366 days. A reason that was renamed counts as ' +
    'what it is called now.',
  query: z.object({ from: instantSchema.optional(), to: instantSchema.optional() }),
  response: leavingReportSchema,
  handler: ({ db, workspace, now, query }) => {
    const { to = now } = query;
    const { from = new Date(to.getTime() - 30 * DAY_MS) } = query;
    const days = (to.getTime() - from.getTime()) / DAY_MS;
    if (days <= 0 || days > MOST_DAYS) {
      const message = `"from" must be before "to", at most ${MOST_DAYS} days.`;
      throw new Problem('unprocessable', {
        detail: message,
        errors: [{ path: '/from', message, in: 'query' }],
      });
    }
    return reportLeaving(db, { workspaceId: workspace.id, from, to });
  },
});

export const leavingRoutes: ManageRoute[] = [report];
