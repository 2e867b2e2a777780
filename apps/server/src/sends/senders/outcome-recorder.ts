import type { BounceClass } from '@perennial/channels';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import {
  blockAddresses,
  forgetStrikes,
  suppressAddresses,
  type Refusal,
  type SuppressionToWrite,
} from '../../suppressions/index.ts';
import type { FlowOutcome } from './flow.ts';
import { reportStatuses, type StatusReport } from './report-statuses.ts';
import { settlementOf } from './settlement-of.ts';
import { settleDeliveries, type Settlement, type WorkRow } from './work-queries.ts';

export interface OutcomeRecorder {
  record(row: WorkRow, outcome: FlowOutcome): void;
  /** Resolves when everything recorded so far is committed. */
  flush(): Promise<void>;
}

export interface RecorderOptions {
  pool: Pool;
  processId: number;
  slots: number;
  clock: () => Date;
  random: () => number;
  onError: (cause: unknown) => void;
}

const BATCH = 500;
/**
 * Gathers what comes in together, so that a commit serves many. As much longer stays uncertain what
 * had left when a process dies.
 */
const GATHER_MS = 30;
const RETRY_MS = 1_000;

interface Recorded {
  row: WorkRow;
  outcome: FlowOutcome;
}

/** Writes outcomes in batches. While the database is away they wait here: they cannot be had again. */
export function createOutcomeRecorder(options: RecorderOptions): OutcomeRecorder {
  const { onError } = options;
  let waiting: Recorded[] = [];
  let writing: Promise<void> | undefined;
  let recorded = 0;
  let written = 0;
  /** Who waits until so many are written. */
  let listeners: { upTo: number; done: () => void }[] = [];

  async function writeAll(): Promise<void> {
    await pause(GATHER_MS);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      try {
        await write(options, batch);
        waiting = waiting.slice(batch.length);
        tell(batch.length);
      } catch (error) {
        onError(error);
        await pause(RETRY_MS);
      }
    }
    writing = undefined;
  }

  function tell(more: number): void {
    written += more;
    for (const { upTo, done } of listeners) if (upTo <= written) done();
    listeners = listeners.filter(({ upTo }) => upTo > written);
  }

  return {
    record(row, outcome) {
      recorded += 1;
      waiting.push({ row, outcome });
      writing ??= writeAll();
    },
    flush() {
      if (written === recorded) return Promise.resolve();
      return new Promise((done) => listeners.push({ upTo: recorded, done }));
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function write(options: RecorderOptions, batch: Recorded[]): Promise<void> {
  const { pool, processId, slots, clock, random } = options;
  const now = clock();
  const settlements = batch.map(({ row, outcome }) =>
    settlementOf(row, outcome, { now, random: random() }),
  );
  const act = async (tx: Tx): Promise<void> => {
    const contacts = await settleDeliveries(tx, { settlements, processId, now });
    const reports = batch.flatMap(({ row }, i): StatusReport[] => {
      const { status, reason } = settlements[i]!;
      const contactId = contacts.get(row.id);
      // Not ours any more: it was declared uncertain while this process was away.
      if (contactId === undefined || status === null) return [];
      const bounce = bounceOf(batch[i]!.outcome);
      return [
        { ...refOf(row), contactId, status: status as StatusReport['status'], reason, bounce },
      ];
    });
    await reportStatuses(tx, { reports, slots, now });
    await learnOfAddresses(tx, { batch, settlements, slots, now });
  };
  await inTransaction(pool, act, { retries: 5 });
}

/** What an outcome says about the address, if it is the last one. */
function bounceOf(outcome: FlowOutcome): BounceClass | undefined {
  if (outcome.kind === 'deferred' && outcome.addressBlocked) return 'blocked';
  return outcome.kind === 'rejected' ? outcome.bounce : undefined;
}

function refOf(row: WorkRow): Omit<StatusReport, 'status' | 'contactId'> {
  return { workspaceId: row.workspace_id, sendId: row.send_id, deliveryId: row.id };
}

/** What outcomes say about the addresses themselves, whatever the message was. */
async function learnOfAddresses(
  tx: Tx,
  {
    batch,
    settlements,
    slots,
    now,
  }: { batch: Recorded[]; settlements: Settlement[]; slots: number; now: Date },
): Promise<void> {
  const dead = batch.flatMap(({ row, outcome }, i): SuppressionToWrite[] =>
    bounceOf(outcome) === 'dead'
      ? [{ ...refusalOf(row, settlements[i]!), reason: 'bounced', since: now }]
      : [],
  );
  // A full mailbox is tried again for days, as any delay is; only the failure counts.
  const refusals = batch.flatMap(({ row, outcome }, i): Refusal[] =>
    settlements[i]!.state === 'failed' && bounceOf(outcome) === 'blocked'
      ? [refusalOf(row, settlements[i]!)]
      : [],
  );
  const reached = batch.filter(({ outcome }) => outcome.kind === 'accepted');
  await suppressAddresses(tx, { suppressions: dead, slots, now });
  await blockAddresses(tx, { refusals, slots, now });
  await forgetStrikes(tx, {
    addresses: reached.map(({ row }) => ({
      workspaceId: row.workspace_id,
      channel: row.channel,
      address: row.address,
    })),
    now,
  });
}

function refusalOf(row: WorkRow, { answer, reason }: Settlement): Refusal {
  return {
    workspaceId: row.workspace_id,
    channel: row.channel,
    address: row.address,
    details: (answer ?? reason ?? '').slice(0, 500),
    source: 'system',
    contactId: row.contact_id,
    sendId: row.send_id,
    deliveryId: row.id,
  };
}
