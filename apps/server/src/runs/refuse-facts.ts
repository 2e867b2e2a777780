import { durationMs, type Duration } from '@perennial/blocks';
import type { Clock } from '@perennial/conditions';
import type { ContactState } from '../contacts/index.ts';
import { FACT_FLAGS, type Fact } from '../events/index.ts';
import type { CompiledFieldStart, LiveWorkflow, WorkspaceWorkflows } from '../workflows/index.ts';
import { changeOf } from './change-of.ts';
import { clockOf } from './clock-of.ts';

/** A chain of causes deeper than this starts nothing: it is a loop. */
export const DEEPEST_CAUSE = 10;

/** A fact and a workflow that it may start. */
export interface Start {
  fact: Fact;
  workspace: WorkspaceWorkflows;
  workflow: LiveWorkflow;
  contact: ContactState | undefined;
  /** Since when the contact is in segments that starts ask for. */
  segments: ReadonlyMap<string, number> | undefined;
}

/** Refusals so common that a row for each would only fill the disk: they are counted. */
export const SILENT: ReadonlySet<string> = new Set(['inactive', 'where']);

/** The checks that need nothing but the fact, its contact and its segments, in the language's order. */
export function refusalOf({
  fact,
  workspace,
  workflow,
  contact,
  segments,
}: Start): string | undefined {
  const start = workflow.published!.factStart!;
  if (workflow.state !== 'active') return 'inactive';
  if (!contact || contact.deletedAt !== null) return 'deleted';
  const clock = clockOf(fact, workspace, contact);
  if (start.type === 'field_change') return changeRefusal(fact, start, contact, clock);
  if (!start.passes(fact, clock)) return 'where';
  if (start.type === 'segment') return entryRefusal(fact);
  const { segment } = start;
  if (segment !== undefined && !segments?.has(String(segment))) return 'segment';
  return timeRefusal(fact, start.maxAge) ?? loopRefusal(fact);
}

function changeRefusal(
  fact: Fact,
  start: CompiledFieldStart,
  contact: ContactState,
  clock: Clock,
): string | undefined {
  const change = changeOf(fact, start, contact)!;
  const { source } = fact;
  if (!start.passes({ params: { ...change }, source }, clock)) return 'where';
  return loopRefusal(fact);
}

/** An event that is told long after it happened starts nothing. */
export function timeRefusal(fact: Fact, maxAge: Duration): 'past' | 'late' | undefined {
  if ((fact.flags & FACT_FLAGS.past) !== 0) return 'past';
  return fact.receivedAt - fact.occurredAt > durationMs(maxAge) ? 'late' : undefined;
}

export function loopRefusal({ depth }: Fact): 'loop' | undefined {
  return depth > DEEPEST_CAUSE ? 'loop' : undefined;
}

/** What arrives later than this after it happened lets nobody start by entering a segment. */
const OLDEST_CAUSE_MS = 24 * 3_600_000;

/** Causes by which nobody did anything: two contacts became one, or two again. */
const JOINED: ReadonlySet<string> = new Set(['merge', 'unmerge']);

/**
 * Only what the contact did, or time, starts; into a list whoever is put there starts. An entry by
 * time is recorded late when the program was down: its instant lies back, and it starts all the same.
 */
function entryRefusal(fact: Fact): string | undefined {
  const { kind, cause, happened_at: happenedAt } = fact.params;
  const why = typeof cause === 'string' ? cause : '';
  if (kind === 'list') return JOINED.has(why) ? why : loopRefusal(fact);
  if (why === 'past_event') return 'past';
  if (why !== 'data' && why !== 'time') return why;
  const isLate =
    why === 'data' &&
    typeof happenedAt === 'string' &&
    fact.occurredAt - Date.parse(happenedAt) > OLDEST_CAUSE_MS;
  return isLate ? 'late' : loopRefusal(fact);
}
