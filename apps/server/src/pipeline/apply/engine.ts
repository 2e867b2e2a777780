import type { ContactState, FieldChange } from '../../contacts/index.ts';
import type { Fact } from '../../events/index.ts';
import type { DeliveryItem, StartItem, StopItem, TicketOutcome } from '../../inbox/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { Of, PendingFact } from './working-set.ts';

/**
 * What the pipeline needs of the rooms to its left that react to facts (workflows, sends; later
 * segments). Every call runs inside the batch's transaction, which owns the contacts' slots.
 */
export interface Engine {
  /** Keys of event types that something waits for. */
  loudTypes(tx: Tx, workspaceIds: number[]): Promise<Map<number, Set<string>>>;
  /** Stops, then starts; of each contact at most one fact. */
  matchFacts(
    tx: Tx,
    batch: {
      facts: Fact[];
      fieldChanges: FieldChange[];
      contacts: Map<number, ContactState>;
      now: Date;
    },
  ): Promise<void>;
  start(
    tx: Tx,
    batch: { entries: Of<StartItem>[]; contacts: Map<number, ContactState>; now: Date },
  ): Promise<TicketOutcome[]>;
  stop(tx: Tx, batch: { entries: Of<StopItem>[]; now: Date }): Promise<TicketOutcome[]>;
  endRuns(tx: Tx, batch: { contactIds: number[]; reason: string; now: Date }): Promise<void>;
  /** Statuses of deliveries; answers the facts they make. */
  applyDeliveries(
    tx: Tx,
    batch: { entries: Of<DeliveryItem>[]; now: Date },
  ): Promise<PendingFact[]>;
  /** What the rooms keep of dropped contacts becomes the survivors'. */
  moveContacts(
    tx: Tx,
    batch: {
      pairs: { keepId: number; dropId: number; workspaceId: number }[];
      slots: number;
      now: Date;
    },
  ): Promise<void>;
  /** Steps of runs that are due by the marks, in one slot; answers the facts they cause. */
  runDueSteps(
    tx: Tx,
    batch: { slot: number; marks: Map<number, number>; now: Date; limit: number },
  ): Promise<{ handled: number; facts: PendingFact[] }>;
}
