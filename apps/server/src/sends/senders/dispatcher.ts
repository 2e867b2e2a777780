import type { Pool } from '../../db/index.ts';
import type { Rendered } from '../../messages/index.ts';
import type { Carrier } from './carrier.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { deliverToSandbox } from './deliver-to-sandbox.ts';
import type { FlowOutcome, Parcel } from './flow.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { renderWork, type RenderParts } from './render-work.ts';
import { describeProblem } from './rendering-problem.ts';
import { loadWork, type DeliveryLane, type DueKey, type WorkRow } from './work-queries.ts';

export interface DispatchParts {
  pool: Pool;
  processId: number;
  slots: number;
  clock: () => Date;
  directory: ProviderDirectory;
  rendering: RenderParts;
  record: (row: WorkRow, outcome: FlowOutcome) => void;
  onError: (cause: unknown) => void;
}

export interface Dispatcher {
  /** Brings due deliveries on their way, as many as there is room for; answers how many. */
  dispatch(keys: readonly DueKey[], lane: DeliveryLane): Promise<number>;
  /** What a flow said about one of its parcels. */
  settle(parcel: Parcel, outcome: FlowOutcome): void;
  /** Taken and not yet settled. */
  busy(): boolean;
  /** Resolves when everything that was taken is handed to its flow. */
  rendered(): Promise<void>;
}

type FlowCarrier = Extract<Carrier, { kind: 'flow' }>;

export function createDispatcher(parts: DispatchParts): Dispatcher {
  const { pool, processId, slots, clock, directory, rendering } = parts;
  /** By delivery: what is with a flow. */
  const taken = new Map<number, WorkRow>();
  const rendersUnderWay = new Set<Promise<void>>();

  /** No more of each channel than its carrier has room for. */
  function withinRoom(keys: readonly DueKey[], lane: DeliveryLane): DueKey[] {
    const left = new Map<string, number>();
    return keys.filter((key) => {
      const pair = `${key.workspace_id} ${key.channel}`;
      const room = left.get(pair) ?? directory.room(key, lane);
      left.set(pair, room - 1);
      return room > 0;
    });
  }

  async function dispatch(keys: readonly DueKey[], lane: DeliveryLane): Promise<number> {
    await directory.refresh(keys.map((key) => key.workspace_id));
    const rows = await loadWork(pool, { keys: withinRoom(keys, lane) });
    const carriers = await Promise.all(rows.map((row) => directory.carrierOf(row)));
    const groups = new Map<string, { carrier: Carrier; rows: WorkRow[] }>();
    for (const [i, row] of rows.entries()) {
      const carrier = carriers[i]!;
      const key = `${carrier.kind} ${carrier.providerId ?? ''} ${row.workspace_id}`;
      const group = groups.get(key) ?? { carrier, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
    let count = 0;
    for (const { carrier, rows: group } of groups.values()) {
      if (carrier.kind === 'broken') continue;
      count += group.length;
      if (carrier.kind === 'flow') await takeForFlow(carrier, group);
      else {
        const claim = { pool, processId, slots, now: clock() };
        await deliverToSandbox(claim, rendering, { rows: group, ...carrier });
      }
    }
    return count;
  }

  async function takeForFlow(carrier: FlowCarrier, rows: WorkRow[]): Promise<void> {
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
    for (const row of got) taken.set(row.id, row);
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
    try {
      const rendered = await renderWork(rendering, { rows, mailing, now: takenAt });
      flow.push(rows.flatMap((row, i) => parcelOf(row, rendered[i]!, takenAt)));
    } catch (error) {
      parts.onError(error);
      for (const row of rows) finish(row, { kind: 'returned' });
    } finally {
      flow.letGo(rows.length);
    }
  }

  function parcelOf(row: WorkRow, rendered: Rendered, takenAt: Date): Parcel[] {
    if (!rendered.ok) {
      const answer = describeProblem(rendered.problem);
      finish(row, { kind: 'rejected', reason: 'rendering', answer });
      return [];
    }
    const { content, mail } = rendered;
    return [
      {
        deliveryId: row.id,
        lane: row.lane,
        takenAt: takenAt.getTime(),
        message: {
          address: row.address,
          idempotencyKey: String(row.id),
          content,
          ...(mail && { mail }),
        },
      },
    ];
  }

  function finish(row: WorkRow, outcome: FlowOutcome): void {
    taken.delete(row.id);
    parts.record(row, outcome);
  }

  return {
    dispatch,
    settle({ deliveryId }, outcome) {
      const row = taken.get(deliveryId);
      if (row) finish(row, outcome);
    },
    busy: () => taken.size > 0 || rendersUnderWay.size > 0,
    async rendered() {
      await Promise.all(rendersUnderWay);
    },
  };
}
