import type { HttpPort } from '@perennial/channels/providers';
import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { readToldFacts, type ToldFact } from '../reports/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { countHour, endTurn, insertAttempts, type Attempt } from './attempt-queries.ts';
import type { Telling, WebhookFormat, WebhookFormats } from './formats/format.ts';
import { webhookKind } from './kinds.ts';
import { makeRequest } from './make-request.ts';
import { deleteWaiting, firstWaiting, leaseWebhook, type Waiting } from './outbox-queries.ts';
import { findWebhook, type WebhookRow } from './queries.ts';
import { openSecrets, type WebhookSecrets } from './secrets.ts';

export interface DeliverParts {
  pool: Pool;
  http: HttpPort;
  box: SecretBox;
  formats: WebhookFormats;
  processId: number;
  clock: () => Date;
}

/** Facts that a turn looks at: few enough that what was told is soon noted. */
const A_TURN = 500;
/** No request begins later than this in a turn, so that the lease outlives the last one. */
const TURN_MS = 60_000;
const LEASE_MS = 120_000;
/** A webhook whose address does not answer for so long is paused. */
export const GIVE_UP_MS = 3 * 86_400_000;
/** The receiver says that nobody will ever listen here again (RFC 9110 §15.5.11). */
const GONE = 410;

interface Turn {
  webhook: WebhookRow;
  format: WebhookFormat;
  secrets: WebhookSecrets;
  endsAt: number;
  attempts: Attempt[];
  /** By outbox ID: told, or not there any more. */
  done: number[];
  failure?: Attempt;
}

/**
 * Tells one webhook of the first facts that wait for it. What was told is noted in one transaction
 * afterwards: who is killed between tells it again, under the same IDs. False if there was nothing to do.
 */
export async function deliverTurn(parts: DeliverParts, id: number): Promise<boolean> {
  const { pool, box, formats, processId } = parts;
  const now = parts.clock();
  const until = new Date(now.getTime() + LEASE_MS);
  const webhook = await leaseWebhook(pool, { id, processId, now, until });
  if (!webhook) return false;
  const turn: Turn = {
    webhook,
    format: formats[webhook.format],
    secrets: openSecrets(box, webhook.secrets),
    endsAt: now.getTime() + TURN_MS,
    attempts: [],
    done: [],
  };
  const waiting = await firstWaiting(pool, { webhookId: id, limit: A_TURN });
  const told = await readTold(parts, turn, waiting);
  await tellAll(parts, turn, { waiting, told });
  await inTransaction(pool, (tx) => settle(tx, turn, { processId, now: parts.clock() }), {
    retries: 3,
  });
  return waiting.length > 0;
}

/** By outbox ID. What was erased or deleted is not there, and needs no telling. */
async function readTold(
  { pool }: DeliverParts,
  { webhook }: Turn,
  waiting: readonly Waiting[],
): Promise<Map<number, ToldFact>> {
  const facts = await readToldFacts(pool, {
    workspaceId: webhook.workspace_id,
    keys: waiting.map(({ outboxId: _, ...key }) => key),
  });
  const byId = new Map(facts.map((told) => [told.fact.id, told]));
  return new Map(
    waiting.flatMap(({ outboxId, id }) => {
      const told = byId.get(id);
      return told ? [[outboxId, told] as const] : [];
    }),
  );
}

/** Of each contact one request after the other; of several contacts some at once. */
async function tellAll(
  parts: DeliverParts,
  turn: Turn,
  { waiting, told }: { waiting: readonly Waiting[]; told: ReadonlyMap<number, ToldFact> },
): Promise<void> {
  const { format, done } = turn;
  done.push(...waiting.filter(({ outboxId }) => !told.has(outboxId)).map((one) => one.outboxId));
  const present = waiting.filter(({ outboxId }) => told.has(outboxId));
  const lines =
    format.atOnce === 1
      ? [present]
      : [...Map.groupBy(present, ({ contactId }) => contactId).values()];
  const next = lines.values();
  await Promise.all(
    Array.from({ length: Math.min(format.atOnce, lines.length) }, async () => {
      for (const line of next) await tellLine(parts, turn, { line, told });
    }),
  );
}

/** Stops at the first request that is not taken, whoever's it is: order before speed. */
async function tellLine(
  parts: DeliverParts,
  turn: Turn,
  { line, told }: { line: readonly Waiting[]; told: ReadonlyMap<number, ToldFact> },
): Promise<void> {
  const { format, webhook } = turn;
  for (let from = 0; from < line.length; from += format.most) {
    if (turn.failure || parts.clock().getTime() >= turn.endsAt) return;
    const part = line.slice(from, from + format.most);
    const tellings = part.map(({ outboxId }): Telling => ({
      id: outboxId,
      told: told.get(outboxId)!,
    }));
    const at = parts.clock();
    const request = format.write(tellings, { secrets: turn.secrets, now: at });
    if (request) {
      const outcome = await makeRequest(parts.http, {
        url: webhook.url,
        request,
        basicAuth: turn.secrets.basic_auth,
      });
      const attempt: Attempt = {
        ...outcome,
        at,
        kind: webhookKind(tellings[0]!.told.fact.type) ?? null,
        try: webhook.failures + 1,
        waiting: part,
        test: false,
      };
      turn.attempts.push(attempt);
      if (!outcome.delivered) {
        turn.failure ??= attempt;
        return;
      }
    }
    turn.done.push(...part.map(({ outboxId }) => outboxId));
  }
}

async function settle(
  tx: Tx,
  turn: Turn,
  { processId, now }: { processId: number; now: Date },
): Promise<void> {
  const { webhook, attempts, failure, done } = turn;
  const { id: webhookId, workspace_id: workspaceId } = webhook;
  // It may have been deleted while it was told.
  if (!(await findWebhook(tx, { workspaceId, id: webhookId, lock: true }))) return;
  await deleteWaiting(tx, { webhookId, ids: done });
  await insertAttempts(tx, { workspaceId, webhookId, attempts });
  const failed = attempts.filter(({ delivered }) => !delivered).length;
  if (attempts.length > 0) await countHour(tx, { webhookId, delivered: done.length, failed, now });
  const end = endOf(turn, now);
  const ended = await endTurn(tx, { id: webhookId, processId, ...end });
  if (ended && end.state === 'failing') await tellOwner(tx, webhook, { failure, now });
}

function endOf({ webhook, failure, format }: Turn, now: Date) {
  if (!failure)
    return {
      failures: 0,
      failingSince: null,
      problem: null,
      nextAt: null,
      state: 'active' as const,
    };
  const failures = webhook.failures + 1;
  const failingSince = webhook.failing_since ?? now;
  const givesUp = failure.status === GONE || now.getTime() - failingSince.getTime() >= GIVE_UP_MS;
  return {
    failures,
    failingSince,
    problem: failure.problem,
    nextAt: givesUp ? null : new Date(now.getTime() + format.retryMs(failures)),
    state: givesUp ? ('failing' as const) : ('active' as const),
  };
}

/** In the audit, beside what people did; the pages show it where they look for problems. */
async function tellOwner(
  tx: Tx,
  { id, workspace_id: workspaceId, name }: WebhookRow,
  { failure, now }: { failure: Attempt | undefined; now: Date },
): Promise<void> {
  await writeAudit(tx, {
    by: { workspaceId, actor: { kind: 'system', id: null, name: 'Perennial' }, at: now },
    action: 'webhook.give_up',
    object: { kind: 'webhook', id },
    after: { name, state: 'failing', problem: failure?.problem ?? null },
  });
}
