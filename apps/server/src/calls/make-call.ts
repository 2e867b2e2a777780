import { performance } from 'node:perf_hooks';
import type { CallRequest } from '@perennial/blocks/steps';
import type { HttpCall, HttpOutcome } from '@perennial/channels/providers';
import { Webhook } from 'standardwebhooks';
import type { Egress } from '../egress/index.ts';
import { ANSWER_BYTES, readAnswer, type Answer } from './read-answer.ts';

/** What came of one try. */
export interface CallOutcome {
  ok: boolean;
  status: number | null;
  /** In words for whoever drew the block; null if it is ok. */
  problem: string | null;
  answer: Answer | null;
  tookMs: number;
  /** It may go better another time; with `retryAfter`, milliseconds that the host asked for. */
  again: boolean;
  retryAfter?: number;
  /** The host, not the question, is in trouble. */
  hostTrouble: boolean;
}

/** Texts of the secrets that a request names, by number. */
export type Secrets = ReadonlyMap<string, string>;

/** The headers that are sent: what the block says, its secrets, and the signature. */
export function headersOf(
  request: CallRequest,
  { id, secrets, now }: { id: string; secrets: Secrets; now: Date },
): Record<string, string> {
  const hidden = Object.entries(request.secrets).map(([name, number]) => [
    name,
    textOf(secrets, number),
  ]);
  // Whole seconds, as the header has them.
  const at = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  return {
    'user-agent': 'Perennial',
    accept: 'application/json, text/*;q=0.9, */*;q=0.5',
    ...request.headers,
    ...Object.fromEntries(hidden),
    'webhook-id': id,
    'webhook-timestamp': String(at.getTime() / 1_000),
    ...(request.signing !== undefined && {
      'webhook-signature': signerOf(textOf(secrets, request.signing)).sign(
        id,
        at,
        request.body ?? '',
      ),
    }),
  };
}

function textOf(secrets: Secrets, number: string): string {
  const text = secrets.get(number);
  if (text === undefined) throw new Error(`The secret ${number} of a webhook is not there.`);
  return text;
}

/** A secret of the specification is base64 behind its prefix; any other text is taken as it stands. */
function signerOf(secret: string): Webhook {
  return secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });
}

/** Makes the request once; whatever comes of it is an outcome. */
export async function makeCall(
  egress: Egress,
  request: CallRequest,
  sent: { id: string; secrets: Secrets; now: Date },
): Promise<CallOutcome> {
  const plain = plainProblem(egress, request.url);
  if (plain !== undefined) return refusal(plain, 0);
  const begun = performance.now();
  const outcome = await egress.send({
    method: request.method as HttpCall['method'],
    url: request.url,
    headers: headersOf(request, sent),
    ...(request.body !== undefined && { body: request.body }),
    timeoutMs: request.timeoutMs,
  });
  const tookMs = Math.round(performance.now() - begun);
  return outcomeOf(outcome, { host: new URL(request.url).host, tookMs, now: sent.now });
}

/** What is said in the clear is read by everybody on the way, except where the operator opened the host. */
function plainProblem(egress: Egress, address: string): string | undefined {
  const { protocol, hostname, host } = new URL(address);
  if (protocol === 'https:' || egress.names(hostname.replace(/^\[|\]$/g, ''))) return undefined;
  return `${host} is called over https:// only. The operator can open it in PERENNIAL_ALLOW_EGRESS.`;
}

function refusal(problem: string, tookMs: number): CallOutcome {
  const nothing = { status: null, answer: null, again: false, hostTrouble: false };
  return { ok: false, problem, tookMs, ...nothing };
}

/** Statuses by which a server says that it is in trouble, not that the question was wrong. */
const TROUBLES = [408, 425, 429];

function outcomeOf(
  outcome: HttpOutcome,
  { host, tookMs, now }: { host: string; tookMs: number; now: Date },
): CallOutcome {
  if (outcome.kind === 'forbidden') return refusal(outcome.problem, tookMs);
  if (outcome.kind !== 'answered') {
    const problem = `${host}: ${outcome.problem}`;
    return { ...refusal(problem, tookMs), again: true, hostTrouble: true };
  }
  const { status, headers, body, cut } = outcome.answer;
  const ok = status >= 200 && status < 300 && !cut;
  const inTrouble = status >= 500 || TROUBLES.includes(status);
  const retryAfter = inTrouble ? readRetryAfter(headers['retry-after'], now) : undefined;
  return {
    ok,
    status,
    problem: ok ? null : problemOf(host, status, cut),
    answer: cut ? null : readAnswer({ headers, body }),
    tookMs,
    again: inTrouble,
    hostTrouble: inTrouble,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function problemOf(host: string, status: number, cut: boolean): string {
  if (cut) return `${host} answered with more than ${ANSWER_BYTES / 1_000_000} MB.`;
  const more = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
  return `${host} answered ${status}.${more}`;
}

/** RFC 9110 §10.2.3: seconds, or an instant. */
function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now.getTime());
}
