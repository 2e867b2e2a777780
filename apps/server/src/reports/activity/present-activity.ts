import type { activitySchema, startedRunSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { eventIdOf, maskParams, statusOfFact, type FactRow } from '../../events/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { maskContact, maskText, mayReadPersonal, type Rights } from '../../users/index.ts';
import { statusOfSend } from './activity-filter.ts';
import type { Line } from './list-activity.ts';
import {
  readDeliveries,
  readMessageNames,
  readStarted,
  type DeliveryLine,
  type SendLine,
} from './queries.ts';

export type Activity = z.output<typeof activitySchema>;
type Started = z.output<typeof startedRunSchema>;

interface Words {
  rights: Rights;
  messages: Map<number, string>;
  deliveries: Map<number, DeliveryLine[]>;
  /** By the event's number. */
  started: Map<string, Started[]>;
}

/** Lines in the shape of the wire, with the names that go with their numbers. */
export async function presentActivity(
  db: Db,
  {
    workspaceId,
    contactId,
    lines,
    rights,
  }: { workspaceId: number; contactId: number; lines: Line[]; rights: Rights },
): Promise<Activity[]> {
  const facts = lines.flatMap((line) => ('fact' in line ? [line.fact] : []));
  const sendIds = lines.flatMap((line) => ('send' in line ? [line.send.id] : []));
  const deliveries = await readDeliveries(db, { contactId, sendIds });
  const started = await readStarted(db, { contactId, eventIds: facts.map((fact) => fact.id) });
  const words: Words = {
    rights,
    messages: await readMessageNames(db, { workspaceId, ids: facts.flatMap(messageOf) }),
    deliveries: Map.groupBy(deliveries, (row) => row.send_id),
    started: Map.groupBy(
      started.map(({ event_id, run, workflow, name }) => ({
        event_id,
        run: String(run),
        workflow: String(workflow),
        name,
      })),
      (row) => row.event_id,
    ),
  };
  return lines.map((line) =>
    'send' in line ? ofSend(line.send, words) : { kind: line.kind, ...ofFact(line.fact, words) },
  );
}

/** The message that a fact is about. */
function messageOf({ type, params }: FactRow): number[] {
  const id = statusOfFact(type) ? Number(params?.['message']) : Number.NaN;
  return Number.isSafeInteger(id) ? [id] : [];
}

function ofFact(fact: FactRow, { rights, messages, started }: Words): Omit<Activity, 'kind'> {
  const [message] = messageOf(fact);
  const channel = fact.params?.['channel'];
  return {
    id: eventIdOf(fact),
    name: (message !== undefined && messages.get(message)) || nameOf(fact),
    type: fact.type,
    channel: typeof channel === 'string' && statusOfFact(fact.type) ? channel : null,
    status: statusOfFact(fact.type),
    at: fact.occurred_at,
    source: fact.source,
    details: fact.type === 'FieldChanged' ? ofChanges(fact, rights) : ofParams(fact, rights),
    started: started.get(String(fact.id)) ?? [],
  };
}

/** A change of fields is called by them. */
function nameOf({ type, name, params }: FactRow): string {
  if (type !== 'FieldChanged') return name;
  const fields = changesOf(params).map((change) => change.field.replace(/^custom\./, ''));
  return fields.length > 0 ? fields.join(', ') : name;
}

interface Change {
  field: string;
  from: Json;
  to: Json;
}

function changesOf(params: FactRow['params']): Change[] {
  return (params?.['changes'] as unknown as Change[] | undefined) ?? [];
}

const MASKED = '•••';

function ofChanges({ params }: FactRow, rights: Rights): JsonObject {
  const mayRead = mayReadPersonal(rights);
  const mask = (value: Json): Json => (mayRead || value === null ? value : MASKED);
  const changes = changesOf(params).map(({ field, from, to }) => ({
    field,
    from: mask(from),
    to: mask(to),
  }));
  const [only, ...others] = changes;
  return only && others.length === 0 ? only : { changes };
}

/** What the program itself writes about a message or a segment holds nothing personal but addresses. */
function ofParams({ type, params, key }: FactRow, rights: Rights): JsonObject {
  const shown = statusOfFact(type)
    ? maskContact(params ?? {}, rights)
    : maskParams(params ?? {}, rights);
  return key === null ? shown : { key: mayReadPersonal(rights) ? key : maskText(key), ...shown };
}

function ofSend(send: SendLine, { rights, deliveries }: Words): Activity {
  return {
    id: `send-${send.id}`,
    kind: 'send',
    name: send.message ?? '',
    type: String(send.message_id),
    channel: send.channel,
    status: statusOfSend(send),
    at: send.created_at,
    source: null,
    details: detailsOf(
      send,
      (deliveries.get(send.id) ?? []).map((row) => ofDelivery(row, rights)),
    ),
    started: [],
  };
}

function detailsOf(send: SendLine, deliveries: JsonObject[]): JsonObject {
  const id = (value: number | null): string | null => (value === null ? null : String(value));
  const known = {
    workflow: send.workflow,
    workflow_id: id(send.workflow_id),
    run: id(send.run_id),
    block: send.block,
    campaign: id(send.campaign_id),
    language: send.language,
    reason: send.reason,
    hold_until: send.hold_until?.toISOString() ?? null,
    expires_at: send.expires_at?.toISOString() ?? null,
  };
  return {
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)),
    send: String(send.id),
    decision: send.decision,
    ...(send.transactional && { transactional: true }),
    ...(send.test && { test: true }),
    reasons: send.reasons,
    deliveries,
  };
}

function ofDelivery(row: DeliveryLine, rights: Rights): JsonObject {
  return maskContact(
    {
      id: String(row.id),
      channel: row.channel,
      address: row.address,
      app: row.app,
      status: row.status,
      status_at: row.status_at.toISOString(),
      reason: row.reason,
      subject_choice: row.subject === null ? null : { index: row.subject, text: row.subject_text },
    },
    rights,
  );
}
