import { wholeMail } from '@perennial/channels/providers';
import { copyRows } from '../../db/binary-copy.ts';
import { inTransaction, type Tx } from '../../db/index.ts';
import type { Mailing, Rendered } from '../../messages/index.ts';
import { checkAtClaim } from './check-at-claim.ts';
import { endPlanned, type ClaimOptions } from './claim-deliveries.ts';
import { delayPlanned, type Delay } from './delay-planned.ts';
import { renderWork, type RenderParts } from './render-work.ts';
import { reportStatuses } from './report-statuses.ts';
import { settlementOf } from './settlement-of.ts';
import { outcomeOfUnwritten } from './unwritten.ts';
import {
  postponeDeliveries,
  settleDeliveries,
  takeDeliveries,
  type Stop,
  type WorkRow,
} from './work-queries.ts';

export interface SandboxBatch {
  rows: readonly WorkRow[];
  providerId: number | null;
  mailing: Mailing;
}

/**
 * Puts messages into the outbox: hand-over, outcome and message are one transaction, so that each
 * is there exactly once whenever the program dies. Rendered before, which leaves nothing behind.
 * Answers the renderings, in the order of the rows: some may wait for what is to be fetched.
 */
export async function deliverToSandbox(
  claim: ClaimOptions,
  parts: RenderParts,
  { rows, providerId, mailing }: SandboxBatch,
): Promise<Rendered[]> {
  const { pool, now } = claim;
  const rendered = await renderWork(parts, { rows, mailing, track: true, fetching: 'known', now });
  const contents = new Map(rows.map((row, i) => [row.id, rendered[i]!]));
  await inTransaction(pool, (tx) => store(tx, claim, { rows, providerId, contents }), {
    retries: 5,
  });
  return rendered;
}

async function store(
  tx: Tx,
  { processId, slots, now }: ClaimOptions,
  {
    rows,
    providerId,
    contents,
  }: {
    rows: readonly WorkRow[];
    providerId: number | null;
    contents: Map<number, Rendered>;
  },
): Promise<void> {
  const { go, stops, delays } = await checkAtClaim(tx, { rows, now });
  await delayPlanned(tx, { delays });
  const aside = putAside(go, contents, now);
  await postponeDeliveries(tx, aside.waiting);
  await delayPlanned(tx, { delays: aside.delays });
  await endPlanned(tx, { stops: [...stops, ...aside.stops], slots, now });
  const ready = go.filter((row) => contents.get(row.id)!.ok);
  const providerIds = ready.map(() => providerId);
  const taken = await takeDeliveries(tx, { rows: ready, processId, providerIds, now });
  const received = ready.filter(({ id }) => taken.has(id));
  await insertMessages(tx, { rows: received, contents, now });
  await settleDeliveries(tx, {
    settlements: received.map((row) => ({
      contactId: row.contact_id,
      id: row.id,
      state: 'accepted',
      status: 'delivered',
      reason: null,
      dueAt: null,
      attempts: row.attempts + 1,
      ref: null,
      answer: 'Kept in the outbox.',
      uncertain: false,
    })),
    processId,
    now,
  });
  await reportStatuses(tx, {
    reports: received.map((row) => ({
      workspaceId: row.workspace_id,
      contactId: row.contact_id,
      sendId: row.send_id,
      deliveryId: row.id,
      status: 'delivered',
    })),
    slots,
    now,
  });
}

/** What could not be written: it waits for what is to be fetched, for a better time, or ends. */
function putAside(
  rows: readonly WorkRow[],
  contents: Map<number, Rendered>,
  now: Date,
): { waiting: { rows: WorkRow[]; until: Date }; delays: Delay[]; stops: Stop[] } {
  const waiting = { rows: [] as WorkRow[], until: now };
  const delays: Delay[] = [];
  const stops: Stop[] = [];
  for (const row of rows) {
    const rendered = contents.get(row.id)!;
    if (rendered.ok) continue;
    const outcome = outcomeOfUnwritten(rendered, now);
    if (outcome.kind === 'waiting') {
      waiting.rows.push(row);
      waiting.until = outcome.until;
      continue;
    }
    const settled = settlementOf(row, outcome, { now, random: 0.5 });
    const reason = settled.reason ?? 'rendering';
    if (settled.dueAt) delays.push({ row, until: settled.dueAt, reason });
    else stops.push({ row, status: endOf(outcome), reason, details: settled.answer ?? '' });
  }
  return { waiting, delays, stops };
}

function endOf({ kind }: ReturnType<typeof outcomeOfUnwritten>): Stop['status'] {
  return kind === 'withdrawn' ? 'cancelled' : 'undelivered';
}

async function insertMessages(
  tx: Tx,
  { rows, contents, now }: { rows: readonly WorkRow[]; contents: Map<number, Rendered>; now: Date },
): Promise<void> {
  await copyRows(
    tx,
    'sandbox_messages',
    [
      ['contact_id', 'int8'],
      ['delivery_id', 'int8'],
      ['workspace_id', 'int8'],
      ['channel', 'text'],
      ['address', 'text'],
      ['content', 'jsonb'],
      ['raw', 'bytea'],
      ['received_at', 'timestamptz'],
    ],
    rows.map((row) => {
      const rendered = contents.get(row.id)!;
      const { content, mail } = rendered.ok ? rendered : { content: {}, mail: undefined };
      return [
        row.contact_id,
        row.id,
        row.workspace_id,
        row.channel,
        row.address,
        // PostgreSQL has no place for it in JSON.
        JSON.stringify(content).replaceAll('\\u0000', ''),
        mail && wholeMail(mail.raw),
        now.getTime(),
      ];
    }),
  );
}
