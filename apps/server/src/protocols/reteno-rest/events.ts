import { z } from 'zod';
import { blockedIdentifier } from '../../contacts/index.ts';
import { deletePastEvents } from '../../events/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
import { LANES, type EventItem, type Json } from '../../inbox/index.ts';
import { BEARER_SECONDS, makeBearer } from './bearer-token.ts';
import { checkContactJson } from './contact-json.ts';
import { Answer, defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import {
  BadEvent,
  readEvent,
  ReservedEvent,
  UnexpectedParams,
  type EventFacts,
  type EventVersion,
} from './event-body.ts';
import { EVENT_EXAMPLES, EVENT_SHAPES, PAST_SHAPES } from './event-shapes.ts';
import { parseTime, readPastEvents, type PastEvents } from './past-events.ts';
import { RestError } from './rest-error.ts';

const MAX_EVENT_BYTES = 20 * 1024;
const MAX_PAST_BYTES = 10 * 1024 * 1024;

const VERSIONS = ['v1', 'v2', 'v3'] as const;

const event = VERSIONS.map((version) =>
  defineEndpoint({
    method: 'POST',
    url: `/${version}/event`,
    summary: `Record an event (${version})`,
    description:
      'Answers an empty 200 as soon as the event is durable, and 400 with the parameters that its ' +
      'type expects if it has others.',
    rights: ['events.write'],
    rate: 'event',
    bearer: true,
    bodyLimit: MAX_EVENT_BYTES,
    // `readEvent` tells its mistakes in the words that clients know.
    body: z.unknown(),
    shape: EVENT_SHAPES[version],
    example: EVENT_EXAMPLES[version],
    handler: (context) => takeEvent(version, context),
  }),
);

async function takeEvent(version: EventVersion, context: RestContext): Promise<unknown> {
  const { parts, db, workspaceId, country, body } = context;
  try {
    const item = readEvent(version, body as Json, await factsOf(context));
    requireSomebody(context, item);
    await requireContactJson(db, { workspaceId, country, items: [item] });
    await parts.inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
    return undefined;
  } catch (problem) {
    countReserved(context, problem);
    if (!(problem instanceof UnexpectedParams)) throw problem;
    const { event: refused, faults } = problem;
    parts.errorTally?.add({ workspaceId, event: refused, faults, door: 'rest' });
    return new Answer(problem.answer, { status: 400 });
  }
}

function countReserved({ parts, workspaceId }: RestContext, problem: unknown): void {
  if (!(problem instanceof ReservedEvent)) return;
  const { event: refused } = problem;
  const unfit = { workspaceId, event: refused, faults: [], door: 'rest' as const };
  parts.errorTally?.add({ ...unfit, because: 'reserved' });
}

async function factsOf({ parts, workspaceId, now, country }: RestContext): Promise<EventFacts> {
  return { now: now.getTime(), country, events: await parts.definitions.of(workspaceId) };
}

/** Past events are answered one by one in words that have none for this: they are kept, and dead. */
function requireSomebody({ settings }: RestContext, item: EventItem): void {
  const blocked = blockedIdentifier(settings, item);
  if (!blocked) return;
  const [kind, value] = blocked;
  throw new BadEvent(
    `The ${kind} "${value.slice(0, 100)}" identifies nobody in this workspace, and the event has no other identifier.`,
  );
}

async function requireContactJson(
  db: Db,
  options: { workspaceId: number; country: string | undefined; items: EventItem[] },
): Promise<void> {
  const problems = await checkContactJson(db, options);
  if (problems.length > 0) throw new RestError(400, problems.join('\n').slice(0, 4000));
}

const past = VERSIONS.map((version) =>
  defineEndpoint({
    method: 'POST',
    url: `/${version}/past_events`,
    summary: `Import events that happened before (${version})`,
    description:
      'At most 500. They start no workflow. Answers what became of each; an event that was imported ' +
      'before is accepted and not stored twice.',
    rights: ['events.write'],
    rate: 'past_event',
    bearer: true,
    bodyLimit: MAX_PAST_BYTES,
    body: z.unknown(),
    shape: PAST_SHAPES[version],
    example: {
      events: [{ ...EVENT_EXAMPLES[version], keyValue: 'run-1', occurred: '2026-01-31T09:30' }],
    },
    handler: async (context) => {
      const { parts, workspaceId } = context;
      const { items, statuses, inactive } = readPast(version, {
        context,
        facts: await factsOf(context),
      });
      for (const refused of inactive)
        parts.errorTally?.add({ workspaceId, event: refused, faults: [], door: 'rest' });
      await parts.inbox.append({ workspaceId, lane: LANES.stream, items });
      return {
        successCount: items.length,
        errorCount: statuses.length - items.length,
        results: statuses.map((status) => ({ status })),
      };
    },
  }),
);

function readPast(
  version: EventVersion,
  { context, facts }: { context: RestContext; facts: EventFacts },
): PastEvents {
  try {
    return readPastEvents(version, context.body as Json, facts);
  } catch (problem) {
    countReserved(context, problem);
    throw problem;
  }
}

const minute = z
  .string({ error: 'expected a time like 2026-01-31T09:30' })
  .transform((text, context) => {
    const at = parseTime(text);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'expected a time like 2026-01-31T09:30' });
    return z.NEVER;
  });

const MINUTE_MS = 60_000;

const removePast = defineEndpoint({
  method: 'DELETE',
  url: '/v1/past_events',
  summary: 'Delete imported events of a time',
  description:
    'Both ends included, to the minute. Only events that were imported as past ones go. Off until ' +
    'the workspace allows it (Settings, Event mapping).',
  rights: ['events.write'],
  rate: 'delete_events',
  bearer: true,
  body: z.object({ from: minute, to: minute }),
  example: { from: '2026-01-31T00:00', to: '2026-01-31T23:59' },
  handler: async ({ db, workspaceId, settings, by, body }) => {
    if (!settings.delete_past_events) {
      throw new RestError(403, 'This workspace does not allow the deletion of past events.');
    }
    const from = new Date(body.from);
    const to = new Date(Math.floor(body.to / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
    if (from >= to) throw new RestError(400, 'to: lies before from');
    await inTransaction(db, (tx) => deletePastEvents(tx, { workspaceId, from, to, by }));
    return undefined;
  },
});

const token = defineEndpoint({
  method: 'POST',
  url: '/v1/auth/token',
  summary: 'Get a token for event calls',
  description: 'Sent as `Authorization: Bearer`, for `event` and `past_events` alone.',
  rights: ['events.write'],
  handler: ({ parts, token: key, now }) => ({
    token: makeBearer({ box: parts.box, key, now }),
    tokenType: 'Bearer',
    expiresIn: BEARER_SECONDS,
  }),
});

export const eventEndpoints: Endpoint[] = [...event, ...past, removePast, token];
