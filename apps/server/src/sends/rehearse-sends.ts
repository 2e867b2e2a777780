import { findChannel } from '@perennial/channels';
import type { Tx } from '../db/index.ts';
import { judgeAll, write } from './decide-sends.ts';
import type { SendDecision, SendRequest } from './decision.ts';
import type { Verdict } from './gates/ask-gates.ts';
import type { Judged } from './judge-requests.ts';

/** Where messages that are tried out go, by kind of address; the others go to the sandbox. */
export type TestAddresses = { email?: string | undefined; phone?: string | undefined };

/** What would be decided in earnest, and what was sent of it as a test. */
type Rehearsed = Omit<SendDecision, 'sendId'> & {
  sendId: number | null;
  /** Its first delivery, to be looked up in the outbox. */
  deliveryId: number | null;
  /** The test address; null: the sandbox. */
  to: string | null;
};

/**
 * Asks the gates as if the sends were in earnest, at `clock`, and makes those that would leave as
 * tests now: into the sandbox, or to a test address. What would wait or be refused writes nothing.
 */
export async function rehearseSends(
  tx: Tx,
  {
    requests,
    addresses,
    clock,
    now,
  }: { requests: readonly SendRequest[]; addresses: TestAddresses; clock: Date; now: Date },
): Promise<Rehearsed[]> {
  if (requests.length === 0) return [];
  const earnest = requests.map((request) => ({ ...request, test: false, heldSendId: undefined }));
  const { judged, verdicts } = await judgeAll(tx, { requests: earnest, now: clock });
  const leaving = judged.flatMap((entry, i) => {
    const verdict = verdicts[i]!;
    return verdict.decision === 'sent' ? [asTest(entry, verdict, { addresses, now, i })] : [];
  });
  const made = await write(tx, {
    judged: leaving.map(({ judged: entry }) => entry),
    verdicts: leaving.map(({ verdict }) => verdict),
    now,
  });
  const deliveries = await firstDeliveries(tx, {
    requests,
    sendIds: made.map(({ sendId }) => sendId),
  });
  const byPlace = new Map(
    leaving.map(({ i, to }, n) => {
      const { sendId } = made[n]!;
      return [i, { sendId, deliveryId: deliveries.get(sendId) ?? null, to }];
    }),
  );
  return verdicts.map((verdict, i): Rehearsed => {
    const { decision, reasons } = verdict;
    return {
      ...(byPlace.get(i) ?? { sendId: null, deliveryId: null, to: null }),
      decision,
      reasons,
      ...('holdUntil' in verdict && { holdUntil: verdict.holdUntil }),
      ...('reason' in verdict && { reason: verdict.reason }),
    };
  });
}

type Sent = Extract<Verdict, { decision: 'sent' }>;

function asTest(
  judged: Judged,
  verdict: Sent,
  { addresses, now, i }: { addresses: TestAddresses; now: Date; i: number },
): { judged: Judged; verdict: Sent; to: string | null; i: number } {
  const { runId, ...request } = judged.request;
  const to = testAddressFor(judged.request.channel, addresses);
  const test: SendRequest = { ...request, test: true, at: now };
  // Whatever a run sends as a test stays in the sandbox: what goes out is nobody's run.
  if (to === null) {
    return { judged: { ...judged, request: { ...test, ...(runId && { runId }) } }, verdict, to, i };
  }
  const [first] = verdict.candidates;
  const candidates = first ? [{ ...first, address: to, app: null }] : [];
  return { judged: { ...judged, request: test }, verdict: { ...verdict, candidates }, to, i };
}

function testAddressFor(channel: string, { email, phone }: TestAddresses): string | null {
  const kind = findChannel(channel)?.address;
  if (kind === 'email') return email ?? null;
  return kind === 'phone' ? (phone ?? null) : null;
}

/** Index deliveries_pkey. */
async function firstDeliveries(
  tx: Tx,
  { requests, sendIds }: { requests: readonly SendRequest[]; sendIds: number[] },
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ send_id: number; id: number }>(
    `select send_id, min(id) as id from deliveries
      where contact_id = any($1) and send_id = any($2) group by send_id`,
    [[...new Set(requests.map(({ contactId }) => contactId))], sendIds],
  );
  return new Map(rows.map((row) => [row.send_id, row.id]));
}
