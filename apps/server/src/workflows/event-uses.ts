import type { EVENT_USES } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import { readDefinitions } from './queries.ts';

/** A workflow that mentions an event type. */
export interface EventUse {
  kind: 'workflow';
  id: number;
  name: string;
  state: string;
  how: (typeof EVENT_USES)[number];
}

/**
 * Which workflows mention which event types: of a workflow that was published what it does now,
 * of a draft what it would do. Archived ones miss nothing.
 */
export async function findEventUses(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, EventUse[]>> {
  const uses = new Map<string, EventUse[]>();
  for (const { id, name, state, definition } of await readDefinitions(db, { workspaceId })) {
    for (const [event, hows] of eventsIn(definition)) {
      const own = [...hows].map((how) => ({ kind: 'workflow' as const, id, name, state, how }));
      uses.set(event, [...(uses.get(event) ?? []), ...own]);
    }
  }
  return uses;
}

type Found = Map<string, Set<EventUse['how']>>;

/** A draft may hold anything: what does not look like a definition is passed over. */
function eventsIn(definition: Json): Found {
  const found: Found = new Map();
  if (!isObject(definition)) return found;
  const { start = null, stop = null, ...rest } = definition;
  collectOwn(start, found, 'starts');
  for (const one of Array.isArray(stop) ? stop : []) collectOwn(one, found, 'stops');
  collect(rest, found);
  return found;
}

/** The event that starts or stops, and those that its conditions ask about. */
function collectOwn(value: Json, found: Found, how: EventUse['how']): void {
  if (!isObject(value)) return;
  const { event, ...rest } = value;
  if (typeof event === 'string') add(found, event, how);
  collect(rest, found);
}

/** Whatever is named `event` in a condition, and is a text, names an event type. */
function collect(value: Json, found: Found): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, found);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (name === 'event' && typeof member === 'string') add(found, member, 'checks');
      else collect(member, found);
    }
  }
}

function add(found: Found, event: string, how: EventUse['how']): void {
  const hows = found.get(event);
  if (hows) hows.add(how);
  else found.set(event, new Set([how]));
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
