import { performance } from 'node:perf_hooks';
import type { HttpPort } from '@perennial/channels/providers';
import type { WebhookRequest } from './formats/format.ts';
import type { BasicAuth } from './secrets.ts';

const TIMEOUT_MS = 10_000;
/** Characters of an answer that are kept to look at. */
const MOST_ANSWER = 2_000;

export interface RequestOutcome {
  delivered: boolean;
  status: number | null;
  problem: string | null;
  answer: string | null;
  tookMs: number;
}

/** Makes one request; whatever comes of it is an outcome. */
export async function makeRequest(
  http: HttpPort,
  {
    url,
    request,
    basicAuth,
  }: { url: string; request: WebhookRequest; basicAuth?: BasicAuth | undefined },
): Promise<RequestOutcome> {
  const begun = performance.now();
  const outcome = await http.send({
    method: request.method,
    url,
    headers: { 'user-agent': 'Perennial', ...request.headers, ...authorization(basicAuth) },
    ...(request.body !== undefined && { body: request.body }),
    timeoutMs: TIMEOUT_MS,
  });
  const tookMs = Math.round(performance.now() - begun);
  if (outcome.kind !== 'answered')
    return { delivered: false, status: null, problem: outcome.problem, answer: null, tookMs };
  const { status, body } = outcome.answer;
  const delivered = status >= 200 && status < 300;
  return {
    delivered,
    status,
    problem: delivered ? null : `The answer was ${status}.`,
    // PostgreSQL holds no NUL.
    answer:
      body === '' ? null : body.slice(0, MOST_ANSWER).replaceAll('\0', '\ufffd').toWellFormed(),
    tookMs,
  };
}

export function authorization(basic: BasicAuth | undefined): Record<string, string> {
  if (!basic) return {};
  const pair = Buffer.from(`${basic.login}:${basic.password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}
