import { setTimeout as sleep } from 'node:timers/promises';
import type { Item } from './make-item.ts';
import { PerennialError } from './perennial-error.ts';

export interface Destination {
  writeKey: string;
  /** Of the batch call. */
  url: string;
  /** Context of all calls, as JSON. */
  context: string | undefined;
}

/** Tries of a batch; with the pauses between them about four minutes. */
const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
const ANSWER_WITHIN_MS = 15_000;

/** What a try came to. */
type Outcome =
  | { kind: 'taken'; errors: PerennialError[] }
  | { kind: 'again'; after: number | undefined; cause: PerennialError }
  | { kind: 'refused'; error: PerennialError };

/**
 * Delivers a batch, trying again while the server cannot be reached or is busy; the server knows
 * a repeat by its `messageId`. Answers what was wrong with which calls.
 */
export async function deliver(
  to: Destination,
  batch: readonly Item[],
  { signal }: { signal: AbortSignal },
): Promise<PerennialError[]> {
  let last: PerennialError | undefined;
  for (let tries = 1; tries <= MOST_TRIES && !signal.aborted; tries += 1) {
    const outcome = await attempt(to, batch, signal);
    if (outcome.kind === 'taken') return outcome.errors;
    if (outcome.kind === 'refused') return [outcome.error];
    last = outcome.cause;
    if (tries < MOST_TRIES) await pause(outcome.after ?? backOff(tries), signal);
  }
  const why = signal.aborted ? 'the client was closed' : `tried ${MOST_TRIES} times`;
  return [
    new PerennialError(
      'not_delivered',
      `${batch.length} calls were not delivered (${why}): ${last?.message ?? 'no time was left'}`,
      { items: read(batch), cause: last },
    ),
  ];
}

async function attempt(
  { url, writeKey, context }: Destination,
  batch: readonly Item[],
  signal: AbortSignal,
): Promise<Outcome> {
  const shared = context === undefined ? '' : `"context":${context},`;
  const sentAt = JSON.stringify(new Date());
  const body = `{"sentAt":${sentAt},${shared}"batch":[${batch.map(({ json }) => json).join(',')}]}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    return judge(response, await response.text(), batch);
  } catch (cause) {
    return again(undefined, `${url} cannot be reached: ${reasonOf(cause)}`, cause);
  }
}

function judge(response: Response, text: string, batch: readonly Item[]): Outcome {
  const { status } = response;
  if (status === 408 || status === 429 || status >= 500) {
    return again(retryAfter(response), `The server answered ${status}.`);
  }
  const answer = parse(text);
  const told = answer?.errors ?? [];
  if (status === 200 || (status === 400 && told.length > 0 && answer?.accepted !== undefined)) {
    return { kind: 'taken', errors: rejections(told, batch) };
  }
  const code = status === 401 || status === 403 ? 'unauthorized' : 'rejected';
  const message = answer?.message ?? `The server answered ${status}.`;
  return { kind: 'refused', error: new PerennialError(code, message, { items: read(batch) }) };
}

interface Answer {
  success?: boolean;
  accepted?: number;
  message?: string;
  errors?: { index: number; path: string; message: string }[];
}

/** Something between here and the server may answer with a page of its own. */
function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function rejections(told: NonNullable<Answer['errors']>, batch: readonly Item[]): PerennialError[] {
  return told.map(({ index, path, message }) => {
    const item = batch[index];
    return new PerennialError('rejected', path === '' ? message : `${path} ${message}`, {
      items: item ? read([item]) : [],
    });
  });
}

function again(after: number | undefined, message: string, cause?: unknown): Outcome {
  return { kind: 'again', after, cause: new PerennialError('not_delivered', message, { cause }) };
}

/** Milliseconds until the server wants to be asked again: seconds, or a date. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 2 * LONGEST_PAUSE_MS);
}

/** Doubles from try to try; the random part keeps many processes from coming back at once. */
function backOff(tries: number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return longest / 2 + Math.random() * (longest / 2);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}

/** fetch says "fetch failed", and only its cause says why. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}

function read(batch: readonly Item[]): object[] {
  return batch.map(({ json }) => JSON.parse(json) as object);
}
