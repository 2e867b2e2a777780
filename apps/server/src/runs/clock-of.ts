import type { Clock } from '@perennial/conditions';
import type { ContactState } from '../contacts/index.ts';
import { zoneOf } from '../evaluation/index.ts';
import type { Fact } from '../events/index.ts';
import type { WorkspaceWorkflows } from '../workflows/index.ts';

/** Filters see the instant of arrival, however long the fact stood in the queue. */
export function clockOf(
  fact: Fact,
  { zone }: WorkspaceWorkflows,
  contact: ContactState | undefined,
): Clock {
  return { now: fact.receivedAt, workspaceZone: zone, contactZone: zoneOf(contact) };
}
