import { idParams, jobErrorSchema, jobSchema, jobStateSchema, pageOf } from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import {
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type Actor,
  type ManageRoute,
  type Origin,
} from '../http/index.ts';
import { enqueueJob, wakeJob } from './enqueue-job.ts';
import { cancelWork } from './long-statement.ts';
import { maySee, presentJob } from './present-job.ts';
import {
  countChanges,
  findJob,
  listJobErrors,
  listJobs,
  reopenJob,
  withChanges,
  type JobRow,
} from './queries.ts';
import type { WorkKinds } from './work.ts';

export interface JobRouteParts {
  kinds: WorkKinds;
  /** The room `audit` stands on this one. */
  writeAudit: (
    tx: Db,
    record: { by: Origin; action: string; object: { kind: string; id: number } },
  ) => Promise<void>;
}

type Looker = { actor: Actor; rights: Parameters<typeof maySee>[1]['rights'] };

/** Calls about long work, whatever kind it is of. */
export function jobRoutes({ kinds, writeAudit }: JobRouteParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/jobs',
    right: 'member',
    summary: 'List long work, the newest first',
    description: 'What the caller began, and what takes a right that the caller has.',
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      state: jobStateSchema.optional(),
    }),
    response: pageOf(jobSchema),
    handler: async ({ db, workspace, actor, rights, query: { limit, cursor, state } }) => {
      const rows = await listJobs(db, {
        workspaceId: workspace.id,
        kinds: [...kinds.values()].filter(({ right }) => rights.has(right)).map(({ kind }) => kind),
        of: actor,
        states: state && [state],
        before: cursor?.[0],
        limit: limit + 1,
      });
      const changed = await withChanges(db, { ids: rows.map(({ id }) => id) });
      const page = pageFrom(rows, { limit, position: ({ id }) => [id] });
      return { ...page, items: page.items.map((job) => presentJob(job, { kinds, changed })) };
    },
  });

  const get = defineRoute({
    method: 'GET',
    url: '/jobs/:id',
    right: 'member',
    summary: 'Show how far long work is',
    params: idParams,
    response: jobSchema,
    handler: async ({ db, workspace, params, ...looker }) =>
      show(db, await find(db, { workspaceId: workspace.id, ...params, ...looker })),
  });

  const errors = defineRoute({
    method: 'GET',
    url: '/jobs/:id/errors',
    right: 'member',
    summary: 'List what could not be done',
    description: 'The first 10,000; all are counted in `failed`.',
    params: idParams,
    query: z.object(pageQuery(z.tuple([z.int()]))),
    response: pageOf(jobErrorSchema),
    handler: async ({ db, workspace, params, query: { limit, cursor }, ...looker }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params, ...looker });
      const after = cursor?.[0] ?? 0;
      const rows = await listJobErrors(db, { jobId: job.id, after, limit: limit + 1 });
      const page = pageFrom(rows, { limit, position: ({ n }) => [n] });
      const items = page.items.map(({ contact_id: contact, ...row }) => ({ contact, ...row }));
      return { ...page, items };
    },
  });

  const cancel = defineRoute({
    method: 'POST',
    url: '/jobs/:id/cancel',
    right: 'member',
    summary: 'Stop long work before its next slice',
    description:
      'What is done stays done; see `/undo`. A slice that is asking the whole base is given up at once. ' +
      'What is too far to be left half done goes on, and ends as `done`.',
    params: idParams,
    response: jobSchema,
    handler: async ({ db, by, workspace, params, ...looker }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params, ...looker });
      await inTransaction(db, async (tx) => {
        if (!(await cancelWork(db, tx, job))) throw hasEnded();
        await writeAudit(tx, { by, action: 'job.cancel', object: { kind: 'job', id: job.id } });
        await wakeJob(tx, job);
      });
      return show(db, (await findJob(db, { workspaceId: workspace.id, id: job.id }))!);
    },
  });

  const goOn = defineRoute({
    method: 'POST',
    url: '/jobs/:id/resume',
    right: 'member',
    summary: 'Go on with long work that failed, where it stopped',
    params: idParams,
    response: jobSchema,
    handler: async ({ db, by, workspace, params, ...looker }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params, ...looker });
      await inTransaction(db, async (tx) => {
        if (!(await reopenJob(tx, job))) {
          throw new Problem('conflict', { detail: 'This work has not failed.' });
        }
        await writeAudit(tx, { by, action: 'job.resume', object: { kind: 'job', id: job.id } });
        await wakeJob(tx, job);
      });
      return show(db, (await findJob(db, { workspaceId: workspace.id, id: job.id }))!);
    },
  });

  const undo = defineRoute({
    method: 'POST',
    url: '/jobs/:id/undo',
    right: 'member',
    summary: 'Take back what long work changed',
    description: 'Itself long work. What a job changed is remembered for three days.',
    params: idParams,
    response: jobSchema,
    status: 201,
    handler: async ({ db, by, workspace, params, ...looker }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params, ...looker });
      if (job.ended_at === null) {
        throw new Problem('conflict', { detail: 'This work has not ended; cancel it first.' });
      }
      const kind = kinds.get(job.kind);
      const order = kind?.undo?.(job.input, job.id);
      const total = await countChanges(db, { jobId: job.id });
      if (!order || total === 0) {
        throw new Problem('conflict', { detail: 'There is nothing that can be taken back.' });
      }
      const workspaceId = workspace.id;
      const begun = await inTransaction(db, async (tx) => {
        const { rights } = looker;
        await kind?.beforeUndo?.(tx, { workspaceId, input: job.input, by, rights });
        await writeAudit(tx, { by, action: 'job.undo', object: { kind: 'job', id: job.id } });
        return enqueueJob(tx, { ...order, workspaceId, by, total });
      });
      return show(db, begun);
    },
  });

  async function find(
    db: Db,
    { actor, rights, ...which }: { workspaceId: number; id: number } & Looker,
  ): Promise<JobRow> {
    const job = await findJob(db, which);
    if (!job || !maySee(job, { kinds, actor, rights })) throw notFound('job');
    return job;
  }

  async function show(db: Db, job: JobRow) {
    return presentJob(job, { kinds, changed: await withChanges(db, { ids: [job.id] }) });
  }

  return [list, get, errors, cancel, goOn, undo];
}

function hasEnded(): Problem {
  return new Problem('conflict', { detail: 'This work has ended already.' });
}
