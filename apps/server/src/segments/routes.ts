import {
  idParams,
  newSegmentSchema,
  segmentChangeSchema,
  segmentDetailSchema,
  segmentKindSchema,
  segmentPageSchema,
  segmentSchema,
  tagNameSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, pageFrom, pageQuery, Problem, type ManageRoute } from '../http/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { changeSegment, createList, readSegment, type SegmentWithTags } from './change-segment.ts';
import { refuseUsed, type FindSegmentUses } from './refuse-used.ts';
import { countSegments, listSegments, positionOf, type SegmentSort } from './queries.ts';
import { copyMembersOf, deleteWithContactsRoute, emptyRoute, splitRoute } from './routes-work.ts';
import { memberRoutes, type MemberRouteParts } from './routes-members.ts';

export interface SegmentRouteParts extends MemberRouteParts {
  findSegmentUses: FindSegmentUses;
}

const sorts = (['name', 'created_at', 'changed_at', 'size'] as const).flatMap(
  (by) => [by, `-${by}`] as const,
);

/** The calls about segments; so far all of them are lists. */
export function segmentRoutes(parts: SegmentRouteParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/segments',
    right: 'member',
    summary: 'List segments',
    query: z.object({
      ...pageQuery(z.tuple([z.union([z.string(), z.number()]), z.int()])),
      search: z
        .string()
        .trim()
        .max(200)
        .optional()
        .describe('A part of the name, a key, or an ID.'),
      kind: segmentKindSchema.optional(),
      tag: tagNameSchema.optional(),
      archived: z.enum(['true', 'false']).default('false'),
      sort: z.enum(sorts).default('name').describe('With `-` the greatest first.'),
    }),
    response: segmentPageSchema,
    handler: async ({ db, workspace, query }) => {
      const { limit, cursor, archived, sort: order, ...filter } = query;
      const descending = order.startsWith('-');
      const sort = (descending ? order.slice(1) : order) as SegmentSort;
      const which = { workspaceId: workspace.id, ...filter, archived: archived === 'true' };
      const rows = await listSegments(db, {
        ...which,
        sort,
        descending,
        after: cursor,
        limit: limit + 1,
      });
      const tags = await tagNamesOf(db, { kind: 'segment', ids: rows.map(({ id }) => id) });
      const page = pageFrom(rows, { limit, position: (row) => positionOf(row, sort) });
      return {
        ...page,
        items: page.items.map((row) => toView({ ...row, tags: tags.get(row.id) ?? [] })),
        total: cursor === undefined ? await countSegments(db, which) : null,
      };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/segments',
    right: 'segments.write',
    summary: 'Make a list',
    description: 'With `members_of` it is filled by long work that `/jobs` shows.',
    body: newSegmentSchema,
    response: segmentSchema,
    status: 201,
    example: { body: { name: 'Beta testers', kind: 'list', purpose: 'Get new versions first' } },
    handler: async ({ db, by, workspace, body }) => {
      const { kind, definition, ...rest } = body;
      if (kind !== 'list' || definition !== undefined) throw onlyLists(kind);
      const workspaceId = workspace.id;
      return inTransaction(db, async (tx) => {
        const { members_of: copied, ...list } = rest;
        const into = await createList(tx, { workspaceId, by, ...list });
        if (copied !== undefined) {
          const from = await readSegment(tx, { workspaceId, id: copied });
          await copyMembersOf(tx, { workspaceId, by, from, into });
        }
        return toView(into);
      });
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/segments/:id',
    right: 'member',
    summary: 'Read a segment, and what uses it',
    params: idParams,
    response: segmentDetailSchema,
    handler: async ({ db, workspace, params: { id } }) => {
      const segment = await readSegment(db, { workspaceId: workspace.id, id });
      const uses = await parts.findSegmentUses(db, { workspaceId: workspace.id, segmentId: id });
      return { ...toView(segment), used_by: uses };
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/segments/:id',
    right: 'segments.write',
    summary: 'Rename a segment, change its purpose or tags, or bring it back',
    description: 'Its key and ID stay, so that what refers to it goes on.',
    params: idParams,
    body: segmentChangeSchema,
    response: segmentSchema,
    example: { body: { name: 'Early testers', tags: ['Product'] } },
    handler: ({ db, by, workspace, params: { id }, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        if (body.archived) {
          await refuseUsed(tx, parts.findSegmentUses, { workspaceId, segmentId: id });
        }
        return toView(await changeSegment(tx, { workspaceId, by, id, ...body }));
      }),
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/segments/:id',
    right: 'segments.write',
    summary: 'Delete a segment that nothing uses',
    description:
      'Its contacts stay. `PATCH` with `"archived": false` brings it back with its members, as ' +
      'long as nobody has taken its name.',
    params: idParams,
    query: z.strictObject({}),
    response: segmentSchema,
    handler: ({ db, by, workspace, params: { id } }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        await refuseUsed(tx, parts.findSegmentUses, { workspaceId, segmentId: id });
        return toView(await changeSegment(tx, { workspaceId, by, id, archived: true }));
      }),
  });

  return [
    list,
    create,
    read,
    change,
    remove,
    emptyRoute,
    splitRoute,
    deleteWithContactsRoute(parts.findSegmentUses),
    ...memberRoutes(parts),
  ];
}

function onlyLists(kind: string): Problem {
  const path = kind === 'list' ? '/definition' : '/kind';
  const message =
    kind === 'list'
      ? 'A list has no definition: its members are named one by one.'
      : 'This version holds lists only; dynamic segments are not available yet.';
  return new Problem('unprocessable', {
    detail: message,
    errors: [{ path, message, in: 'body' }],
  });
}

/** What a list holds is known at once: its sizes are written with its members. */
function toView(segment: SegmentWithTags): z.output<typeof segmentSchema> {
  return { ...segment, state: 'ready' };
}
