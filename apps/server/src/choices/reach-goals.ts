import type { ChoiceGoal } from '@perennial/blocks';
import { compileWhere, type EventTest } from '@perennial/conditions';
import { loadContacts } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { findEvents, zoneOf, type FoundEvent } from '../evaluation/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import { listWorkspaces } from '../workspaces/index.ts';
import type { DueChoice } from './due-choices.ts';

/** A choice whose window has closed. */
export interface ClosedWindow {
  choice: DueChoice;
  goal: ChoiceGoal;
  /** Epoch milliseconds: from when it left. */
  from: number;
  until: number;
}

/** Who reached the goal. */
export type Reached = 'person' | 'machine' | undefined;

interface ReachParts {
  eventTypes: EventTypeIds;
  now: number;
}

/**
 * Whether the goals of these were reached within their windows, in their order. One statement for
 * each kind of event that is asked about.
 */
export async function reachGoals(
  tx: Tx,
  windows: readonly ClosedWindow[],
  parts: ReachParts,
): Promise<Reached[]> {
  const reached = new Map<ClosedWindow, Reached>();
  const groups = Map.groupBy(
    windows,
    ({ choice, goal }) => `${choice.workspace_id} ${keyOf(goal)}`,
  );
  for (const group of groups.values()) {
    const found = Map.groupBy(await eventsFor(tx, group, parts), (event) => event.contact_id);
    const tests = await testsOf(tx, group, parts);
    for (const window of group) {
      const own = (found.get(window.choice.contact_id) ?? []).filter((event) =>
        liesWithin(event, window),
      );
      reached.set(window, whoReached(own, window, tests));
    }
  }
  return windows.map((window) => reached.get(window));
}

function keyOf(goal: ChoiceGoal): string {
  return goal.type === 'event' ? `event ${goal.event}` : goal.type;
}

/** Whoever clicks has opened. */
function typesOf(goal: ChoiceGoal): string[] {
  if (goal.type === 'event') return [goal.event];
  return goal.type === 'click' ? ['MessageClicked'] : ['MessageClicked', 'MessageOpened'];
}

async function eventsFor(
  tx: Tx,
  windows: readonly ClosedWindow[],
  { eventTypes, now }: ReachParts,
): Promise<FoundEvent[]> {
  const [{ choice, goal }] = windows as [ClosedWindow];
  const types = typesOf(goal);
  const ids = await eventTypes.idsOf(choice.workspace_id, types, new Date(now));
  const byContact = Map.groupBy(windows, (window) => window.choice.contact_id);
  const wanted = [...byContact].flatMap(([contactId, own]) =>
    types.map((type) => ({
      contactId,
      typeId: ids.get(type)!,
      from: Math.min(...own.map(({ from }) => from)),
      withParams: true,
      withContext: goal.type === 'event',
    })),
  );
  return findEvents(tx, { wanted });
}

function liesWithin({ occurred_at: at }: FoundEvent, { from, until }: ClosedWindow): boolean {
  return at.getTime() >= from && at.getTime() <= until;
}

type Tests = (event: FoundEvent, window: ClosedWindow) => boolean;

function whoReached(events: readonly FoundEvent[], window: ClosedWindow, passes: Tests): Reached {
  if (window.goal.type === 'event') {
    return events.some((event) => passes(event, window)) ? 'person' : undefined;
  }
  const visits = events.filter(({ params }) => params?.['send'] === String(window.choice.send_id));
  if (visits.some(({ params }) => params!['machine'] === undefined)) return 'person';
  return visits.length > 0 ? 'machine' : undefined;
}

/** An event belongs to the last message that the block sent before it. */
async function testsOf(
  tx: Tx,
  windows: readonly ClosedWindow[],
  { now }: ReachParts,
): Promise<Tests> {
  const filters = new Map<ChoiceGoal, EventTest>();
  for (const { goal } of windows) {
    if (goal.type === 'event' && goal.where) filters.set(goal, compileWhere(goal.where));
  }
  const zones = filters.size > 0 ? await zonesOf(tx, windows) : undefined;
  return ({ occurred_at: at, params, key, source, context }, { choice, goal }) => {
    if (choice.next_at && at > choice.next_at) return false;
    const filter = filters.get(goal);
    if (!filter) return true;
    const clock = { now, ...zones!(choice) };
    return filter({ params: params ?? {}, key, source, context }, clock);
  };
}

async function zonesOf(
  tx: Tx,
  windows: readonly ClosedWindow[],
): Promise<(choice: DueChoice) => { workspaceZone: string; contactZone: string }> {
  const { workspace_id: workspaceId } = windows[0]!.choice;
  const [workspace] = await listWorkspaces(tx, { ids: [workspaceId] });
  const workspaceZone = workspace!.time_zone;
  const contacts = await loadContacts(tx, {
    ids: [...new Set(windows.map(({ choice }) => choice.contact_id))],
  });
  return ({ contact_id: id }) => ({
    workspaceZone,
    contactZone: zoneOf(contacts.get(id)) ?? workspaceZone,
  });
}
