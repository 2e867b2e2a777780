import type { HttpOutcome, HttpPort } from '@perennial/channels/providers';
import { megabytes } from '../attachments/attach-files.ts';
import { inspectFile } from '../attachments/inspect-file.ts';
import { ATTACHMENT_LIMITS } from '../attachments/limits.ts';
import { createAnswerCache } from './answer-cache.ts';
import { callKey, type FetchAnswer, type FetchCall } from './fetch-call.ts';
import { createHostQueue, type HostQueue } from './host-queue.ts';
import type { OpenSecret, SecretSource } from './secrets/open-secrets.ts';
import { strikeOut } from './secrets/strike-out.ts';

/** Fetches what messages ask of other servers. */
export interface ContentFetcher {
  /**
   * What is known already, and fresh enough. What was fetched with a secret is known only as long as
   * that secret is there and the same.
   */
  peek(workspaceId: number, call: FetchCall): Promise<FetchAnswer | undefined>;
  /**
   * Waits for it; calls for the same thing at the same time are one. Undefined: too many wait for
   * that host already.
   */
  fetch(workspaceId: number, call: FetchCall): Promise<FetchAnswer | undefined>;
}

export interface FetcherOptions {
  http: HttpPort;
  clock: () => Date;
  /** Without it there are no secrets. */
  secrets?: SecretSource;
}

const MOST_HOSTS = 1_000;

type HostAnswer = FetchAnswer & { hostTrouble?: boolean };

export function createContentFetcher({ http, clock, secrets }: FetcherOptions): ContentFetcher {
  const cache = createAnswerCache({ clock });
  const underWay = new Map<string, Promise<FetchAnswer | undefined>>();
  const hosts = new Map<string, HostQueue>();

  function queueOf({ url }: FetchCall): HostQueue {
    const { host } = new URL(url);
    const known = hosts.get(host);
    if (known) return known;
    if (hosts.size >= MOST_HOSTS) forgetIdle();
    const queue = createHostQueue(host, { clock });
    hosts.set(host, queue);
    return queue;
  }

  function forgetIdle(): void {
    for (const [host, queue] of hosts) if (queue.idle()) hosts.delete(host);
  }

  async function openSecret(workspaceId: number, call: FetchCall): Promise<OpenSecret | undefined> {
    return call.secret === undefined ? undefined : secrets?.(workspaceId, call.secret);
  }

  async function peek(workspaceId: number, call: FetchCall): Promise<FetchAnswer | undefined> {
    const kept = cache.peek(workspaceId, call);
    if (!kept || call.secret === undefined) return kept?.answer;
    const now = await openSecret(workspaceId, call);
    if (now?.mark === kept.secret) return kept.answer;
    cache.forget(workspaceId, call);
    return undefined;
  }

  async function ask(workspaceId: number, call: FetchCall): Promise<FetchAnswer | undefined> {
    let mark: string | undefined;
    const answer = await queueOf(call).ask(async () => {
      const secret = await openSecret(workspaceId, call);
      mark = secret?.mark;
      return askWithSecret(call, secret);
    });
    if (answer) cache.keep(workspaceId, call, answer, mark);
    return answer;
  }

  async function askWithSecret(
    call: FetchCall,
    secret: OpenSecret | undefined,
  ): Promise<HostAnswer> {
    if (call.secret === undefined) return request(http, call);
    if (!secret) return { ok: false, reason: `There is no secret "${call.secret}".` };
    const { origin } = new URL(call.url);
    if (secret.origin !== origin) {
      const reason = `The secret "${call.secret}" was given for ${secret.origin}, not for ${origin}.`;
      return { ok: false, reason };
    }
    const value = secret.open();
    const answer = await request(http, call, { header: secret.header, value });
    return answer.ok ? { ...answer, body: strikeOut(answer.body, value) } : answer;
  }

  return {
    peek,
    async fetch(workspaceId, call) {
      const fresh = await peek(workspaceId, call);
      if (fresh) return fresh;
      const key = `${workspaceId} ${callKey(call)}`;
      const running = underWay.get(key);
      if (running) return running;
      const asking = ask(workspaceId, call).finally(() => underWay.delete(key));
      underWay.set(key, asking);
      return asking;
    },
  };
}

async function request(
  http: HttpPort,
  call: FetchCall,
  secret?: { header: string; value: string },
): Promise<HostAnswer> {
  const outcome = await http.send({
    method: 'GET',
    url: call.url,
    headers: {
      accept: ACCEPTED[call.format],
      'user-agent': 'Perennial',
      ...call.headers,
      // Last, and in lower case as the others: nothing that a message says takes its place.
      ...(secret && { [secret.header.toLowerCase()]: secret.value }),
    },
    ...(call.format === 'file' && { mostBytes: ATTACHMENT_LIMITS.bytes }),
    timeoutMs: call.timeoutMs,
  });
  return readOutcome(outcome, call);
}

const ACCEPTED: Record<FetchCall['format'], string> = {
  json: 'application/json',
  text: 'text/*, */*;q=0.5',
  file: '*/*',
};

/** Statuses by which a server says that it is in trouble, not that the question was wrong. */
const TROUBLES = [408, 425, 429];

async function readOutcome(outcome: HttpOutcome, { url, format }: FetchCall): Promise<HostAnswer> {
  const { host } = new URL(url);
  // The installation's own rule says nothing about the host's health.
  if (outcome.kind === 'forbidden') return { ok: false, reason: outcome.problem };
  if (outcome.kind !== 'answered') {
    return { ok: false, reason: `${host}: ${outcome.problem}`, hostTrouble: true };
  }
  const { status, body, bytes, cut } = outcome.answer;
  if (status < 200 || status > 299) {
    const hostTrouble = status >= 500 || TROUBLES.includes(status);
    const more = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
    return { ok: false, reason: `${host} answered ${status}.${more}`, hostTrouble };
  }
  if (bytes) {
    if (!cut) return { ok: true, body: '', file: await inspectFile(bytes) };
    return { ok: false, reason: `${url} is larger than ${megabytes()}.`, final: true };
  }
  if (cut) return { ok: false, reason: `${host} answered with more than 1 MB.` };
  if (format === 'json' && !isJson(body)) {
    return { ok: false, reason: `${host} answered with something that is not JSON.` };
  }
  return { ok: true, body };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
