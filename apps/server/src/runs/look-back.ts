import { durationMs } from '@perennial/blocks';
import type { Tx } from '../db/index.ts';
import { findEvents, type FoundEvent } from '../evaluation/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import { readEntries } from '../segments/index.ts';
import type { CompiledEventStop } from '../workflows/index.ts';
import type { Candidate, Refused } from './candidate.ts';

interface Look {
  candidate: Candidate;
  stop: CompiledEventStop;
  /** Nothing before this instant prevents the start. */
  from: number;
}

/** A stop event within its lookback prevents the start. One statement for each event type. */
export async function refuseStoppedBefore(
  tx: Tx,
  options: { candidates: Candidate[]; eventTypes: EventTypeIds; now: number; refused: Refused },
): Promise<void> {
  const looks = options.candidates.flatMap(looksOf);
  const groups = Map.groupBy(
    looks,
    ({ candidate, stop }) => `${candidate.workflow.workspaceId} ${stop.event}`,
  );
  for (const group of groups.values()) {
    const events = await findEventsOf(tx, group, options);
    const byContact = Map.groupBy(events, (event) => event.contact_id);
    for (const look of group) {
      if (options.refused.has(look.candidate)) continue;
      const own = byContact.get(look.candidate.contactId) ?? [];
      const found = own.find((event) => preventsStart(event, look));
      if (!found) continue;
      options.refused.set(look.candidate, {
        reason: 'stop',
        details: { event: look.stop.event, occurred_at: found.occurred_at.toISOString() },
      });
    }
  }
}

/** Members of a stop segment do not start. */
export async function refuseMembers(
  tx: Tx,
  { candidates, refused }: { candidates: Candidate[]; refused: Refused },
): Promise<void> {
  const asked = candidates.filter(({ version }) => version.segmentStops.length > 0);
  if (asked.length === 0) return;
  const entries = await readEntries(tx, {
    contactIds: [...new Set(asked.map(({ contactId }) => contactId))],
    segmentIds: [...new Set(asked.flatMap(({ version }) => version.segmentStops))],
  });
  for (const candidate of asked) {
    const own = entries.get(candidate.contactId);
    const segment = candidate.version.segmentStops.map(String).find((id) => own?.has(id));
    if (segment === undefined) continue;
    const since = new Date(own!.get(segment)!).toISOString();
    refused.set(candidate, { reason: 'stop', details: { segment, since } });
  }
}

function looksOf(candidate: Candidate): Look[] {
  return candidate.version.eventStops.flatMap((stop) => {
    if (!stop.lookback && !candidate.late) return [];
    const lookback = stop.lookback ? durationMs(stop.lookback) : 0;
    return [{ candidate, stop, from: beganAt(candidate) - lookback }];
  });
}

/** When what starts it happened, which may be long before it arrived. */
function beganAt({ context, startedAt }: Candidate): number {
  const { occurred_at: occurredAt } = context;
  return typeof occurredAt === 'string' ? Date.parse(occurredAt) : startedAt;
}

async function findEventsOf(
  tx: Tx,
  looks: Look[],
  { eventTypes, now }: { eventTypes: EventTypeIds; now: number },
): Promise<FoundEvent[]> {
  const { candidate, stop } = looks[0]!;
  const { workspaceId } = candidate.workflow;
  const ids = await eventTypes.idsOf(workspaceId, [stop.event], new Date(now));
  const byContact = Map.groupBy(looks, (look) => look.candidate.contactId);
  const wanted = [...byContact].map(([contactId, own]) => ({
    contactId,
    typeId: ids.get(stop.event)!,
    from: Math.min(...own.map((look) => look.from)),
    withParams: true,
    withContext: true,
  }));
  return findEvents(tx, { wanted });
}

function preventsStart(event: FoundEvent, { candidate, stop, from }: Look): boolean {
  // Facts that follow in the same batch may be stored already; the starting fact stops nothing.
  const { factId, late } = candidate;
  if (factId !== undefined && (late ? event.id === factId : event.id >= factId)) return false;
  const at = event.occurred_at.getTime();
  if (at < from || at > candidate.startedAt) return false;
  const content = contentOf(event);
  if (stop.sameKey && candidate.version.keyOf(content) !== candidate.key) return false;
  const { startedAt: now, workspaceZone, contactZone } = candidate;
  return stop.passes(content, { now, workspaceZone, contactZone });
}

function contentOf({ params, key, source, context }: FoundEvent) {
  return { params: params ?? {}, key, source, context };
}
