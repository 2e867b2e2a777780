import {
  idParams,
  jobSchema,
  splitSchema,
  withContactsSchema,
  type segmentSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { deleteMatching, presentBulk } from '../contacts/index.ts';
import { inTransaction, type Tx } from '../db/index.ts';
import { defineRoute, Problem, type ManageRoute, type Origin } from '../http/index.ts';
import { enqueueJob, presentJob, type JobRow } from '../jobs/index.ts';
import { changeSegment, createList, readSegment, type SegmentWithTags } from './change-segment.ts';
import { segmentKinds } from './long-work.ts';
import { refuseUsed, type FindSegmentUses } from './refuse-used.ts';
import { sizeAsOf, type Settle } from './settled.ts';
import { whyNoSplit } from './split-members.ts';
import type { SegmentRow } from './segment-row.ts';

const kinds = new Map(segmentKinds.map((kind) => [kind.kind, kind]));

/** Takes all members out of a list; long work, that can be taken back. */
export const emptyRoute: ManageRoute = defineRoute({
  method: 'POST',
  url: '/segments/:id/empty',
  right: 'segments.write',
  summary: 'Empty a list',
  description: 'Takes out who is in it now, as long work that `/jobs/{id}/undo` takes back.',
  params: idParams,
  response: jobSchema,
  status: 201,
  handler: ({ db, by, workspace, params: { id } }) =>
    inTransaction(db, async (tx) => {
      const segment = await readSegment(tx, { workspaceId: workspace.id, id });
      requireOpenList(segment);
      await writeAudit(tx, {
        by,
        action: 'segment.empty',
        object: { kind: 'segment', id },
        before: { size: segment.size },
      });
      const job = await enqueueJob(tx, {
        workspaceId: workspace.id,
        by,
        kind: 'segments.empty',
        input: { segment: String(id), name: segment.name },
        total: segment.size,
      });
      return presentJob(job, { kinds, changed: new Set() });
    }),
});

/** Puts every member of a segment into one of several new lists. */
export function splitRoute(settle: Settle): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/segments/:id/split',
    right: 'segments.write',
    summary: 'Split a list or a dynamic segment at random',
    description:
      'Makes the lists that are named, and puts each member of this one into exactly one of them, as ' +
      'long work. This one keeps its members. `/jobs/{id}/undo` deletes the lists that were made, as long as ' +
      'none of them is used or was changed since.',
    params: idParams,
    body: splitSchema,
    response: jobSchema,
    status: 201,
    example: {
      body: {
        by: 'share',
        lists: [
          { name: 'Testers A', share: 50 },
          { name: 'Testers B', share: 50 },
        ],
      },
    },
    handler: ({ db, by, workspace, params: { id }, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const segment = await readSegment(tx, { workspaceId, id });
        requireNotDeleted(segment);
        const size = await sizeNow(tx, { workspaceId, segment, settle, now: by.at });
        const problem = whyNoSplit(body, size);
        if (problem !== undefined) throw atMember('lists', problem);
        const lists: { id: string; name: string }[] = [];
        for (const { name } of body.lists) {
          const made = await createList(tx, { workspaceId, by, name, tags: segment.tags });
          lists.push({ id: String(made.id), name: made.name });
        }
        await writeAudit(tx, {
          by,
          action: 'segment.split',
          object: { kind: 'segment', id },
          after: { by: body.by, lists, size },
        });
        const job = await enqueueJob(tx, {
          workspaceId,
          by,
          kind: 'segments.split',
          input: {
            segment: String(id),
            from: String(id),
            name: segment.name,
            lists,
            split: { by: body.by, lists: body.lists.map(({ name: _name, ...part }) => part) },
          },
          total: size,
        });
        return presentJob(job, { kinds, changed: new Set() });
      }),
  });
}

/** Deletes a list, and the contacts who are in it as the work comes to them. */
export function deleteWithContactsRoute(findSegmentUses: FindSegmentUses): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/segments/:id/delete_with_contacts',
    right: 'segments.write',
    summary: 'Delete a list and all contacts in it',
    description:
      'Takes `contacts.write` too. The list is deleted at once, so that nobody enters it any more; ' +
      'its contacts are deleted as long work. `/jobs/{id}/undo` brings them back, and the list with them.',
    params: idParams,
    body: withContactsSchema,
    response: jobSchema,
    status: 202,
    handler: ({ db, by, workspace, rights, params: { id }, body }) => {
      if (!rights.has('contacts.write')) {
        throw new Problem('forbidden', { detail: 'Deleting contacts takes contacts.write.' });
      }
      return inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const segment = await readSegment(tx, { workspaceId, id });
        requireOpenList(segment);
        if (body.name !== segment.name) throw atMember('name', 'This is not the name of the list.');
        await refuseUsed(tx, findSegmentUses, { workspaceId, segmentId: id });
        await changeSegment(tx, { workspaceId, by, id, archived: true });
        const filter = { type: 'segment', segment: String(id) };
        const job = await deleteMatching(tx, {
          workspace,
          by,
          filter,
          total: segment.size,
          list: id,
        });
        await writeAudit(tx, {
          by,
          action: 'segment.delete_with_contacts',
          object: { kind: 'segment', id },
          before: { size: segment.size },
          after: { job: job.id },
        });
        return presentBulk(job);
      });
    },
  });
}

function atMember(member: string, message: string): Problem {
  return new Problem('invalid_request', {
    detail: message,
    errors: [{ path: `/${member}`, message, in: 'body' }],
  });
}

/** Begins to put the members of a segment into a list. */
export async function copyMembersOf(
  tx: Tx,
  {
    workspaceId,
    by,
    from,
    into,
    settle,
  }: { workspaceId: number; by: Origin; from: SegmentRow; into: SegmentRow; settle: Settle },
): Promise<JobRow> {
  return enqueueJob(tx, {
    workspaceId,
    by,
    kind: 'segments.copy',
    input: { segment: String(into.id), from: String(from.id), name: into.name },
    total: await sizeNow(tx, { workspaceId, segment: from, settle, now: by.at }),
  });
}

/** The size as of now: time may have changed a dynamic segment, unwritten yet. */
async function sizeNow(
  tx: Tx,
  {
    workspaceId,
    segment,
    settle,
    now,
  }: { workspaceId: number; segment: SegmentRow; settle: Settle; now: Date },
): Promise<number> {
  const settled = await settle(tx, { workspaceId, segmentIds: [segment.id], now });
  return sizeAsOf(tx, { workspaceId, segmentId: segment.id, settled });
}

/** Members of a list are named; those of a dynamic segment follow its rule. */
export function requireOpenList(segment: SegmentRow): void {
  if (segment.kind !== 'list') {
    throw new Problem('unprocessable', {
      detail: "A dynamic segment's members follow its rule and are not named.",
    });
  }
  requireNotDeleted(segment);
}

export function requireNotDeleted({ kind, archived_at: archivedAt }: SegmentRow): void {
  if (!archivedAt) return;
  const what = kind === 'list' ? 'list' : 'segment';
  throw new Problem('conflict', { detail: `The ${what} is deleted. Bring it back first.` });
}

type View = z.output<typeof segmentSchema>;

export function presentView({ version: _version, ...segment }: SegmentWithTags): View {
  return segment;
}
