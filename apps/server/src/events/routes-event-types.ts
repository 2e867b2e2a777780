import {
  eventTypeChangeSchema,
  eventTypeListItemSchema,
  eventTypeSchema,
  eventTypeSchemaSchema,
  eventTypeStatsSchema,
  newEventTypeSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import type { Json } from '../inbox/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { changeEventType, createEventType } from './change-event-types.ts';
import { countEvents, lastDays, type Volume } from './count-events.ts';
import {
  findEventType,
  listEventTypes,
  readParams,
  type EventTypeRow,
} from './event-type-queries.ts';
import { isSystemType } from './event-types.ts';

const MASKED = '•••';

/** Keys may hold anything; in a path they are percent-encoded. */
const keyParams = z.object({ key: z.string().min(1).max(100) });

const daysSchema = z.coerce.number().int().min(1).max(90);

const list = defineRoute({
  method: 'GET',
  url: '/event_types',
  right: 'member',
  summary: 'List event types with their volume, by key',
  query: z.object({
    ...pageQuery(z.tuple([z.string()])),
    days: daysSchema.default(14).describe('How many days of volume, today included.'),
  }),
  response: pageOf(eventTypeListItemSchema),
  handler: async ({ db, workspace, now, query: { limit, cursor, days: n } }) => {
    const filter = { workspaceId: workspace.id, after: cursor?.[0], limit: limit + 1 };
    const page = pageFrom(await listEventTypes(db, filter), {
      limit,
      position: (row) => [row.key],
    });
    const days = lastDays({ n, now, zone: workspace.timeZone });
    const volumes = await countEvents(db, { typeIds: page.items.map((row) => row.id), days });
    return {
      ...page,
      items: page.items.map((row) => ({ ...present(row), ...presentVolume(volumes.get(row.id)!) })),
    };
  },
});

function present(row: EventTypeRow): z.output<typeof eventTypeSchema> {
  return { ...row, system: isSystemType(row.key) };
}

function presentVolume({ days, approximate, lastSeenAt: last_seen_at }: Volume): {
  days: number[];
  count: number;
  approximate: boolean;
  last_seen_at: Date | null;
} {
  return { days, count: days.reduce((sum, n) => sum + n, 0), approximate, last_seen_at };
}

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
    inTransaction(db, async (tx) =>
      present(await createEventType(tx, { workspaceId: workspace.id, by, ...body })),
    ),
});

const get = defineRoute({
  method: 'GET',
  url: '/event_types/:key',
  right: 'member',
  summary: 'Read an event type',
  params: keyParams,
  response: eventTypeSchema,
  handler: async ({ db, workspace, params }) =>
    present(await requireType(db, { workspaceId: workspace.id, key: params.key })),
});

async function requireType(
  db: Db,
  which: { workspaceId: number; key: string },
): Promise<EventTypeRow> {
  const type = await findEventType(db, which);
  if (!type) throw notFound('event type');
  return type;
}

const change = defineRoute({
  method: 'PATCH',
  url: '/event_types/:key',
  right: 'settings.write',
  summary: 'Name and describe an event type',
  params: keyParams,
  body: eventTypeChangeSchema,
  response: eventTypeSchema,
  example: { body: { name: 'Workout finished', category: 'training' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      present(
        await changeEventType(tx, { workspaceId: workspace.id, key: params.key, by, ...body }),
      ),
    ),
});

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
    const days = lastDays({ n: query.days, now, zone });
    const volumes = await countEvents(db, { typeIds: [type.id], days });
    const { days: counts, ...rest } = presentVolume(volumes.get(type.id)!);
    return {
      event: type.key,
      days: days.names.map((day, n) => ({ day, count: counts[n]! })),
      time_zone: zone,
      ...rest,
    };
  },
});

export const eventTypeRoutes: ManageRoute[] = [list, create, get, change, schema, stats];
