import { createHash } from 'node:crypto';
import type { Db } from '../db/index.ts';
import { Problem } from './problem.ts';
import {
  claimKey,
  findKey,
  keepAnswer,
  keepTicket,
  releaseKey,
  type KeyRow,
} from './idempotency-queries.ts';
import { toProblem } from './to-problem.ts';

/** What a call answered, ready to be sent again. */
export interface Answer {
  status: number;
  body: unknown;
}

/**
 * What a handler that waits for its inbox item needs to know about a repeated call; see
 * `waitForItem`.
 */
export interface Repetition {
  /** Of the item that an earlier try of this very call appended. */
  ticket: string | null;
  /** In the transaction that appends the item: a crash must not part the two. */
  keepTicket(tx: Db, ticket: string): Promise<void>;
}

export const noRepetition: Repetition = { ticket: null, keepTicket: async () => {} };

export interface KeyedCall {
  workspaceId: number;
  key: string;
  /** Of everything that makes two calls the same. */
  hash: Buffer;
  now: Date;
  /** In `processes`, of the program that carries it out. */
  processId: number | undefined;
  /** The answer holds what must not be stored; a repeat learns only that it was done. */
  secret: boolean;
}

/** A process that did not beat for so long is dead, and a repeat acts in its place. */
const DEAD_AFTER_MS = 10_000;

/** Where nobody knows the process, a key is in flight for so long. */
const ABANDONED_AFTER_MS = 2 * 60_000;

/**
 * Carries out `act` once for each key (IETF draft-ietf-httpapi-idempotency-key-header): the same
 * call again gets the same answer, another call 422, and a repeat that overtakes the first 409 –
 * unless the first waits for an inbox item: then the repeat waits for the same item.
 */
export async function answerOnce(
  db: Db,
  call: KeyedCall,
  act: (repetition: Repetition) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  const ago = (ms: number): Date => new Date(call.now.getTime() - ms);
  const limits = { abandonedBefore: ago(ABANDONED_AFTER_MS), deadBefore: ago(DEAD_AFTER_MS) };
  if (await claimKey(db, { ...call, ...limits })) return carryOut(db, call, null, act);
  const known = await findKey(db, call);
  // Released between the two statements: its first try failed.
  if (!known) throw inFlight();
  if (!known.request_hash.equals(call.hash)) throw new Problem('idempotency_key_reused');
  if (known.status !== null) return { ...answerOf(known), replayed: true };
  if (known.ticket !== null) return carryOut(db, call, known.ticket, act);
  throw inFlight();
}

async function carryOut(
  db: Db,
  call: KeyedCall,
  ticket: string | null,
  act: (repetition: Repetition) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  const repetition: Repetition = {
    ticket,
    async keepTicket(tx, fresh) {
      // Appended nevertheless, the item would be applied twice.
      if (!(await keepTicket(tx, { ...call, ticket: fresh }))) throw new Problem('unavailable');
    },
  };
  try {
    const answer = await act(repetition);
    await keepAnswer(db, {
      ...call,
      status: answer.status,
      answer: call.secret ? null : answer.body,
    });
    return { ...answer, replayed: false };
  } catch (error) {
    await settleFailure(db, call, error);
    throw error;
  }
}

/** A refusal is an answer like any other; what may go better next time frees the key. */
async function settleFailure(db: Db, call: KeyedCall, error: unknown): Promise<void> {
  const problem = toProblem(error);
  if (problem.status < 500 && problem.status !== 429) {
    await keepAnswer(db, { ...call, status: problem.status, answer: problem.body() });
  } else {
    await releaseKey(db, call);
  }
}

function answerOf(row: KeyRow): Answer {
  if (row.status === null) throw inFlight();
  if (row.answer === null && row.status < 300 && row.status !== 204) {
    throw new Problem('answer_not_kept');
  }
  return { status: row.status, body: row.answer };
}

function inFlight(): Problem {
  return new Problem('request_in_flight', { retryAfter: 1 });
}

/** The header's value: a structured-field string, or what clients send without its quotes. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = (Array.isArray(header) ? header.join(',') : header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem('invalid_request', {
    detail: 'Idempotency-Key takes 1 to 255 visible ASCII characters.',
  });
}

export function hashCall(parts: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
