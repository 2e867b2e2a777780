import type { ContactState, FieldChange } from '../../contacts/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { RunMove, StandingRun } from '../../runs/index.ts';
import type { Fact } from '../../events/index.ts';
import type {
  DeliveryItem,
  SendItem,
  ResumeItem,
  ScheduleItem,
  StartItem,
  SteerItem,
  StopItem,
  TicketOutcome,
} from '../../inbox/index.ts';
import type { WantedEntry } from '../../sends/index.ts';
import type { DueColumn } from '../../slots/index.ts';
import type { CausedItem, Of, PendingFact } from './working-set.ts';

/** What the pipeline needs of the rooms that react to facts: workflows, sends; later segments. */
export interface Engine {
  /** One state of all definitions, for one batch. Call it when the batch's slots are locked. */
  begin(tx: Tx): Promise<BatchEngine>;
  /** Where what time does waits for its instant. */
  due: readonly DueColumn[];
}

/** Every call runs inside the batch's transaction, which owns the contacts' slots. */
export interface BatchEngine {
  /** Keys of event types that something waits for, by workspace. */
  loudTypes(workspaceId: number): ReadonlySet<string>;
  /** Runs that began or ended since the last call, whatever did it. */
  takeRunMoves(): RunMove[];
  /** Stops, then starts; of each contact at most one fact, of nobody any number. */
  matchFacts(
    tx: Tx,
    round: {
      facts: Fact[];
      fieldChanges: FieldChange[];
      contacts: Map<number, ContactState>;
      now: Date;
    },
  ): Promise<void>;
  start(
    tx: Tx,
    round: { entries: Of<StartItem>[]; contacts: Map<number, ContactState>; now: Date },
  ): Promise<TicketOutcome[]>;
  stop(tx: Tx, round: { entries: Of<StopItem>[]; now: Date }): Promise<TicketOutcome[]>;
  /** Items that runs waited for were applied. */
  resume(tx: Tx, round: { entries: Of<ResumeItem>[]; now: Date }): Promise<void>;
  steer(
    tx: Tx,
    round: { entries: Of<SteerItem>[]; contacts: Map<number, ContactState>; now: Date },
  ): Promise<TicketOutcome[]>;
  /** Dates of contacts that may start a workflow. */
  schedule(
    tx: Tx,
    round: { entries: Of<ScheduleItem>[]; contacts: Map<number, ContactState> },
  ): Promise<void>;
  /** Decides about contacts of campaigns' audiences; whom the map does not hold is not there any more. */
  send(
    tx: Tx,
    round: { entries: Of<SendItem>[]; contacts: Map<number, ContactState>; now: Date },
  ): Promise<void>;
  /** Decides about messages that calls asked for. */
  sendWanted(tx: Tx, round: { entries: WantedEntry[]; now: Date }): Promise<void>;
  /** Contacts that are gone, and since when. */
  endRuns(
    tx: Tx,
    round: { contacts: ReadonlyMap<number, number>; reason: 'deleted' | 'erased'; now: Date },
  ): Promise<void>;
  /** Statuses of deliveries; answers the facts they make. */
  applyDeliveries(
    tx: Tx,
    round: { entries: Of<DeliveryItem>[]; slots: number; now: Date },
  ): Promise<PendingFact[]>;
  /**
   * Of two active runs of one workflow and key one goes on. Before rows move; answers, for each
   * pair, which runs ended.
   */
  endDoubles(
    tx: Tx,
    merge: { pairs: { keepId: number; dropId: number; at: number }[]; now: Date },
  ): Promise<StandingRun[][]>;
  /** Of contacts that became members of segments by a merge: stop segments act. */
  stopMembers(tx: Tx, merged: { contactIds: number[]; now: Date }): Promise<void>;
  /** Of these runs, those that a merge ended go on; after rows went back. */
  resumeRuns(
    tx: Tx,
    unmerge: { runs: StandingRun[]; contactIds: number[]; now: Date },
  ): Promise<void>;
  /**
   * Steps that are due by the marks, and in slots whose queue holds more, before its oldest item;
   * answers the facts and the items they cause.
   */
  runDueSteps(
    tx: Tx,
    due: {
      slots: number[];
      marks: Map<number, number>;
      oldestQueued: Map<number, number>;
      now: Date;
      limit: number;
      /** Whether a fact may move its contact into a segment or out of it. */
      isFollowed: (fact: PendingFact) => boolean;
    },
  ): Promise<{ handled: number; facts: PendingFact[]; items: CausedItem[]; more: boolean }>;
}
