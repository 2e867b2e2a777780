import type { Pool } from '../../db/index.ts';
import type { Rendered } from '../../messages/index.ts';
import type { Carrier } from './carrier.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { deliverToSandbox } from './deliver-to-sandbox.ts';
import { createContentWaits } from './content-waits.ts';
import type { FlowOutcome, Parcel } from './flow.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { holdForDomains } from '../receiving/limit-queries.ts';
import type { ReceivingGate } from '../receiving/receiving-gate.ts';
import { renderWork, type RenderParts } from './render-work.ts';
import { FETCH_WAIT_MS, outcomeOfUnwritten } from './unwritten.ts';
import {
  loadWork,
  postponeDeliveries,
  type DeliveryLane,
  type DueKey,
  type WorkRow,
} from './work-queries.ts';

export interface DispatchParts {
  pool: Pool;
  processId: number;
  slots: number;
  clock: () => Date;
  directory: ProviderDirectory;
  receiving: ReceivingGate;
  rendering: RenderParts;
  record: (row: WorkRow, outcome: FlowOutcome) => void;
  /** Resolves when everything recorded so far is committed. */
  recorded: () => Promise<void>;
  /** What stood aside is due again. */
  onDue: () => void;
  onError: (cause: unknown) => void;
}

export interface Dispatcher {
  /** Brings due deliveries on their way, as many as there is room for; answers how many. */
  dispatch(keys: readonly DueKey[], lane: DeliveryLane): Promise<number>;
  /** What a flow said about one of its parcels. */
  settle(parcel: Parcel, outcome: FlowOutcome): void;
  /** What was taken of a campaign, or of all, and has not left yet is asked about anew. */
  recall(campaignId: number | undefined): void;
  /** Taken and not yet settled. */
  busy(): boolean;
  /** Resolves when everything that was taken is handed to its flow. */
  rendered(): Promise<void>;
  /** Resolves when nothing is being fetched. */
  fetched(): Promise<void>;
  /** What is still fetched calls nobody any more. */
  stop(): void;
}

const PUT_OFF_MS = 30_000;

type FlowCarrier = Extract<Carrier, { kind: 'flow' }>;
/** By delivery of one dispatch: leave that was taken for a receiving domain and not used yet. */
type Leaves = Map<number, DueKey>;

export function createDispatcher(parts: DispatchParts): Dispatcher {
  const { pool, processId, slots, clock, directory, receiving, rendering } = parts;
  /** By delivery: what is with a flow. */
  const taken = new Map<number, WorkRow>();
  const rendersUnderWay = new Set<Promise<void>>();
  /** When each campaign was recalled; what was taken before and is being rendered goes back, too. */
  const recalled = new Map<number | undefined, number>();
  const waits = createContentWaits({ ...parts, renderPool: rendering.renderPool });

  /**
   * No more of each channel than its carrier has room for. What its receiving domain does not take
   * now is put off, and takes no room from others.
   */
  async function admit(
    keys: readonly DueKey[],
    { lane, leaves }: { lane: DeliveryLane; leaves: Leaves },
  ): Promise<{ go: DueKey[]; held: number }> {
    const left = new Map<string, number>();
    const go: DueKey[] = [];
    const held: { contactId: number; id: number; until: Date }[] = [];
    for (const key of keys) {
      const pair = `${key.workspace_id} ${key.channel}`;
      const room = left.get(pair) ?? directory.room(key, lane);
      left.set(pair, room);
      const leave = directory.goesBySmtp(key) ? receiving.take(toOf(key)) : undefined;
      if (leave?.ok === false) {
        held.push({ contactId: key.contact_id, id: key.id, until: leave.until });
      } else if (room > 0) {
        left.set(pair, room - 1);
        go.push(key);
        if (leave) leaves.set(key.id, key);
      } else if (leave) receiving.giveBack(toOf(key));
    }
    await holdForDomains(pool, { held });
    return { go, held: held.length };
  }

  async function dispatch(keys: readonly DueKey[], lane: DeliveryLane): Promise<number> {
    const workspaceIds = keys.map((key) => key.workspace_id);
    await directory.refresh(workspaceIds);
    await receiving.refresh(workspaceIds);
    const leaves: Leaves = new Map();
    try {
      return await handOver(keys, { lane, leaves });
    } finally {
      // What was not claimed after all.
      for (const key of leaves.values()) receiving.giveBack(toOf(key));
    }
  }

  async function handOver(
    keys: readonly DueKey[],
    { lane, leaves }: { lane: DeliveryLane; leaves: Leaves },
  ): Promise<number> {
    const { go, held } = await admit(keys, { lane, leaves });
    const rows = await withoutCrowded(await loadWork(pool, { keys: go }));
    const allot = directory.allot(lane);
    const groups = new Map<string, { carrier: Carrier; rows: WorkRow[] }>();
    for (const row of rows) {
      const carrier = await allot(row).catch((error: unknown) => putOff([row], error));
      // No provider has room: it waits, and is found again when one has.
      if (!carrier) continue;
      const key = `${carrier.kind} ${carrier.providerId ?? ''} ${row.workspace_id}`;
      const group = groups.get(key) ?? { carrier, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
    let count = held;
    for (const { carrier, rows: group } of groups.values()) {
      count += group.length;
      await handOrPutOff(carrier, group, leaves);
    }
    return count;
  }

  /** More of a message that waits for a slow server would only be taken and put back. */
  async function withoutCrowded(rows: WorkRow[]): Promise<WorkRow[]> {
    const crowded = rows.filter((row) => waits.crowded(row));
    const until = new Date(clock().getTime() + FETCH_WAIT_MS);
    await postponeDeliveries(pool, { rows: crowded, until });
    return crowded.length > 0 ? rows.filter((row) => !waits.crowded(row)) : rows;
  }

  /** A group that fails is halved until what is at fault stands alone. */
  async function handOrPutOff(carrier: Carrier, rows: WorkRow[], leaves: Leaves): Promise<void> {
    try {
      await hand(carrier, rows, leaves);
    } catch (error) {
      if (rows.length <= 1) return putOff(rows, error);
      const middle = Math.ceil(rows.length / 2);
      await handOrPutOff(carrier, rows.slice(0, middle), leaves);
      await handOrPutOff(carrier, rows.slice(middle), leaves);
    }
  }

  async function hand(carrier: Carrier, rows: WorkRow[], leaves: Leaves): Promise<void> {
    if (carrier.kind === 'flow') return takeForFlow(carrier, rows, leaves);
    const claim = { pool, processId, slots, now: clock() };
    const rendered = await deliverToSandbox(claim, rendering, { rows, ...carrier });
    waits.begin(rows, rendered);
  }

  /** What cannot be handled must not keep others from it; if the database is away, it throws. */
  async function putOff(rows: WorkRow[], error: unknown): Promise<undefined> {
    parts.onError(error);
    await postponeDeliveries(pool, { rows, until: new Date(clock().getTime() + PUT_OFF_MS) });
  }

  async function takeForFlow(carrier: FlowCarrier, rows: WorkRow[], leaves: Leaves): Promise<void> {
    const { flow, providerId } = carrier;
    flow.reserve(rows.length);
    const now = clock();
    const got = await claimDeliveries({ pool, processId, slots, now }, { rows, providerId }).catch(
      (error: unknown) => {
        flow.letGo(rows.length);
        throw error;
      },
    );
    flow.letGo(rows.length - got.length);
    for (const row of got) {
      taken.set(row.id, row);
      leaves.delete(row.id);
    }
    // The next claim need not wait for it.
    const rendering = renderForFlow(carrier, got, now).finally(() =>
      rendersUnderWay.delete(rendering),
    );
    rendersUnderWay.add(rendering);
  }

  async function renderForFlow(
    carrier: FlowCarrier,
    rows: WorkRow[],
    takenAt: Date,
  ): Promise<void> {
    const { flow, mailing } = carrier;
    let rendered: Rendered[];
    try {
      rendered = await renderWork(rendering, {
        rows,
        mailing,
        track: true,
        fetching: 'known',
        now: takenAt,
      });
    } catch (error) {
      const middle = Math.ceil(rows.length / 2);
      if (rows.length > 1) {
        await renderForFlow(carrier, rows.slice(0, middle), takenAt);
        return renderForFlow(carrier, rows.slice(middle), takenAt);
      }
      parts.onError(error);
      const reason = 'rendering is not available';
      for (const row of rows)
        finishUntried(row, { kind: 'deferred', reason, providerTrouble: true });
      flow.letGo(rows.length);
      return;
    }
    flow.push(rows.flatMap((row, i) => parcelOf(row, rendered[i]!, takenAt)));
    flow.letGo(rows.length);
    waits.begin(rows, rendered);
  }

  function parcelOf(row: WorkRow, rendered: Rendered, takenAt: Date): Parcel[] {
    if (isRecalled(row, takenAt)) {
      finishUntried(row, { kind: 'returned' });
      return [];
    }
    if (!rendered.ok) {
      finishUntried(row, outcomeOfUnwritten(rendered, clock()));
      return [];
    }
    const { content, mail, parts } = rendered;
    return [
      {
        deliveryId: row.id,
        lane: row.lane,
        takenAt: takenAt.getTime(),
        message: {
          address: row.address,
          key: rendering.keys.of(row.id),
          transactional: row.transactional,
          content,
          ...(mail && { mail }),
          ...(parts && { parts }),
        },
      },
    ];
  }

  function isRecalled({ campaign_id: campaignId }: WorkRow, takenAt: Date): boolean {
    if (campaignId === null) return false;
    const at = Math.max(
      recalled.get(campaignId) ?? -Infinity,
      recalled.get(undefined) ?? -Infinity,
    );
    return at >= takenAt.getTime();
  }

  /** Nobody tried it, so its receiving domain did not notice. */
  function finishUntried(row: WorkRow, outcome: FlowOutcome): void {
    receiving.giveBack(toOf(row));
    finish(row, outcome);
  }

  function finish(row: WorkRow, outcome: FlowOutcome): void {
    taken.delete(row.id);
    parts.record(row, outcome);
  }

  return {
    dispatch,
    settle({ deliveryId }, outcome) {
      const row = taken.get(deliveryId);
      if (!row) return;
      if (outcome.kind === 'returned') return finishUntried(row, outcome);
      const isBusy = outcome.kind === 'deferred' && outcome.domainBusy === true;
      finish(row, isBusy ? { ...outcome, until: receiving.nextAt(toOf(row)) } : outcome);
    },
    recall(campaignId) {
      recalled.set(campaignId, clock().getTime());
      directory.recall(({ deliveryId }) => {
        const of = taken.get(deliveryId)?.campaign_id ?? undefined;
        return of !== undefined && of === (campaignId ?? of);
      });
    },
    busy: () => taken.size > 0 || rendersUnderWay.size > 0 || waits.busy(),
    async rendered() {
      await Promise.all(rendersUnderWay);
    },
    fetched: () => waits.settled(),
    stop: () => waits.stop(),
  };
}

function toOf({ workspace_id: workspaceId, address }: Pick<DueKey, 'workspace_id' | 'address'>) {
  return { workspaceId, address };
}
