import type { JsonObject } from '../inbox/index.ts';
import type { CompiledVersion, LiveWorkflow } from '../workflows/index.ts';

/** A start that passed the checks which need nothing but itself. At most one a contact and workflow. */
export interface Candidate {
  workflow: LiveWorkflow;
  version: CompiledVersion;
  workspaceZone: string;
  contactZone: string | null;
  contactId: number;
  key: string;
  /** What earlier times count back from. */
  startedAt: number;
  /** The fact that starts; facts applied after it have greater IDs. */
  factId?: number | undefined;
  context: JsonObject;
  depth: number;
  test: boolean;
  /**
   * It was decided before it came to the contact's slot: what stopped it since then found no run to
   * stop, and counts now.
   */
  late?: boolean;
}

/** Why a start is refused, in the words of the statistics. */
export interface StartRefusal {
  reason: 'stop' | 'unique' | 'one_at_a_time' | 'reentry';
  details?: JsonObject;
}

/** Refusals by candidate. */
export type Refused = Map<Candidate, StartRefusal>;
