import { randomUUID } from 'node:crypto';
import { writeAudit } from '../../audit/index.ts';
import { inTransaction } from '../../db/index.ts';
import { claimCall, closeCall, releaseCall } from '../../http/index.ts';
import { appendWithin, LANES, type InboxItem, type ItemOutcome } from '../../inbox/index.ts';
import type { RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';

export type Applied = Extract<ItemOutcome, { ok: true }>;
export type Refused = Extract<ItemOutcome, { ok: false }>;

export interface Submission {
  item: InboxItem;
  quietMs?: number;
  /** Written with the item. */
  audit?: { action: string; object: { kind: string; id: number } };
}

/** An identical call about a contact within this time after its answer is refused. */
export const REPEAT_MS = 60_000;

/**
 * Appends an item to the interactive lane and waits until it was applied. The same call that comes
 * meanwhile waits for the same item; within `quietMs` after the answer it is refused with 409.
 */
export async function submit(
  context: RestContext,
  { item, quietMs = 0, audit }: Submission,
): Promise<ItemOutcome> {
  const { db, parts, workspaceId, now } = context;
  const hash = context.callHash();
  const own = randomUUID();
  const claimed = await inTransaction(
    db,
    async (tx) => {
      const claim = await claimCall(tx, { workspaceId, hash, ticket: own, now, quietMs });
      if (claim.kind === 'first') {
        if (audit) await writeAudit(tx, { by: context.by, ...audit });
        const items = [{ ...item, ticket: own }];
        const lane = LANES.interactive;
        await appendWithin(tx, { workspaceId, lane, items, clock: parts.clock });
      }
      return claim;
    },
    { retries: 3 },
  );
  if (claimed.kind === 'answered') {
    throw new RestError(409, 'The same call was answered less than a minute ago.');
  }
  const ticket = claimed.kind === 'waiting' ? claimed.ticket : own;
  const outcome = await parts.results.wait(ticket);
  if (!outcome) {
    throw new RestError(
      503,
      'The call is kept and will be applied. Repeat it to wait for its result.',
      { 'retry-after': '2' },
    );
  }
  const call = { workspaceId, hash, ticket, now: parts.clock() };
  await (outcome.ok ? closeCall(db, call) : releaseCall(db, call));
  return outcome;
}

/** The same; what the pipeline refused becomes the answer. */
export async function submitOrThrow(context: RestContext, what: Submission): Promise<Applied> {
  const outcome = await submit(context, what);
  if (outcome.ok) return outcome;
  throw refusalOf(outcome);
}

function refusalOf(outcome: Refused): RestError {
  const { code, message } = outcome;
  if (code === 'contact_not_found') return new RestError(404, 'There is no such contact.');
  if (code === 'external_id_conflict') return new RestError(400, `externalCustomerId: ${message}`);
  if (code !== 'invalid_fields') return new RestError(400, message);
  const errors = outcome['errors'] as unknown as { path: string; message: string }[];
  return new RestError(400, errors.map(({ path, message: why }) => `${path}: ${why}`).join('\n'));
}
