import {
  idParams,
  idSchema,
  instantSchema,
  notStartedSchema,
  pageOf,
  RUN_STATES,
  runDetailSchema,
  runPageSchema,
  runSchema,
  sendBalancesSchema,
  webhookTriedSchema,
  webhookTrySchema,
  workflowDaysSchema,
  workflowSchema,
  workflowStartedSchema,
  workflowStartSchema,
  workflowStatsSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import {
  defineRoute,
  encodeCursor,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { Results } from '../inbox/index.ts';
import { countDecisions } from '../sends/index.ts';
import type { Settle } from '../segments/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { readWorkflow, showWorkflow } from '../workflows/index.ts';
import { archiveWorkflow } from './archive-workflow.ts';
import { conversionRoute } from './conversion-route.ts';
import { launchForSegment } from './launch-for-segment.ts';
import { launchByCall } from './launch-by-call.ts';
import { previewChangesRoute } from './preview-changes-route.ts';
import { findRuns } from './find-runs.ts';
import { listRefusals } from './read-queries.ts';
import { readRun, showKey, showRun } from './show-runs.ts';
import { readStatDays, readStats } from './show-stats.ts';
import { steerRoutes } from './steer/routes.ts';
import { stopByCall } from './stop-by-call.ts';
import { tryWebhook, type TryParts } from './try-webhook.ts';
import { testLaunchRoutes } from './test-launch/routes.ts';

export interface RunRouteParts extends TryParts {
  results: Pick<Results, 'wait'>;
  clock: () => Date;
  /** Knows what time did to the segment whose members start. */
  settle: Settle;
  /** How many the installation has. */
  slots: number;
}

/** The calls about runs, and those about workflows that touch runs. */
export function runRoutes({
  results,
  clock,
  settle,
  slots,
  ...trying
}: RunRouteParts): ManageRoute[] {
  const start = defineRoute({
    method: 'POST',
    url: '/workflows/:id/start',
    right: 'workflows.launch',
    summary: 'Start a workflow for contacts by hand',
    description:
      'Up to 100 contacts: answers when each start was applied. More: answers when they are kept. ' +
      'A segment: everybody who is in it now, as long work.',
    params: idParams,
    body: workflowStartSchema,
    response: workflowStartedSchema,
    example: { body: { contacts: ['1'], params: { plan: 'pro' } } },
    handler: ({ db, by, workspace, repetition, params, body }) => {
      const { contacts, segment, params: values } = body;
      const workspaceId = workspace.id;
      if (contacts === undefined) {
        const order = { workspaceId, by, id: params.id, segment: String(segment), params: values };
        return launchForSegment(db, { ...order, settle });
      }
      return launchByCall(db, {
        workspaceId,
        by,
        clock,
        results,
        repetition,
        workflowId: params.id,
        contacts,
        params: values,
      });
    },
  });

  const archive = defineRoute({
    method: 'POST',
    url: '/workflows/:id/archive',
    right: 'workflows.launch',
    summary: 'Start nothing any more and end all runs',
    params: idParams,
    response: workflowSchema,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) =>
        showWorkflow(tx, await archiveWorkflow(tx, { workspaceId: workspace.id, by, ...params })),
      ),
  });

  const stop = (url: `/${string}`) =>
    defineRoute({
      method: 'POST',
      url,
      right: 'workflows.launch',
      summary: 'End a run at once',
      params: idParams,
      response: runSchema,
      handler: ({ db, by, workspace, rights, repetition, params }) =>
        stopByCall(db, {
          workspaceId: workspace.id,
          by,
          clock,
          results,
          repetition,
          rights,
          ...params,
        }),
    });

  const tryOne = defineRoute({
    method: 'POST',
    url: '/workflows/try_webhook',
    right: 'workflows.write',
    summary: 'Make the request of a webhook block now',
    description:
      'For a contact and an event, as a run would, and without one: nothing is kept. The other system ' +
      'cannot tell it from a call that counts but by its webhook-id, which begins with call_test_.',
    body: webhookTrySchema,
    response: webhookTriedSchema,
    example: { body: { block: { method: 'GET', url: 'https://example.com/' } } },
    handler: ({ db, now, rights, workspace, body }) => {
      const { contact, ...rest } = body;
      // Who must not see a contact's data must not have it sent somewhere, either.
      if (contact !== undefined && !mayReadPersonal(rights)) {
        throw new Problem('forbidden', {
          detail: 'Trying it for a contact takes the right contacts.read_personal.',
        });
      }
      return tryWebhook(db, trying, { workspace, now, contact, ...rest });
    },
  });

  return [
    start,
    tryOne,
    archive,
    list,
    notStarted,
    stats,
    days,
    conversionRoute,
    previewChangesRoute,
    balance,
    read('/workflows/runs/:id'),
    read('/runs/:id'),
    stop('/workflows/runs/:id/stop'),
    stop('/runs/:id/stop'),
    ...steerRoutes({ results, clock }),
    ...testLaunchRoutes({ slots, clock, ...trying }),
  ];
}

const blockIdSchema = z.string().min(1).max(40);

/** One state, or several joined by commas. */
const statesSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(RUN_STATES)));

const list = defineRoute({
  method: 'GET',
  url: '/workflows/:id/runs',
  right: 'contacts.read',
  summary: 'List the runs of a workflow, newest first',
  description:
    'One answer looks at 20,000 runs at most: where few of them fit it may be short, tells how far it looked, and ' +
    'its cursor goes on from there.',
  params: idParams,
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    state: statesSchema.optional(),
    contact: idSchema.optional(),
    block: blockIdSchema.optional().describe('Where they stand, or ended.'),
    reason: z.string().trim().min(1).max(200).optional().describe('Part of why they ended.'),
    version: z.coerce.number().int().positive().optional(),
    from: instantSchema.optional().describe('They began then, or later.'),
    to: instantSchema.optional().describe('They began before.'),
    reached: blockIdSchema.optional().describe('They came to this block.'),
    exit: z.string().max(40).optional().describe('They left `reached` by this exit.'),
  }),
  response: runPageSchema,
  handler: async ({ db, workspace, rights, params, query }) => {
    await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const { limit, cursor, state: states, contact: contactId, ...filter } = query;
    const found = await findRuns(db, {
      ...filter,
      workflowId: params.id,
      states,
      contactId,
      before: cursor?.[0],
      limit,
    });
    return {
      items: found.runs.map((row) => showRun(row, rights)),
      next_cursor: found.before === undefined ? null : encodeCursor([found.before]),
      looked_until: found.lookedUntil,
    };
  },
});

const notStarted = defineRoute({
  method: 'GET',
  url: '/workflows/:id/not_started',
  right: 'contacts.read',
  summary: 'List starts that were refused, newest first',
  params: idParams,
  query: z.object({ ...pageQuery(z.tuple([z.int()])), contact: idSchema.optional() }),
  response: pageOf(notStartedSchema),
  handler: async ({ db, workspace, rights, params, query }) => {
    await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const rows = await listRefusals(db, {
      workflowId: params.id,
      contactId: query.contact,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
    const items = page.items.map((row) => ({ ...row, key: showKey(row.key, rights) }));
    return { ...page, items };
  },
});

function read(url: `/${string}`): ManageRoute {
  return defineRoute({
    method: 'GET',
    url,
    right: 'contacts.read',
    summary: 'Read a run with what started it and its steps',
    params: idParams,
    response: runDetailSchema,
    handler: ({ db, workspace, rights, params }) =>
      readRun(db, { workspaceId: workspace.id, rights, ...params }),
  });
}

const balance = defineRoute({
  method: 'GET',
  url: '/workflows/:id/sends',
  right: 'member',
  summary:
    'Count what was decided about everybody whom the blocks of a workflow wanted to write to',
  description:
    'For each message block: eligible is sent, waiting and refused together, to the last contact. ' +
    'All versions are counted, tests are not; of more than 20,000 the newest alone.',
  params: idParams,
  response: sendBalancesSchema,
  handler: async ({ db, workspace, params }) => {
    const workspaceId = workspace.id;
    await readWorkflow(db, { workspaceId, ...params });
    const { items, countedSince } = await countDecisions(db, {
      workspaceId,
      workflowId: params.id,
    });
    return { items, counted_since: countedSince };
  },
});

const stats = defineRoute({
  method: 'GET',
  url: '/workflows/:id/stats',
  right: 'member',
  summary: 'Count what a workflow and its blocks did',
  description: 'Days are those of UTC: `from` is included, `to` excluded.',
  params: idParams,
  query: z.object({
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    version: z.coerce.number().int().positive().optional(),
  }),
  response: workflowStatsSchema,
  handler: async ({ db, workspace, params, query }) => {
    const workflow = await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const shown = await showWorkflow(db, workflow);
    const { blocks } = (shown.published ?? shown).definition;
    return readStats(db, {
      workflowId: params.id,
      version: query.version,
      period: { from: query.from ?? null, to: query.to ?? null },
      blocks: Object.keys((blocks ?? {}) as object),
    });
  },
});

const days = defineRoute({
  method: 'GET',
  url: '/workflows/:id/stats/days',
  right: 'member',
  summary: 'Count what a workflow did day by day, and which starts were refused why',
  description: 'Days are those of UTC, up to today.',
  params: idParams,
  query: z.object({
    days: z.coerce.number().int().min(1).max(400).default(30),
    version: z.coerce.number().int().positive().optional(),
  }),
  response: workflowDaysSchema,
  handler: async ({ db, now, workspace, params, query }) => {
    await readWorkflow(db, { workspaceId: workspace.id, ...params });
    return readStatDays(db, { workflowId: params.id, ...query, now });
  },
});
