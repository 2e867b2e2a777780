import type { Json } from '@perennial/conditions';
import { awaitedActStep, type Planned } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import { readParameter, readParameters } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { CallRequest, StepContext, StepRun, Visit } from '../step.ts';
import { originOf, secretOf, WEBHOOK_LIMITS, type webhookBlock } from './block.ts';

type Settings = SettingsOf<typeof webhookBlock>;

/**
 * The request is fixed with the step and made after its commit, again and again until it is answered
 * or given up. What came of it is kept as `$run.BLOCK`.
 */
export const webhookStep = awaitedActStep<Settings>({
  actOf: planOf,
  exitOf: () => 'ok',
  seen: ({ status, tries, took_ms: tookMs }) => ({
    status: status ?? null,
    tries: tries ?? null,
    took_ms: tookMs ?? null,
  }),
});

function planOf({ run, settings }: Visit<Settings>, context: StepContext): Planned {
  const request = requestOf(settings, run, context);
  return typeof request === 'string' ? { problem: request } : { act: { act: 'call', request } };
}

/** The request that a run makes, or what is wrong with it. */
export function requestOf(
  settings: Settings,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): CallRequest | string {
  const url = addressOf(settings.url);
  if (url === undefined) return `/url: ${JSON.stringify(settings.url.slice(0, 200))} is no address`;
  const headers: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [name, source] of Object.entries(settings.headers ?? {})) {
    const secret = secretOf(source);
    if (secret !== undefined) {
      secrets[name.toLowerCase()] = secret;
      continue;
    }
    const value = headerText(readParameter(source, run, context));
    if (value === undefined) {
      const found = readParameter(source, run, context);
      return `/headers/${name}: ${unreadable('the value of a header', source, found)}`;
    }
    headers[name.toLowerCase()] = value;
  }
  const body = bodyOf(settings.body, run, context);
  if (body !== undefined && body.text.length > WEBHOOK_LIMITS.body) {
    return `/body: has more than ${WEBHOOK_LIMITS.body} characters`;
  }
  const signing = secretOf(settings.secret);
  return {
    method: settings.method,
    url,
    headers: { ...(body && { 'content-type': body.type }), ...headers },
    secrets,
    ...(body && { body: body.text }),
    ...(signing !== undefined && { signing }),
    timeoutMs: settings.timeout * 1_000,
    retries: settings.retries,
  };
}

/** Nothing that Liquid wrote leads to another host: the parser of addresses has the last word. */
function addressOf(text: string): string | undefined {
  const origin = originOf(text);
  if (origin === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.origin !== origin || url.href.length > WEBHOOK_LIMITS.url) return undefined;
  url.hash = '';
  return url.href;
}

/** What HTTP can carry in one line; undefined if it cannot. */
function headerText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text.length <= WEBHOOK_LIMITS.header
    ? text
    : undefined;
}

function bodyOf(
  body: unknown,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): { text: string; type: string } | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return { text: body, type: typeOf(body) };
  return {
    text: JSON.stringify(readParameters(body, run, context)),
    type: 'application/json',
  };
}

/** As which text is sent, unless a header says so. */
function typeOf(text: string): string {
  return /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain; charset=utf-8';
}
