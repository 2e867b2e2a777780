import {
  eventDeletionPreviewSchema,
  eventDeletionSchema,
  eventDetailSchema,
  eventPageSchema,
  eventSchema,
  idSchema,
  instantSchema,
  jobSchema,
  liveEventsSchema,
  newEventSchema,
  pageLimitSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { findContact } from '../contacts/index.ts';
import { inTransaction, type Db } from '../db/index.ts';
import {
  cursorSchema,
  defineRoute,
  notFound,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { Results } from '../inbox/index.ts';
import { presentJob } from '../jobs/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { countDeletion, deletePastEvents, deleteSomeEvents } from './delete-events.ts';
import type { ErrorTally } from './error-tally.ts';
import { findEvent } from './find-event.ts';
import { listEvents } from './list-events.ts';
import { LONGEST_MARK, lookForEvents, markSchema } from './live-events.ts';
import { maskParams, presentEvent, splitContext } from './present-event.ts';
import type { FactRow } from './read-facts.ts';
import { recordEvent } from './record-event.ts';
import { mappingRoutes, type MappingRouteParts } from './routes-mappings.ts';
import { eventTypeRoutes, type EventTypeRouteParts } from './routes-event-types.ts';

type Detail = z.output<typeof eventDetailSchema>;

export interface EventRouteParts extends EventTypeRouteParts, MappingRouteParts {
  clock: () => Date;
  results: Pick<Results, 'wait'>;
  /** Counts what is refused; left out: nobody does. */
  errorTally?: Pick<ErrorTally, 'add'>;
  /** What an event started and did not start; rooms to the right know. */
  findConsequences: (
    db: Db,
    options: { workspaceId: number; event: FactRow },
  ) => Promise<Pick<Detail, 'started' | 'not_started' | 'stopped' | 'facts'>>;
}

const typesSchema = z
  .string()
  .max(2000)
  .transform((text) => text.split(',').filter(Boolean))
  .describe('Keys of event types, separated by commas.');

/** A contact's ID, or nobody. */
const contactSchema = z
  .union([idSchema, z.literal('none')])
  .describe("A contact's ID; `none`: events of nobody.");

const historyQuery = z.object({
  ...pageQuery(z.tuple([z.int(), z.int()])),
  type: typesSchema.optional(),
  contact: contactSchema.optional(),
  key: z
    .string()
    .max(300)
    .optional()
    .describe("The events' own key. Takes `contact` or one `type`: no index holds it."),
  with_errors: z
    .enum(['true'])
    .optional()
    .describe('Only events whose parameters were not as their type expects.'),
  from: instantSchema.optional(),
  to: instantSchema.optional().describe('Itself left out.'),
});

const history = defineRoute({
  method: 'GET',
  url: '/events',
  right: 'contacts.read',
  summary: 'List events, newest first',
  description: 'Without `contacts.read_personal` no value of a parameter is shown.',
  query: historyQuery,
  response: eventPageSchema,
  handler: async ({ db, workspace, rights, now, query }) => {
    const { limit, cursor, type: types, key, from, to } = query;
    if (key !== undefined && query.contact === undefined && types?.length !== 1) {
      throw new Problem('unprocessable', { detail: 'A key takes a contact or one event type.' });
    }
    const workspaceId = workspace.id;
    const { rows, next } = await listEvents(db, {
      workspaceId,
      types,
      key,
      withErrors: query.with_errors !== undefined,
      limit,
      now: now.getTime(),
      contactId: await readContact(db, {
        workspaceId,
        contact: query.contact,
      }),
      from: from?.getTime(),
      to: to?.getTime(),
      after: cursor && {
        at: cursor[0],
        id: cursor[1],
      },
    });
    return {
      items: rows.map((row) => presentEvent(row, rights)),
      next_cursor: next && encodeCursor([next.at, next.id]),
    };
  },
});

/** Checked: a contact of this workspace, or its survivor. */
async function readContact(
  db: Db,
  { workspaceId, contact }: { workspaceId: number; contact: number | 'none' | undefined },
): Promise<number | undefined> {
  if (contact === undefined) return undefined;
  if (contact === 'none') return 0;
  const known = await findContact(db, { workspaceId, id: contact });
  if (!known) throw notFound('contact');
  return known.id;
}

function encodeCursor(position: unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

const live = defineRoute({
  method: 'GET',
  url: '/events/live',
  right: 'contacts.read',
  summary: 'Look for new events',
  description:
    'The first look shows the newest events; each look after it, with the `after` of the last, ' +
    'what was applied since, as far as it occurred within the last ten minutes.',
  query: z.object({
    limit: pageLimitSchema,
    after: cursorSchema(markSchema, { longest: LONGEST_MARK }).optional(),
    type: typesSchema.optional(),
    contact: contactSchema.optional(),
  }),
  response: liveEventsSchema,
  handler: async ({
    db,
    workspace,
    rights,
    now,
    query: { limit, after, type: types, contact },
  }) => {
    const workspaceId = workspace.id;
    const { rows, mark, more } = await lookForEvents(db, {
      workspaceId,
      types,
      limit,
      now: now.getTime(),
      contactId: await readContact(db, {
        workspaceId,
        contact,
      }),
      mark: after,
    });
    const items = rows.map((row) => presentEvent(row, rights));
    return { items, after: encodeCursor(mark), more };
  },
});

/** Calls about events and their types. */
export function eventRoutes(parts: EventRouteParts): ManageRoute[] {
  const get = defineRoute({
    method: 'GET',
    url: '/events/:id',
    right: 'contacts.read',
    summary: 'Read an event, and what it led to',
    params: z.object({ id: z.string().max(100) }),
    response: eventDetailSchema,
    handler: async ({ db, workspace, rights, params }) => {
      const event = await findEvent(db, { workspaceId: workspace.id, id: params.id });
      if (!event) throw notFound('event');
      const { errors, context } = splitContext(event.context);
      const workspaceId = workspace.id;
      const consequences = await parts.findConsequences(db, { workspaceId, event });
      return {
        ...presentEvent(event, rights),
        name: event.name,
        message_id: event.message_id,
        // Where it came from: addresses, pages, advertising IDs.
        context: mayReadPersonal(rights) ? context : null,
        errors,
        former_contact: event.source_contact_id,
        ...consequences,
        facts: consequences.facts.map((fact) => ({
          ...fact,
          params: maskParams(fact.params, rights),
        })),
      };
    },
  });

  const record = defineRoute({
    method: 'POST',
    url: '/events',
    right: 'events.write',
    summary: 'Record an event',
    description:
      'Answers after it was applied. Without `contact` it belongs to nobody. A contact named by ' +
      'external ID or e-mail that nobody has is created.',
    body: newEventSchema,
    response: eventSchema,
    status: 201,
    bodyLimit: 128 * 1024,
    example: { body: { event: 'ChapterPublished', params: { bookId: 'b-12' } } },
    handler: async ({ db, by, workspace, rights, body, repetition }) => {
      const { clock, results } = parts;
      const submission = { workspaceId: workspace.id, by, repetition, clock, results };
      const { errorTally } = parts;
      const event = await recordEvent(db, { ...submission, errorTally, input: body });
      return presentEvent(event, rights);
    },
  });

  const deletePast = defineRoute({
    method: 'POST',
    url: '/events/delete_past',
    right: 'settings.write',
    summary: 'Delete past events of a time',
    description:
      'Past events are those imported afterwards. The call answers at once with the job that deletes ' +
      'them: those that were accepted before the call, none that come after it. It cannot be undone.',
    body: z
      .strictObject({ from: instantSchema, to: instantSchema.describe('Itself left out.') })
      .refine(({ from, to }) => from < to, { error: 'Ends before it begins.', path: ['to'] }),
    response: jobSchema,
    status: 202,
    example: { body: { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' } },
    handler: ({ db, by, workspace, body }) =>
      inTransaction(db, async (tx) => {
        const job = await deletePastEvents(tx, { workspaceId: workspace.id, by, ...body });
        return presentJob(job, { kinds: parts.kinds, changed: new Set() });
      }),
  });

  const deleteSome = defineRoute({
    method: 'POST',
    url: '/events/delete',
    right: 'settings.write',
    summary: 'Delete events of a type and a time',
    description:
      'The call answers at once with the job that deletes them: those that were accepted before the ' +
      'call, none that come after it. What runs had started with keeps its copy. It cannot be ' +
      'undone; cancelling the job keeps what is not deleted yet.',
    body: eventDeletionSchema,
    response: jobSchema,
    status: 202,
    example: {
      body: { type: 'OrderPaid', from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' },
    },
    handler: ({ db, by, workspace, body: { past_only: pastOnly, ...some } }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const job = await deleteSomeEvents(tx, { workspaceId, by, pastOnly, ...some });
        return presentJob(job, { kinds: parts.kinds, changed: new Set() });
      }),
  });

  const previewDeletion = defineRoute({
    method: 'POST',
    url: '/events/delete/preview',
    right: 'settings.write',
    summary: 'Count the events that a deletion would take',
    description: 'Nothing is deleted. Counts to 200,000.',
    body: eventDeletionSchema,
    response: eventDeletionPreviewSchema,
    example: {
      body: { type: 'OrderPaid', from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' },
    },
    handler: ({ db, workspace, body: { past_only: pastOnly, ...some } }) =>
      countDeletion(db, { workspaceId: workspace.id, pastOnly, ...some }),
  });

  return [
    history,
    record,
    live,
    get,
    deletePast,
    deleteSome,
    previewDeletion,
    ...eventTypeRoutes(parts),
    ...mappingRoutes(parts),
  ];
}
