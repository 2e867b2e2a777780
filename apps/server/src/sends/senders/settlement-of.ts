import { findChannel } from '@perennial/channels';
import type { FlowOutcome } from './flow.ts';
import { retryDelay } from './retry-delay.ts';
import type { Settlement, WorkRow } from './work-queries.ts';

/** How often a transactional message of which nobody knows is sent again, with its Message-ID. */
const MOST_REPEATS = 3;
const REPEAT_AFTER_MS = 60_000;

type Delivery = Pick<
  WorkRow,
  'contact_id' | 'id' | 'channel' | 'attempts' | 'created_at' | 'transactional'
>;

/** What an outcome means for the delivery. `attempts` of the row: tries before this one. */
export function settlementOf(
  row: Delivery,
  outcome: FlowOutcome,
  { now, random }: { now: Date; random: number },
): Settlement {
  const base: Settlement = {
    contactId: row.contact_id,
    id: row.id,
    state: 'planned',
    status: null,
    reason: null,
    dueAt: null,
    attempts: row.attempts + 1,
    ref: null,
    answer: 'answer' in outcome ? (outcome.answer?.slice(0, 2_000) ?? null) : null,
    uncertain: false,
  };
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...base,
        state: 'accepted',
        status: outcome.delivered ? 'delivered' : 'sent',
        ref: outcome.ref ?? null,
      };
    case 'rejected':
      return { ...base, state: 'failed', status: 'undelivered', reason: outcome.reason };
    case 'deferred': {
      const providerTrouble = outcome.providerTrouble ?? false;
      if (now.getTime() - row.created_at.getTime() > retryFor(row)) {
        return {
          ...base,
          state: 'failed',
          status: 'undelivered',
          reason: `gave up: ${outcome.reason}`,
        };
      }
      const delay = retryDelay({ attempts: base.attempts, providerTrouble, random });
      return {
        ...base,
        reason: outcome.reason,
        // The provider is left alone by its flow; another one may take the message at once.
        dueAt: outcome.pause ? now : (outcome.until ?? after(delay)),
        // Nor is the message to blame for the speed of all of them.
        attempts: providerTrouble || outcome.domainBusy ? row.attempts : base.attempts,
      };
    }
    case 'uncertain':
      return row.transactional && base.attempts < MOST_REPEATS
        ? { ...base, reason: outcome.reason, uncertain: true, dueAt: after(REPEAT_AFTER_MS) }
        : {
            ...base,
            state: 'uncertain',
            status: 'uncertain',
            reason: outcome.reason,
            uncertain: true,
          };
    case 'returned':
      return { ...base, dueAt: now, attempts: row.attempts };
    case 'waiting':
      return { ...base, dueAt: outcome.until, reason: outcome.reason, attempts: row.attempts };
    case 'withdrawn':
      return { ...base, state: 'cancelled', status: 'cancelled', reason: outcome.reason };
  }
}

function retryFor({ channel }: Delivery): number {
  return findChannel(channel)?.retryForMs ?? 0;
}
