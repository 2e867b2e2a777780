import {
  idParams,
  idSchema,
  pageOf,
  WORKFLOW_CALL_STATES,
  workflowCallSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { readWorkflow } from '../workflows/index.ts';
import { listCalls } from './log-queries.ts';
import { showCall } from './show-call.ts';

/** One state, or several joined by commas. */
const statesSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(WORKFLOW_CALL_STATES)));

const list = defineRoute({
  method: 'GET',
  url: '/workflows/:id/calls',
  right: 'contacts.read',
  summary: 'List the calls of webhook blocks, newest first',
  description:
    'Of the last seven days. What was sent and answered is shown with the right contacts.read_personal; ' +
    'secrets never are.',
  params: idParams,
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    block: z.string().max(40).optional(),
    run: idSchema.optional(),
    contact: idSchema.optional(),
    state: statesSchema.optional(),
  }),
  response: pageOf(workflowCallSchema),
  handler: async ({ db, workspace, rights, params, query }) => {
    await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const rows = await listCalls(db, {
      workflowId: params.id,
      block: query.block,
      runId: query.run,
      contactId: query.contact,
      states: query.state,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
    const personal = mayReadPersonal(rights);
    return { ...page, items: page.items.map((row) => showCall(row, { personal })) };
  },
});

/** The calls about calls of webhook blocks; trying one is a run's. */
export const callRoutes: ManageRoute[] = [list];
