import { randomUUID } from 'node:crypto';
import type { Db } from '../db/index.ts';
import type { Repetition } from './idempotency.ts';
import { Problem } from './problem.ts';

export interface WaitForItem<Outcome> {
  repetition: Repetition;
  /**
   * Puts the item into the interactive lane under this ticket, in a transaction in which it calls
   * `keep`; resolves when both are durable.
   */
  append: (ticket: string, keep: (tx: Db) => Promise<void>) => Promise<void>;
  /** Resolves when the item was applied; undefined when it took too long. */
  wait: (ticket: string) => Promise<Outcome | undefined>;
}

/**
 * An interactive call: answers after its own item is applied, or with 503 while the item stays
 * where it is. A repeat with the same `Idempotency-Key` waits for the item that is there.
 */
export async function waitForItem<Outcome>({
  repetition,
  append,
  wait,
}: WaitForItem<Outcome>): Promise<Outcome> {
  const ticket = repetition.ticket ?? randomUUID();
  if (repetition.ticket === null) {
    await append(ticket, (tx) => repetition.keepTicket(tx, ticket));
  }
  const outcome = await wait(ticket);
  if (outcome !== undefined) return outcome;
  throw new Problem('not_yet_applied', {
    retryAfter: 2,
    detail:
      'Your call is kept and will be applied. Repeat it with the same Idempotency-Key to wait for it.',
  });
}
