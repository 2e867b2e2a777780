import {
  eventTypeChangeSchema,
  eventTypeErrorsSchema,
  eventTypeListItemSchema,
  eventTypePageSchema,
  eventTypeSchema,
  eventTypeSchemaSchema,
  eventTypeStatsSchema,
  EVENT_USES,
  jobSchema,
  newEventTypeSchema,
  type eventUseSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import type { Json } from '../inbox/index.ts';
import { presentJob, type WorkKinds } from '../jobs/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { changeEventType, createEventType } from './change-event-types.ts';
import { countEvents, lastDays, type Days, type Volume } from './count-events.ts';
import { deleteEventType } from './delete-events.ts';
import { listErrorDays, listErrorReasons, sumErrors, type ErrorReason } from './error-queries.ts';
import {
  findEventType,
  listCategories,
  listEventTypes,
  readParams,
  type EventTypeRow,
} from './event-type-queries.ts';
import { isSystemType, settingsFrom } from './event-types.ts';
import { DAYS_FOR_DECLINE, findDecline } from './find-decline.ts';

const MASKED = '•••';

export type EventUse = z.output<typeof eventUseSchema>;
type Uses = Map<string, EventUse[]>;

export interface EventTypeRouteParts {
  /** What mentions each event type of a workspace, by its key; rooms to the right know. */
  findEventUses: (db: Db, options: { workspaceId: number }) => Promise<Uses>;
  kinds: WorkKinds;
}

/** Keys may hold anything; in a path they are percent-encoded. */
const keyParams = z.object({ key: z.string().min(1).max(100) });

const daysSchema = z.coerce.number().int().min(1).max(90);

const listQuery = z.object({
  ...pageQuery(z.tuple([z.string()])),
  days: daysSchema.default(14).describe('How many days of volume, today included.'),
  search: z.string().trim().min(1).max(100).optional().describe('In key and name.'),
  category: z.string().max(50).optional(),
  active: z
    .enum(['true', 'false'])
    .optional()
    .transform((text) => (text === undefined ? undefined : text === 'true')),
  uses: z
    .enum([...EVENT_USES, 'any', 'none'])
    .optional()
    .describe('Only types that start, stop or are checked by something; by anything; by nothing.'),
});

function whichKeys(
  uses: Uses,
  how: z.output<typeof listQuery>['uses'],
): { among?: string[]; without?: string[] } {
  if (how === undefined) return {};
  if (how === 'none') return { without: [...uses.keys()] };
  const used = [...uses].filter(([, own]) => how === 'any' || own.some((use) => use.how === how));
  return { among: used.map(([key]) => key) };
}

function present(row: EventTypeRow, uses: Uses): z.output<typeof eventTypeSchema> {
  const { settings, ...members } = row;
  return {
    ...members,
    ...settingsFrom(settings),
    system: isSystemType(row.key),
    uses: uses.get(row.key) ?? [],
  };
}

/** The last of the days that were counted. */
function presentVolume(
  key: string,
  { counted, volume, n }: { counted: Days; volume: Volume; n: number },
): Pick<z.output<typeof eventTypeListItemSchema>, 'days' | 'count' | 'last_seen_at' | 'decline'> {
  const days = volume.days.slice(-n);
  return {
    days,
    count: days.reduce((sum, count) => sum + count, 0),
    last_seen_at: volume.lastSeenAt,
    decline: findDecline(key, counted, volume),
  };
}

async function requireType(
  db: Db,
  which: { workspaceId: number; key: string },
): Promise<EventTypeRow> {
  const type = await findEventType(db, which);
  if (!type) throw notFound('event type');
  return type;
}

const schema = defineRoute({
  method: 'GET',
  url: '/event_types/:key/schema',
  right: 'member',
  summary: 'Read what the parameters of an event type look like',
  description:
    'From a sample: the first events of a type, then one of a hundred. At most 200 paths, five ' +
    'levels deep. Examples are masked without `contacts.read_personal`.',
  params: keyParams,
  response: eventTypeSchemaSchema,
  handler: async ({ db, workspace, rights, params }) => {
    const type = await requireType(db, { workspaceId: workspace.id, key: params.key });
    const parameters = await readParams(db, { typeId: type.id });
    return {
      event: type.key,
      parameters: parameters.map((row) => ({
        ...row,
        examples: maskExamples(row.examples, rights),
      })),
    };
  },
});

function maskExamples(examples: Json[], rights: Rights): Json[] {
  return mayReadPersonal(rights) ? examples : examples.slice(0, 1).map(() => MASKED);
}

const stats = defineRoute({
  method: 'GET',
  url: '/event_types/:key/stats',
  right: 'member',
  summary: 'Read how often an event type occurred on each of the last days',
  params: keyParams,
  query: z.object({ days: daysSchema.default(30) }),
  response: eventTypeStatsSchema,
  handler: async ({ db, workspace, now, params, query }) => {
    const { timeZone: zone } = workspace;
    const type = await requireType(db, { workspaceId: workspace.id, key: params.key });
    const days = lastDays({ n: Math.max(query.days, DAYS_FOR_DECLINE), now, zone });
    const volumes = await countEvents(db, { typeIds: [type.id], days });
    const volume = volumes.get(type.id)!;
    const some = { counted: days, volume, n: query.days };
    const { days: counts, ...rest } = presentVolume(type.key, some);
    const names = days.names.slice(-query.days);
    return {
      event: type.key,
      days: names.map((day, n) => ({ day, count: counts[n]! })),
      time_zone: zone,
      ...rest,
    };
  },
});

const errors = defineRoute({
  method: 'GET',
  url: '/event_types/:key/errors',
  right: 'member',
  summary: 'Read what was wrong with events of a type on the last days, and how often',
  description:
    'Events that were refused, and those that came another way and were stored with their errors. ' +
    'An event with two errors counts once, and once under each reason. Nothing that was sent is ' +
    'kept of what was refused but the JSON types of its parameters.',
  params: keyParams,
  query: z.object({ days: daysSchema.default(30) }),
  response: eventTypeErrorsSchema,
  handler: async ({ db, workspace, now, params, query }) => {
    const { timeZone: zone } = workspace;
    const type = await requireType(db, { workspaceId: workspace.id, key: params.key });
    const { names } = lastDays({ n: query.days, now, zone });
    const which = { typeId: type.id, since: names[0]! };
    const counted = new Map((await listErrorDays(db, which)).map((row) => [row.day, row]));
    const days = names.map((day) => counted.get(day) ?? { day, refused: 0, stored: 0 });
    return {
      event: type.key,
      refused: days.reduce((sum, row) => sum + row.refused, 0),
      stored: days.reduce((sum, row) => sum + row.stored, 0),
      days,
      time_zone: zone,
      reasons: (await listErrorReasons(db, which)).map(orNull),
    };
  },
});

/** Nothing is an empty text in the key of the table. */
function orNull({ app, path, expected, got, ...row }: ErrorReason) {
  return {
    ...row,
    app: app || null,
    path: path || null,
    expected: expected || null,
    got: got || null,
  } as z.output<typeof eventTypeErrorsSchema>['reasons'][number];
}

/** Calls about event types. */
export function eventTypeRoutes({ findEventUses, kinds }: EventTypeRouteParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/event_types',
    right: 'member',
    summary: 'List event types with their volume, by key',
    query: listQuery,
    response: eventTypePageSchema,
    handler: async ({ db, workspace, now, query }) => {
      const { limit, cursor, days: n, uses: how, ...filter } = query;
      const workspaceId = workspace.id;
      const uses = await findEventUses(db, { workspaceId });
      const rows = await listEventTypes(db, {
        ...filter,
        ...whichKeys(uses, how),
        workspaceId,
        after: cursor?.[0],
        limit: limit + 1,
      });
      const page = pageFrom(rows, { limit, position: (row) => [row.key] });
      const days = lastDays({ n: Math.max(n, DAYS_FOR_DECLINE), now, zone: workspace.timeZone });
      const typeIds = page.items.map((row) => row.id);
      const volumes = await countEvents(db, { typeIds, days });
      const wrong = await sumErrors(db, { typeIds, since: days.names.at(-n)! });
      return {
        ...page,
        items: page.items.map((row) => ({
          ...present(row, uses),
          ...presentVolume(row.key, { counted: days, volume: volumes.get(row.id)!, n }),
          errors: wrong.get(row.id) ?? { refused: 0, stored: 0 },
        })),
        categories: await listCategories(db, { workspaceId }),
      };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/event_types',
    right: 'settings.write',
    summary: 'Register an event type before its first event',
    description: 'Types register by themselves with their first event.',
    body: newEventTypeSchema,
    response: eventTypeSchema,
    status: 201,
    example: { body: { key: 'ChapterPublished', name: 'Chapter published' } },
    handler: ({ db, by, workspace, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const type = await createEventType(tx, { workspaceId, by, ...body });
        return present(type, await findEventUses(tx, { workspaceId }));
      }),
  });

  const get = defineRoute({
    method: 'GET',
    url: '/event_types/:key',
    right: 'member',
    summary: 'Read an event type',
    params: keyParams,
    response: eventTypeSchema,
    handler: async ({ db, workspace, params }) => {
      const workspaceId = workspace.id;
      const type = await requireType(db, { workspaceId, key: params.key });
      return present(type, await findEventUses(db, { workspaceId }));
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/event_types/:key',
    right: 'settings.write',
    summary: 'Name and describe an event type, and say what is done with its events',
    params: keyParams,
    body: eventTypeChangeSchema,
    response: eventTypeSchema,
    example: {
      body: { name: 'Order paid', expected_params: [{ name: 'orderId', required: true }] },
    },
    handler: ({ db, by, workspace, params, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const type = await changeEventType(tx, { workspaceId, key: params.key, by, ...body });
        return present(type, await findEventUses(tx, { workspaceId }));
      }),
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/event_types/:key',
    right: 'settings.write',
    summary: 'Delete an event type with all its events',
    description:
      'The type is gone at once, its events with it; their rows follow in the background, as ' +
      'the job tells. Refused while an active or paused workflow, or a segment, uses it. It cannot ' +
      'be undone; a later event of that key begins a new type.',
    params: keyParams,
    response: jobSchema,
    status: 202,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const job = await deleteEventType(tx, {
          workspaceId,
          key: params.key,
          by,
          findUses: async (inside) =>
            (await findEventUses(inside, { workspaceId })).get(params.key) ?? [],
        });
        return presentJob(job, { kinds, changed: new Set() });
      }),
  });

  return [list, create, get, change, remove, schema, stats, errors];
}
