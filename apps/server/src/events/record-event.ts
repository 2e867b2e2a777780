import type { newEventSchema } from '@perennial/contracts';
import type { z } from 'zod';
import {
  findContact,
  isUsableIdentifier,
  normalizeEmail,
  submitItem,
  type Submission,
} from '../contacts/index.ts';
import type { Db, Pool } from '../db/index.ts';
import { notFound, Problem } from '../http/index.ts';
import type { EventItem, Identifier } from '../inbox/index.ts';
import { findFaults, problemOf } from './check-params.ts';
import type { ErrorTally } from './error-tally.ts';
import { findEventType } from './event-type-queries.ts';
import { settingsFrom, whyReserved } from './event-types.ts';
import { FACT_FLAGS } from './fact.ts';
import { readFacts, type FactRow } from './read-facts.ts';

export type EventInput = z.output<typeof newEventSchema>;

/** Records an event by hand or by a key, and answers it as it was stored. */
export async function recordEvent(
  db: Pool,
  {
    input,
    errorTally,
    ...submission
  }: Submission & { input: EventInput; errorTally?: Pick<ErrorTally, 'add'> | undefined },
): Promise<FactRow> {
  const { workspaceId, by } = submission;
  requireFreeType({ workspaceId, input, errorTally });
  await requireParams(db, { workspaceId, input, errorTally });
  const { ids, createContact } = await readContact(db, { workspaceId, contact: input.contact });
  const now = by.at.getTime();
  const sentAt = input.occurred_at?.getTime() ?? now;
  // Nothing lies in the future: what comes from there happened when it arrived.
  const at = Math.min(sentAt, now);
  const item: EventItem = {
    kind: 'event',
    ids,
    at,
    source: by.actor.kind === 'user' ? 'manual' : 'api',
    event: input.event,
    params: input.params,
    ...(input.key !== undefined && { key: input.key }),
    ownTime: true,
    flags: sentAt > now ? FACT_FLAGS.clockAhead : 0,
    createContact,
  };
  const outcome = await submitItem(db, submission, {
    itemOf: (ticket) => ({ ...item, ticket, messageId: ticket }),
    audit: {
      action: 'event.record',
      object: { kind: 'event', id: null },
      after: {
        event: input.event,
        key: input.key ?? null,
        occurred_at: new Date(at),
        // Whoever was meant by an address is in the event itself.
        contact: typeof input.contact === 'number' ? String(input.contact) : null,
      },
    },
  });
  const { contactId, ticket: messageId } = outcome;
  return findRecorded(db, { workspaceId, contactId, type: input.event, at, messageId });
}

interface Refusable {
  workspaceId: number;
  input: EventInput;
  errorTally: Pick<ErrorTally, 'add'> | undefined;
}

function requireFreeType({ workspaceId, input: { event }, errorTally }: Refusable): void {
  const message = whyReserved(event);
  if (message === undefined) return;
  errorTally?.add({ workspaceId, event, door: 'management', faults: [], because: 'reserved' });
  const errors = [{ path: '/event', message, in: 'body' as const }];
  throw new Problem('invalid_request', { detail: message, errors });
}

async function requireParams(
  db: Db,
  { workspaceId, input: { event, params }, errorTally }: Refusable,
): Promise<void> {
  const type = await findEventType(db, { workspaceId, key: event });
  const { expected_params: expected } = settingsFrom(type?.settings ?? {});
  const faults = findFaults(expected, params);
  if (faults.length === 0) return;
  errorTally?.add({ workspaceId, event, faults, door: 'management' });
  throw new Problem('invalid_request', {
    detail: `The parameters are not those that ${event} expects.`,
    errors: faults.map(problemOf).map(({ path, message }) => ({
      path: `/params/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message,
      in: 'body',
    })),
  });
}

/** A known contact by its ID; by an identifier one that may become known with this event. */
async function readContact(
  db: Db,
  { workspaceId, contact }: { workspaceId: number; contact: EventInput['contact'] },
): Promise<{ ids: Identifier[]; createContact: boolean }> {
  if (contact === undefined) return { ids: [], createContact: false };
  if (typeof contact === 'number') {
    const known = await findContact(db, { workspaceId, id: contact });
    if (!known) throw notFound('contact');
    return { ids: [['contact', String(known.id)]], createContact: false };
  }
  const id: Identifier | undefined =
    'email' in contact ? emailOf(contact.email) : externalIdOf(contact.external_id);
  if (id) return { ids: [id], createContact: true };
  throw new Problem('invalid_request', {
    detail: 'This identifies nobody.',
    errors: [{ path: '/contact', message: 'This identifies nobody.', in: 'body' }],
  });
}

function emailOf(text: string): Identifier | undefined {
  const email = normalizeEmail(text);
  return email === undefined ? undefined : ['email', email];
}

function externalIdOf(text: string): Identifier | undefined {
  return isUsableIdentifier(text) ? ['external_id', text] : undefined;
}

/** A repeat finds what the first call stored; index events_pkey. */
async function findRecorded(
  db: Db,
  {
    workspaceId,
    contactId,
    type,
    at,
    messageId,
  }: { workspaceId: number; contactId: number; type: string; at: number; messageId: string },
): Promise<FactRow> {
  const { rows } = await db.query<{ type_id: number; occurred_at: Date; id: number }>(
    `select type.id as type_id, e.occurred_at, e.id
       from event_types type
       join events e on e.event_type_id = type.id and e.contact_id = $3
                    and e.occurred_at between $4::timestamptz - interval '1 hour' and $4
                    and e.message_id = $5
      where type.workspace_id = $1 and type.key = $2
      limit 1`,
    [workspaceId, type, contactId, new Date(at), messageId],
  );
  const [found] = rows;
  const [row] = found
    ? await readFacts(db, {
        workspaceId,
        keys: [
          {
            contactId,
            typeId: found.type_id,
            occurredAt: found.occurred_at.getTime(),
            id: found.id,
          },
        ],
      })
    : [];
  if (row) return row;
  // Merged, or erased, between the two statements.
  throw new Problem('unavailable', { detail: 'The event was recorded and has just moved.' });
}
