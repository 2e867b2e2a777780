import {
  idParams,
  type listedSegmentSchema,
  newSegmentSchema,
  savedSegmentSchema,
  segmentChangeSchema,
  segmentDetailSchema,
  segmentKindSchema,
  segmentPageSchema,
  segmentSchema,
  tagNameSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db, type Tx } from '../db/index.ts';
import { defineRoute, pageFrom, pageQuery, Problem, type ManageRoute } from '../http/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { changeSegment, createDynamic, createList, readSegment } from './change-segment.ts';
import { requireRule, type CheckedRule } from './check-rule.ts';
import { describeVersions, readComputations } from './describe-versions.ts';
import { refuseUsed, usesOf, usesOfAll, type FindSegmentUses } from './refuse-used.ts';
import { countSegments, listSegments, positionOf, type SegmentSort } from './queries.ts';
import { dynamicRoutes } from './routes-dynamic.ts';
import {
  copyMembersOf,
  deleteWithContactsRoute,
  emptyRoute,
  presentView,
  splitRoute,
} from './routes-work.ts';
import { memberRoutes, type MemberRouteParts } from './routes-members.ts';
import { usesEvent } from './rule-content.ts';
import { sizesAsOf } from './settled.ts';
import { readLatestVersion } from './version-queries.ts';

type View = z.output<typeof segmentSchema>;

export interface SegmentRouteParts extends MemberRouteParts {
  findSegmentUses: FindSegmentUses;
}

const sorts = (['name', 'created_at', 'changed_at', 'size'] as const).flatMap(
  (by) => [by, `-${by}`] as const,
);

/** The calls about lists and dynamic segments. */
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
    handler: async ({ db, workspace, now, query }) => {
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
      const items = page.items.map((row) => presentView({ ...row, tags: tags.get(row.id) ?? [] }));
      const views = await asOfNow(db, { workspaceId: workspace.id, segments: items, now });
      return {
        ...page,
        items: await asListed(db, { workspaceId: workspace.id, segments: views }),
        total: cursor === undefined ? await countSegments(db, which) : null,
      };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/segments',
    right: 'segments.write',
    summary: 'Make a list or a dynamic segment',
    description:
      'A list with `members_of` is filled by long work that `/jobs` shows. The members of a dynamic ' +
      'segment are found by long work too: it answers at once, `computing`. A wrong definition is ' +
      'refused with the JSON path of each mistake.',
    body: newSegmentSchema,
    response: savedSegmentSchema,
    status: 201,
    example: {
      body: {
        name: 'Active this week',
        kind: 'dynamic',
        definition: {
          language: 1,
          include: {
            type: 'event',
            event: 'AppOpened',
            period: { kind: 'last', n: 7, unit: 'day' },
          },
        },
        purpose: 'Who need not be won back',
      },
    },
    handler: ({ db, by, workspace, body }) => {
      const workspaceId = workspace.id;
      const { kind, definition, members_of: copied, ...given } = body;
      const segment = { workspaceId, by, ...given };
      return inTransaction(db, async (tx) => {
        if (kind === 'dynamic') {
          refuseMember(copied, '/members_of', 'A dynamic segment gets its members by its rule.');
          // First, so that what its rule names stays there until it is saved.
          await raiseConfigVersion(tx, { workspaceId });
          const checked = await requireRule(tx, { workspaceId, definition });
          const made = await createDynamic(tx, { ...segment, checked });
          return { ...presentView(made), warnings: [...checked.warnings] };
        }
        refuseMember(
          definition,
          '/definition',
          'A list has no definition: its members are named one by one.',
        );
        const into = await createList(tx, segment);
        if (copied !== undefined) {
          const from = await readSegment(tx, { workspaceId, id: copied });
          await copyMembersOf(tx, { workspaceId, by, from, into, settle: parts.settle });
        }
        return { ...presentView(into), warnings: [] };
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
    handler: async ({ db, workspace, now, params: { id } }) => {
      const workspaceId = workspace.id;
      const segment = await readSegment(db, { workspaceId, id });
      const [view] = await asOfNow(db, { workspaceId, segments: [presentView(segment)], now });
      return {
        ...view!,
        ...(await describeVersions(db, segment)),
        used_by: await usesOf(db, parts.findSegmentUses, { workspaceId, segmentId: id }),
      };
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/segments/:id',
    right: 'segments.write',
    summary: 'Rename a segment, change its purpose, tags or rule, or bring it back',
    description:
      'Its key and ID stay, so that what refers to it goes on. A new `definition` is computed as ' +
      'long work; until that is done the segment keeps its members.',
    params: idParams,
    body: segmentChangeSchema,
    response: savedSegmentSchema,
    example: { body: { name: 'Early testers', tags: ['Product'] } },
    handler: ({ db, by, workspace, params: { id }, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const { definition, ...change } = body;
        // First: whoever changes rules of a workspace takes turns, so that none leads back to itself.
        if (definition !== undefined || change.archived !== undefined) {
          await raiseConfigVersion(tx, { workspaceId });
        }
        if (change.archived) {
          await refuseUsed(tx, parts.findSegmentUses, { workspaceId, segmentId: id });
        }
        const checked =
          definition === undefined
            ? undefined
            : await ruleFor(tx, { workspaceId, segmentId: id, definition });
        if (checked && (await losesMembers(tx, { segmentId: id, checked }))) {
          await refuseUsed(
            tx,
            parts.findSegmentUses,
            { workspaceId, segmentId: id },
            'Without an event it would have no members, and ',
          );
        }
        const changed = await changeSegment(tx, { workspaceId, by, id, ...change, checked });
        return { ...presentView(changed), warnings: [...(checked?.warnings ?? [])] };
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
        await raiseConfigVersion(tx, { workspaceId });
        await refuseUsed(tx, parts.findSegmentUses, { workspaceId, segmentId: id });
        return presentView(await changeSegment(tx, { workspaceId, by, id, archived: true }));
      }),
  });

  /** With what uses them, and how far those are that are being computed. */
  async function asListed(
    db: Db,
    { workspaceId, segments }: { workspaceId: number; segments: View[] },
  ): Promise<z.output<typeof listedSegmentSchema>[]> {
    const segmentIds = segments.map(({ id }) => id);
    const uses = await usesOfAll(db, parts.findSegmentUses, { workspaceId, segmentIds });
    const computing = await readComputations(db, { segmentIds });
    return segments.map((view) => ({
      ...view,
      computing: computing.get(view.id) ?? null,
      used_by: uses.get(view.id) ?? [],
    }));
  }

  /** Sizes as of now, whatever is written of it. */
  async function asOfNow(
    db: Db,
    { workspaceId, segments, now }: { workspaceId: number; segments: View[]; now: Date },
  ): Promise<View[]> {
    const dynamic = segments.filter(({ kind }) => kind === 'dynamic');
    if (dynamic.length === 0) return segments;
    const segmentIds = dynamic.map(({ id }) => id);
    const settled = await parts.settle(db, { workspaceId, segmentIds, now });
    const sizes = await sizesAsOf(db, { workspaceId, segmentIds, settled });
    return segments.map((view) => ({ ...view, size: sizes.get(view.id) ?? view.size }));
  }

  return [
    list,
    create,
    read,
    change,
    remove,
    emptyRoute,
    splitRoute(parts.settle),
    deleteWithContactsRoute(parts.findSegmentUses),
    ...memberRoutes(parts),
    ...dynamicRoutes(parts),
  ];
}

/** A rule that takes values from an event takes the place of one that did not. */
async function losesMembers(
  tx: Tx,
  { segmentId, checked }: { segmentId: number; checked: CheckedRule },
): Promise<boolean> {
  if (!usesEvent(checked.definition)) return false;
  const latest = await readLatestVersion(tx, { segmentId });
  return latest !== undefined && !usesEvent(latest.definition);
}

/** Two who change segments so that each would lead to the other: the second is told. */
async function ruleFor(
  tx: Tx,
  rule: { workspaceId: number; segmentId: number; definition: unknown },
): Promise<CheckedRule> {
  const { kind } = await readSegment(tx, { workspaceId: rule.workspaceId, id: rule.segmentId });
  if (kind === 'dynamic') return requireRule(tx, rule);
  throw wrongMember('/definition', 'A list has no definition: its members are named one by one.');
}

function refuseMember(value: unknown, path: string, message: string): void {
  if (value !== undefined) throw wrongMember(path, message);
}

function wrongMember(path: string, message: string): Problem {
  return new Problem('unprocessable', {
    detail: message,
    errors: [{ path, message, in: 'body' }],
  });
}
