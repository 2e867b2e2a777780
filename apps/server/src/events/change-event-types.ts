import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import {
  insertEventType,
  lockEventType,
  updateEventType,
  type EventTypeRow,
} from './event-type-queries.ts';
import { categoryOf } from './event-types.ts';

interface Words {
  name?: string | undefined;
  category?: string | undefined;
  description?: string | undefined;
}

/** Registers a type before its first event, so that segments and workflows can be drawn. */
export async function createEventType(
  tx: Tx,
  { workspaceId, key, by, ...words }: Words & { workspaceId: number; key: string; by: Origin },
): Promise<EventTypeRow> {
  const { name = key, category = categoryOf(key), description = '' } = words;
  const type = { workspaceId, key, name, category, description, now: by.at };
  const created = await insertEventType(tx, type);
  if (!created) {
    throw new Problem('already_exists', { detail: `There is an event type "${key}" already.` });
  }
  await writeAudit(tx, {
    by,
    action: 'event_type.create',
    object: { kind: 'event_type', id: created.id },
    after: { key, name, category, description },
  });
  return created;
}

/** What people read about a type; its key is what clients send, and stays. */
export async function changeEventType(
  tx: Tx,
  { workspaceId, key, by, ...words }: Words & { workspaceId: number; key: string; by: Origin },
): Promise<EventTypeRow> {
  const before = await lockEventType(tx, { workspaceId, key });
  if (!before) throw notFound('event type');
  const after: EventTypeRow = {
    ...before,
    name: words.name ?? before.name,
    category: words.category ?? before.category,
    description: words.description ?? before.description,
  };
  const changes = changesBetween(before, after);
  if (!changes) return before;
  await updateEventType(tx, after);
  const object = { kind: 'event_type', id: before.id };
  await writeAudit(tx, { by, action: 'event_type.change', object, ...changes });
  return after;
}
