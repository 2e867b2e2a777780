import { isIP } from 'node:net';
import type { HttpAnswer, HttpCall, HttpOutcome, HttpPort } from '@perennial/channels/providers';
import { Agent, type Dispatcher } from 'undici';
import { createAddressRules } from './allowed-address.ts';
import { createGuardedLookup, EgressForbidden, forbidden } from './guarded-lookup.ts';

export interface EgressOptions {
  /** Addresses and ranges that are open though they are not public. */
  allow: readonly string[];
  /** What is read of an answer, in bytes. */
  answerBytes?: number;
  resolve?: NonNullable<Parameters<typeof createGuardedLookup>[1]>['resolve'];
}

export interface Egress extends HttpPort {
  /** The operator opened this host: an IP address, or `localhost`. */
  names(host: string): boolean;
  close(): Promise<void>;
}

const ANSWER_BYTES = 256 * 1_024;
const CONNECT_MS = 10_000;

/**
 * The only way out for requests whose target somebody configures. Addresses are checked and then
 * pinned; redirects are answers; nothing takes longer than the call says, nor is more of an answer
 * read than `answerBytes`.
 */
export function createEgress({
  allow,
  answerBytes = ANSWER_BYTES,
  resolve,
}: EgressOptions): Egress {
  const rules = createAddressRules(allow);
  const lookup = createGuardedLookup(rules, resolve ? { resolve } : {});
  const agent = new Agent({ connect: { lookup, timeout: CONNECT_MS } });

  /** An address as host is connected to without a look-up. */
  function closedHost({ hostname }: URL): EgressForbidden | undefined {
    const host = hostname.replace(/^\[|\]$/g, '');
    return isIP(host) !== 0 && !rules.allows(host) ? forbidden(host, host) : undefined;
  }

  return {
    names(host) {
      return host === 'localhost' ? rules.names('127.0.0.1') : rules.names(host);
    },
    async send(call) {
      const url = new URL(call.url);
      const closed = closedHost(url);
      if (closed) return { kind: 'forbidden', problem: closed.message };
      return dispatch(agent, { call, url, answerBytes: call.mostBytes ?? answerBytes });
    },
    close: () => agent.close(),
  };
}

function dispatch(
  agent: Agent,
  { call, url, answerBytes }: { call: HttpCall; url: URL; answerBytes: number },
): Promise<HttpOutcome> {
  return new Promise((settle) => {
    const reading = createReading({ call, answerBytes, settle });
    agent.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: call.method,
        headers: call.headers,
        body: call.body ?? null,
        // One timer serves for all of it.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      reading,
    );
  });
}

/** Follows one request to its end. */
function createReading({
  call,
  answerBytes,
  settle,
}: {
  call: HttpCall;
  answerBytes: number;
  settle: (outcome: HttpOutcome) => void;
}): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let head: Pick<HttpAnswer, 'status' | 'headers'> | undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(
    () => end(new Error(`No answer within ${call.timeoutMs} ms.`)),
    call.timeoutMs,
  );

  function end(error?: Error & { code?: string }, cut = false): void {
    clearTimeout(timer);
    settle(outcome(error, cut));
    // What is not wanted any more is not read either.
    if (error || cut) controller?.abort(error ?? new Error('Enough was read.'));
  }

  function outcome(error: (Error & { code?: string }) | undefined, cut: boolean): HttpOutcome {
    if (!error && head) {
      const read = Buffer.concat(chunks).subarray(0, answerBytes);
      const said =
        call.mostBytes === undefined ? { body: read.toString('utf8') } : { body: '', bytes: read };
      return { kind: 'answered', answer: { ...head, ...said, cut } };
    }
    const problem = describe(error);
    if (isForbidden(error)) return { kind: 'forbidden', problem };
    return { kind: controller ? 'lost' : 'unreached', problem };
  }

  return {
    onRequestStart(given) {
      controller = given;
    },
    onResponseStart(_, status, headers) {
      // 1xx are announcements; the answer follows.
      if (status >= 200) head = { status, headers: plainHeaders(headers) };
    },
    onResponseData(_, chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > answerBytes) end(undefined, true);
    },
    onResponseEnd() {
      end();
    },
    onResponseError(_, error) {
      end(error);
    },
  };
}

function plainHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  );
}

function isForbidden(error: Error | undefined): boolean {
  return error instanceof EgressForbidden || error?.cause instanceof EgressForbidden;
}

/** Several addresses that were all tried make an error without words of its own. */
function describe(error: Error | undefined): string {
  if (!error) return 'The connection was closed.';
  const first =
    error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  return error.message || first?.message || error.name;
}
