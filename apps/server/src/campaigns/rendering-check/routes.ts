import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  idParams,
  idSchema,
  jobErrorSchema,
  newRenderingCheckSchema,
  pageOf,
  renderingCheckSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import type { ContactQuestions } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import {
  Content,
  contentSchema,
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../../http/index.ts';
import {
  findJob,
  presentJob,
  readFile,
  sizeOfFile,
  workKinds,
  type JobRow,
} from '../../jobs/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import { beginCampaignCheck, beginMessageCheck } from './begin.ts';
import { listChecks, listFailing } from './queries.ts';
import { RENDERING_CHECK, renderingCheckWork, resultOf, type RenderingCheckInput } from './work.ts';

const unpack = promisify(gunzip);
const bodyLimit = 8 * 1024 * 1024;

/** Calls that render a message for everybody in an audience, and tell for whom that fails. */
export function renderingCheckRoutes(parts: {
  renderPool: RenderPool;
  questions: ContactQuestions;
}): ManageRoute[] {
  const kinds = workKinds([
    renderingCheckWork({ renderPool: undefined, questions: parts.questions }),
  ]);

  const beginForMessage = defineRoute({
    method: 'POST',
    url: '/messages/:id/rendering_checks',
    right: 'messages.write',
    summary: 'Render a message for everybody in an audience, and tell for whom that fails',
    description:
      'Long work: answers at once. Nothing is sent. While something waits to be sent, it rests as ' +
      'long as it works.',
    params: idParams,
    body: newRenderingCheckSchema,
    bodyLimit,
    response: renderingCheckSchema,
    status: 201,
    example: { body: { audience: { kind: 'all' } } },
    handler: async ({ db, by, workspace, params, body }) =>
      show(
        db,
        await beginMessageCheck(db, parts, { workspaceId: workspace.id, by, ...params, ...body }),
      ),
  });

  const beginForCampaign = defineRoute({
    method: 'POST',
    url: '/campaigns/:id/rendering_checks',
    right: 'messages.write',
    summary: 'Render the messages of a campaign for its audience, and tell for whom that fails',
    params: idParams,
    response: renderingCheckSchema,
    status: 201,
    handler: async ({ db, by, workspace, params }) =>
      show(db, await beginCampaignCheck(db, { workspaceId: workspace.id, by, ...params })),
  });

  const list = defineRoute({
    method: 'GET',
    url: '/rendering_checks',
    right: 'messages.write',
    summary: 'List renderings for audiences, the newest first',
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      message: idSchema.optional(),
      campaign: idSchema.optional(),
    }),
    response: pageOf(renderingCheckSchema),
    handler: async ({ db, workspace, query: { limit, cursor, message, campaign } }) => {
      const rows = await listChecks(db, {
        workspaceId: workspace.id,
        message,
        campaign,
        before: cursor?.[0],
        limit: limit + 1,
      });
      const page = pageFrom(rows, { limit, position: ({ id }) => [id] });
      return { ...page, items: await Promise.all(page.items.map((job) => show(db, job))) };
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/rendering_checks/:id',
    right: 'messages.write',
    summary: 'Show how far a rendering for an audience is, and what it found',
    description: 'It is cancelled as other long work: `POST /jobs/{id}/cancel`.',
    params: idParams,
    response: renderingCheckSchema,
    handler: async ({ db, workspace, params }) =>
      show(db, await find(db, { workspaceId: workspace.id, ...params })),
  });

  const contacts = defineRoute({
    method: 'GET',
    url: '/rendering_checks/:id/contacts',
    right: 'contacts.read',
    summary: 'List contacts for whom a message fails',
    description: 'The first 10,000 of the check; the file has all.',
    params: idParams,
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      group: z.coerce
        .number()
        .int()
        .min(0)
        .max(1000)
        .optional()
        .describe('The `place` of a group.'),
    }),
    response: pageOf(jobErrorSchema),
    handler: async ({ db, workspace, params, query: { limit, cursor, group } }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params });
      const after = cursor?.[0] ?? 0;
      const rows = await listFailing(db, { jobId: job.id, group, after, limit: limit + 1 });
      return pageFrom(rows, { limit, position: ({ n }) => [n] });
    },
  });

  const download = defineRoute({
    method: 'GET',
    url: '/rendering_checks/:id/file',
    right: 'contacts.read_personal',
    summary: 'Download the contacts for whom a message fails, as CSV',
    params: idParams,
    response: contentSchema,
    handler: async ({ db, workspace, params }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params });
      if (job.ended_at === null) {
        throw new Problem('conflict', { detail: 'The check has not ended.' });
      }
      if ((await sizeOfFile(db, { jobId: job.id })).slices === 0) {
        throw new Problem('link_expired', { detail: 'The file was kept for three days.' });
      }
      return new Content('text/csv; charset=utf-8', Readable.from(textOf(db, job)), {
        'content-disposition': `attachment; filename="${nameOf(job)}"`,
      });
    },
  });

  async function find(db: Db, which: { workspaceId: number; id: number }): Promise<JobRow> {
    const job = await findJob(db, which);
    if (job?.kind !== RENDERING_CHECK) throw notFound('rendering check');
    return job;
  }

  async function show(db: Db, job: JobRow): Promise<z.output<typeof renderingCheckSchema>> {
    // Emptied when it named somebody who was erased.
    const { messages = [], campaign = null, audience } = job.input as Partial<RenderingCheckInput>;
    const { groups, ...counts } = resultOf(job.result);
    return {
      ...presentJob(job, { kinds, changed: new Set() }),
      messages: messages.map(({ id, version = null }) => ({ id, version })),
      campaign,
      audience: audience ?? null,
      ...counts,
      groups: groups.toSorted((a, b) => b.n - a.n),
      file: await fileOf(db, job),
    };
  }

  return [beginForMessage, beginForCampaign, list, read, contacts, download];
}

async function fileOf(db: Db, job: JobRow) {
  if (job.ended_at === null) return null;
  const { rows, slices } = await sizeOfFile(db, { jobId: job.id });
  if (slices === 0) return null;
  return { name: nameOf(job), rows, path: `/rendering_checks/${job.id}/file` };
}

async function* textOf(db: Db, { id }: JobRow): AsyncGenerator<Buffer> {
  for await (const piece of readFile(db, { jobId: id })) yield await unpack(piece);
}

function nameOf({ id, created_at: at }: JobRow): string {
  return `rendering-check-${at.toISOString().slice(0, 10)}-${id}.csv`;
}
