import {
  freezeSchema,
  frozenListSchema,
  idParams,
  idSchema,
  jobSchema,
  MOST_OVERLAPPING,
  MOST_SIZED,
  segmentOverlapSchema,
  segmentSizesSchema,
  sizesOfSegmentsSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { inTransaction } from '../db/index.ts';
import { defineRoute, notFound, Problem, type ManageRoute } from '../http/index.ts';
import { presentJob } from '../jobs/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { createList, readSegment } from './change-segment.ts';
import { computeKind } from './compute-kind.ts';
import { countOverlap, regionsOf } from './count-overlap.ts';
import { lockSegment, readSizes } from './queries.ts';
import { copyMembersOf, presentView, requireNotDeleted } from './routes-work.ts';
import { recomputeRule } from './save-rule.ts';
import { sizeAsOf, sizesAsOf, type Settle } from './settled.ts';
import { readDays, sizesOf } from './sizes-by-day.ts';

const SHOWN = { kinds: new Map([[computeKind.kind, computeKind]]), changed: new Set<number>() };

const recompute = defineRoute({
  method: 'POST',
  url: '/segments/:id/recompute',
  right: 'segments.write',
  summary: 'Find the members of a dynamic segment anew',
  description:
    'Needed after a computation that was cancelled or broke off; what lives follows by itself. The ' +
    'members stay until it is done, as `/jobs` shows.',
  params: idParams,
  response: jobSchema,
  status: 201,
  handler: ({ db, by, workspace, params: { id } }) =>
    inTransaction(db, async (tx) => {
      const workspaceId = workspace.id;
      await raiseConfigVersion(tx, { workspaceId });
      if (!(await lockSegment(tx, { workspaceId, id }))) throw notFound('segment');
      const segment = await readSegment(tx, { workspaceId, id });
      requireNotDeleted(segment);
      const job = await recomputeRule(tx, { workspaceId, segment, by, cause: 'recomputation' });
      if (!job) {
        throw new Problem('unprocessable', {
          detail: 'A list has no rule: nothing is to be computed.',
        });
      }
      const object = { kind: 'segment', id };
      await writeAudit(tx, { by, action: 'segment.recompute', object, after: { job: job.id } });
      return presentJob(job, SHOWN);
    }),
});

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

const sizesQuery = z.object({
  from: z.iso.date().optional().describe('Default: 30 days before `to`.'),
  to: z.iso.date().optional().describe('Itself included. Default: today, by UTC.'),
});

/** The calls about dynamic segments beside those that lists have too. */
export function dynamicRoutes({ settle }: { settle: Settle }): ManageRoute[] {
  const overlap = defineRoute({
    method: 'GET',
    url: '/segments/overlap',
    right: 'member',
    summary: 'Count how two or three segments overlap',
    description: 'Exact, as of now. Every contact of them is in one region.',
    query: z.object({
      ids: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(idSchema).min(2).max(MOST_OVERLAPPING))
        .describe('Their IDs, with commas between them.'),
    }),
    response: segmentOverlapSchema,
    example: { query: { ids: '1,2' } },
    handler: async ({ db, workspace, now, query }) => {
      const workspaceId = workspace.id;
      const segmentIds = [...new Set(query.ids)];
      for (const id of segmentIds) await readSegment(db, { workspaceId, id });
      const began = performance.now();
      const settled = await settle(db, { workspaceId, segmentIds, now });
      const counts = await countOverlap(db, { workspaceId, segmentIds, settled });
      return {
        regions: regionsOf(segmentIds, counts),
        took_ms: Math.round(performance.now() - began),
      };
    },
  });

  const sizes = defineRoute({
    method: 'GET',
    url: '/segments/:id/sizes',
    right: 'member',
    summary: 'List the sizes of a segment by day, with entries and exits',
    description:
      'Days of UTC. Counted since version 0.2: before, a segment seems to have stood still.',
    params: idParams,
    query: sizesQuery,
    response: segmentSizesSchema,
    handler: async ({ db, workspace, now, params: { id }, query }) => {
      const workspaceId = workspace.id;
      await readSegment(db, { workspaceId, id });
      const { from, to } = rangeOf(query, now);
      const settled = await settle(db, { workspaceId, segmentIds: [id], now });
      const days = await readDays(db, { segmentIds: [id], from });
      const size = await sizeAsOf(db, { workspaceId, segmentId: id, settled });
      return { days: sizesOf(days.get(id) ?? [], { from, to, size }) };
    },
  });

  const sizesOfSome = defineRoute({
    method: 'GET',
    url: '/segments/sizes',
    right: 'member',
    summary: 'List the sizes of several segments by day',
    description: 'Days of UTC, as of one segment; for those that one page of a list shows.',
    query: sizesQuery.extend({
      ids: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(idSchema).min(1).max(MOST_SIZED))
        .describe('Their IDs, with commas between them.'),
    }),
    response: sizesOfSegmentsSchema,
    example: { query: { ids: '1,2' } },
    handler: async ({ db, workspace, now, query }) => {
      const workspaceId = workspace.id;
      const { from, to } = rangeOf(query, now);
      const kept = await readSizes(db, { workspaceId, segmentIds: [...new Set(query.ids)] });
      const segmentIds = [...kept.keys()];
      if (segmentIds.length === 0) return { days: daysOf({ from, to }), items: [] };
      const settled = await settle(db, { workspaceId, segmentIds, now });
      const days = await readDays(db, { segmentIds, from });
      const sizesNow = await sizesAsOf(db, { workspaceId, segmentIds, settled });
      const sized = segmentIds.map((id) => ({
        id,
        sizes: sizesOf(days.get(id) ?? [], { from, to, size: sizesNow.get(id)! }).map(
          (day) => day.size,
        ),
      }));
      return { days: daysOf({ from, to }), items: sized };
    },
  });

  return [recompute, freezeRoute(settle), overlap, sizesOfSome, sizes];
}

/** The days that are meant; none of them lies ahead. */
function rangeOf(
  query: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: string; to: string } {
  const today = dayOf(now);
  const to = query.to === undefined || query.to > today ? today : query.to;
  const from = query.from ?? dayOf(new Date(Date.parse(to) - 29 * DAY_MS));
  requireRange({ from, to });
  return { from, to };
}

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, n) => dayOf(new Date(Date.parse(from) + n * DAY_MS)));
}

function requireRange({ from, to }: { from: string; to: string }): void {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days >= 1 && days <= MOST_DAYS) return;
  const message =
    days < 1 ? 'It begins after its end.' : `At most ${MOST_DAYS} days; this is ${days}.`;
  throw new Problem('invalid_request', {
    detail: message,
    errors: [{ path: '/from', message, in: 'query' }],
  });
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** Makes a list of who is in a segment now. */
function freezeRoute(settle: Settle): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/segments/:id/freeze',
    right: 'segments.write',
    summary: 'Make a list of those who are in a segment now',
    description: 'The list is there at once; its members are put into it by the job that is named.',
    params: idParams,
    body: freezeSchema,
    response: frozenListSchema,
    status: 201,
    example: { body: { name: 'Active users, end of November' } },
    handler: ({ db, by, workspace, params: { id }, body: { name } }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const from = await readSegment(tx, { workspaceId, id });
        requireNotDeleted(from);
        const into = await createList(tx, { workspaceId, by, name, tags: from.tags });
        const job = await copyMembersOf(tx, { workspaceId, by, from, into, settle });
        return { ...presentView(into), job: job.id };
      }),
  });
}
