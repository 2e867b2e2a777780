import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  EXPORT_COLUMNS,
  exportSchema,
  idParams,
  newExportSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
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
  enqueueJob,
  findJob,
  listJobs,
  presentJob,
  readFile,
  sizeOfFile,
  UNDO_MS,
  workKinds,
  type JobRow,
} from '../../jobs/index.ts';
import { mayReadPersonal, type Rights } from '../../users/index.ts';
import { asInput, readSelection } from '../bulk/selection.ts';
import { readCustomRules } from '../field-catalogue.ts';
import { allColumns } from './columns.ts';
import { EXPORT, exportWork, type ExportParts } from './export-work.ts';

const unpack = promisify(gunzip);

export function exportRoutes(parts: ExportParts): ManageRoute[] {
  const kinds = workKinds([exportWork(parts)]);

  const begin = defineRoute({
    method: 'POST',
    url: '/exports',
    right: 'contacts.export',
    summary: 'Export contacts to a CSV file',
    description:
      'Long work: answers a job at once. The file is kept for three days. Values that a ' +
      'spreadsheet would take for a formula begin with an apostrophe. Takes `contacts.read_personal`.',
    body: newExportSchema,
    response: exportSchema,
    status: 201,
    example: {
      body: { selection: {}, columns: ['external_id', 'email', 'email_status'], separator: ',' },
    },
    handler: async ({ db, by, workspace, rights, now, body }) => {
      refuseMasked(rights);
      const workspaceId = workspace.id;
      const known = allColumns(await readCustomRules(db, { workspaceId }));
      const columns = checkColumns(body.columns ?? known, known);
      const chosen = await readSelection(db, {
        selection: body.selection,
        workspace,
        rights,
        now,
        questions: parts.questions,
      });
      const { separator } = body;
      const input = { selection: asInput(chosen.selection), columns, separator };
      const { total } = chosen;
      const job = await inTransaction(db, async (tx) => {
        const order = { workspaceId, by, kind: EXPORT, input };
        const begun = await enqueueJob(tx, { ...order, ...(total !== undefined && { total }) });
        await writeAudit(tx, {
          by,
          action: 'contact.export',
          object: { kind: 'job', id: begun.id },
          after: { columns, total: total ?? null },
        });
        return begun;
      });
      return show(db, job);
    },
  });

  const list = defineRoute({
    method: 'GET',
    url: '/exports',
    right: 'contacts.export',
    summary: 'List exports, the newest first',
    query: z.object(pageQuery(z.tuple([z.int()]))),
    response: pageOf(exportSchema),
    handler: async ({ db, workspace, query: { limit, cursor } }) => {
      const rows = await listJobs(db, {
        workspaceId: workspace.id,
        kinds: [EXPORT],
        of: { kind: 'system', id: null },
        states: undefined,
        before: cursor?.[0],
        limit: limit + 1,
      });
      const page = pageFrom(rows, { limit, position: ({ id }) => [id] });
      return { ...page, items: await Promise.all(page.items.map((job) => show(db, job))) };
    },
  });

  const get = defineRoute({
    method: 'GET',
    url: '/exports/:id',
    right: 'contacts.export',
    summary: 'Show how far an export is, and where its file is',
    params: idParams,
    response: exportSchema,
    handler: async ({ db, workspace, params }) =>
      show(db, await find(db, { workspaceId: workspace.id, ...params })),
  });

  const download = defineRoute({
    method: 'GET',
    url: '/exports/:id/file',
    right: 'contacts.export',
    summary: 'Download the file of an export',
    params: idParams,
    response: contentSchema,
    handler: async ({ db, by, workspace, rights, params }) => {
      const job = await find(db, { workspaceId: workspace.id, ...params });
      refuseMasked(rights);
      if (job.state !== 'done') {
        throw new Problem('conflict', { detail: 'The file is not finished.' });
      }
      const { slices } = await sizeOfFile(db, { jobId: job.id });
      if (slices === 0) {
        throw new Problem('link_expired', { detail: 'The file was kept for three days.' });
      }
      await writeAudit(db, {
        by,
        action: 'contact.export_download',
        object: { kind: 'job', id: job.id },
      });
      return new Content('text/csv; charset=utf-8', Readable.from(textOf(db, job)), {
        'content-disposition': `attachment; filename="${nameOf(job)}"`,
      });
    },
  });

  async function find(db: Db, which: { workspaceId: number; id: number }): Promise<JobRow> {
    const job = await findJob(db, which);
    if (job?.kind !== EXPORT) throw notFound('export');
    return job;
  }

  async function show(db: Db, job: JobRow): Promise<z.output<typeof exportSchema>> {
    const shown = presentJob(job, { kinds, changed: new Set() });
    if (job.state !== 'done' || job.ended_at === null) return { ...shown, file: null };
    const { rows, slices } = await sizeOfFile(db, { jobId: job.id });
    if (slices === 0) return { ...shown, file: null };
    const file = {
      name: nameOf(job),
      rows,
      path: `/exports/${job.id}/file`,
      expires_at: new Date(job.ended_at.getTime() + UNDO_MS),
    };
    return { ...shown, file };
  }

  return [begin, list, get, download];
}

async function* textOf(db: Db, { id }: JobRow): AsyncGenerator<Buffer> {
  for await (const piece of readFile(db, { jobId: id })) yield await unpack(piece);
}

function nameOf({ id, created_at }: JobRow): string {
  return `contacts-${created_at.toISOString().slice(0, 10)}-${id}.csv`;
}

function refuseMasked(rights: Rights): void {
  if (mayReadPersonal(rights)) return;
  throw new Problem('forbidden', { detail: 'An export takes contacts.read_personal.' });
}

function checkColumns(columns: string[], known: string[]): string[] {
  const all = new Set<string>([...known, ...EXPORT_COLUMNS]);
  const errors = columns.flatMap((column, n) =>
    all.has(column)
      ? []
      : [{ path: `/columns/${n}`, message: `There is no column ${column}.`, in: 'body' as const }],
  );
  if (errors.length > 0)
    throw new Problem('invalid_request', { detail: errors[0]!.message, errors });
  return [...new Set(columns)];
}
