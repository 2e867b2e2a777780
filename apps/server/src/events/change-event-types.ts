import type { EventTypeSettings } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import {
  insertEventType,
  lockEventType,
  updateEventType,
  type EventTypeRow,
} from './event-type-queries.ts';
import { categoryOf, isSystemType } from './event-types.ts';

type Chosen = { [Name in keyof EventTypeSettings]?: EventTypeSettings[Name] | undefined };

interface Change extends Chosen {
  name?: string | undefined;
  category?: string | undefined;
  description?: string | undefined;
}

/** Registers a type before its first event, so that segments and workflows can be drawn. */
export async function createEventType(
  tx: Tx,
  { workspaceId, key, by, ...change }: Change & { workspaceId: number; key: string; by: Origin },
): Promise<EventTypeRow> {
  const { name = key, category = categoryOf(key), description = '', ...chosen } = change;
  requireSettable(key, chosen);
  const settings = settled({}, chosen);
  const type = { workspaceId, key, name, category, description, settings, now: by.at };
  const created = await insertEventType(tx, type);
  if (!created) {
    throw new Problem('already_exists', { detail: `There is an event type "${key}" already.` });
  }
  await raiseConfigVersion(tx, { workspaceId });
  await writeAudit(tx, {
    by,
    action: 'event_type.create',
    object: { kind: 'event_type', id: created.id },
    after: { key, name, category, description, ...settings },
  });
  return created;
}

/** What people read about a type and what is done with it; its key is what clients send, and stays. */
export async function changeEventType(
  tx: Tx,
  { workspaceId, key, by, ...change }: Change & { workspaceId: number; key: string; by: Origin },
): Promise<EventTypeRow> {
  const before = await lockEventType(tx, { workspaceId, key });
  if (!before) throw notFound('event type');
  const { name, category, description, ...chosen } = change;
  requireSettable(key, chosen);
  const after: EventTypeRow = {
    ...before,
    name: name ?? before.name,
    category: category ?? before.category,
    description: description ?? before.description,
    settings: settled(before.settings, chosen),
  };
  const changes = changesBetween(before, after);
  if (!changes) return before;
  await updateEventType(tx, after);
  await raiseConfigVersion(tx, { workspaceId });
  const object = { kind: 'event_type', id: before.id };
  await writeAudit(tx, { by, action: 'event_type.change', object, ...changes });
  return after;
}

function requireSettable(key: string, chosen: Chosen): void {
  if (!isSystemType(key) || Object.values(chosen).every((value) => value === undefined)) return;
  throw new Problem('unprocessable', {
    detail: `The program writes ${key} itself: it can be named and described, and nothing else.`,
  });
}

function settled(before: EventTypeRow['settings'], chosen: Chosen): EventTypeRow['settings'] {
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}
