import {
  idParams,
  jobSchema,
  runSchema,
  runSelectionSchema,
  workflowMovePreviewSchema,
  workflowMoveSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import { defineRoute, type ManageRoute } from '../../http/index.ts';
import type { Results } from '../../inbox/index.ts';
import { presentJob, workKinds, type JobRow } from '../../jobs/index.ts';
import { readWorkflow } from '../../workflows/index.ts';
import { beginMoving, beginSteering, previewMove, previewSteering } from './begin-steering.ts';
import { retryByCall } from './retry-by-call.ts';
import { steerRunsWork } from './steer-work.ts';

const kinds = workKinds([steerRunsWork]);

function shown(job: JobRow) {
  return presentJob(job, { kinds, changed: new Set() });
}

/** The calls that lead runs elsewhere: all of them, or one that failed. */
export function steerRoutes({
  results,
  clock,
}: {
  results: Pick<Results, 'wait'>;
  clock: () => Date;
}): ManageRoute[] {
  const retry = (url: `/${string}`) =>
    defineRoute({
      method: 'POST',
      url,
      right: 'workflows.launch',
      summary: 'Let a run that failed try its block again',
      params: idParams,
      response: runSchema,
      handler: ({ db, by, workspace, rights, repetition, params }) =>
        retryByCall(db, {
          workspaceId: workspace.id,
          by,
          clock,
          results,
          repetition,
          rights,
          ...params,
        }),
    });
  return [
    retry('/workflows/runs/:id/retry'),
    retry('/runs/:id/retry'),
    allRoute('stop_runs', 'stop', 'End all active runs of a workflow'),
    allRoute('retry_runs', 'retry', 'Let all runs that failed try their blocks again'),
    countRoute('stop_runs', 'stop'),
    countRoute('retry_runs', 'retry'),
    preview,
    move,
  ];
}

function allRoute(verb: string, what: 'stop' | 'retry', summary: string): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: `/workflows/:id/${verb}`,
    right: 'workflows.launch',
    summary,
    description:
      'Long work: the answer is the job. Runs that begin meanwhile are not meant. The body may say which: by ' +
      'block, reason, version and when they began. `GET` of the same path counts them.',
    params: idParams,
    body: runSelectionSchema.default({}),
    response: jobSchema,
    status: 201,
    handler: ({ db, by, workspace, params, body: selection }) =>
      inTransaction(db, async (tx) =>
        shown(
          await beginSteering(tx, { workspaceId: workspace.id, by, what, selection, ...params }),
        ),
      ),
  });
}

function countRoute(verb: string, what: 'stop' | 'retry'): ManageRoute {
  return defineRoute({
    method: 'GET',
    url: `/workflows/:id/${verb}`,
    right: 'member',
    summary: `Count the runs that ${verb === 'stop_runs' ? 'would be ended' : 'would be retried'}`,
    params: idParams,
    query: runSelectionSchema.extend({ version: z.coerce.number().int().positive().optional() }),
    response: z.object({ runs: z.int() }),
    handler: async ({ db, now: until, workspace, params, query: selection }) => ({
      runs: await previewSteering(db, {
        workspaceId: workspace.id,
        what,
        selection,
        until,
        ...params,
      }),
    }),
  });
}

const preview = defineRoute({
  method: 'GET',
  url: '/workflows/:id/move',
  right: 'member',
  summary: 'Count where the runs of a version stand, and tell where each would go on',
  params: idParams,
  query: z.object({ from: z.coerce.number().int().positive() }),
  response: workflowMovePreviewSchema,
  handler: async ({ db, workspace, params, query: { from } }) => {
    const workflow = await readWorkflow(db, { workspaceId: workspace.id, ...params });
    return previewMove(db, { workflow, from });
  },
});

const move = defineRoute({
  method: 'POST',
  url: '/workflows/:id/move',
  right: 'workflows.launch',
  summary: 'Move the running contacts of a version to the published one',
  description:
    'Long work: the answer is the job. A block that is not named stays the same one, if the published ' +
    'version has one of its kind; a run that waits there goes on waiting. Any other comes to its new ' +
    'block at once.',
  params: idParams,
  body: workflowMoveSchema,
  response: jobSchema,
  status: 201,
  example: { body: { from: 1, blocks: { b1: 'b2', b3: null } } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      shown(await beginMoving(tx, { workspaceId: workspace.id, by, ...params, ...body })),
    ),
});
