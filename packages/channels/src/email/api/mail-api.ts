import { domainToASCII } from 'node:url';
import type { EmailParts } from '../compose/compose-email.ts';
import { oneLine } from '../compose/one-line.ts';
import type { Mailbox } from '../compose/mailbox.ts';
import type { HttpAnswer, HttpCall, HttpOutcome, HttpPort } from '../../http/http-port.ts';
import type { OpenProvider, OutgoingMessage, SendOutcome, Verified } from '../../provider.ts';
import { unanswered } from './answer-outcome.ts';
import { wordsOf } from './read-json.ts';

/** A call without what is the same for all calls of a provider. */
export type ApiCall = Omit<HttpCall, 'timeoutMs'>;

/** How one vendor is spoken to. */
export interface MailApi {
  call(message: OutgoingMessage): ApiCall | Promise<ApiCall>;
  outcome(answer: HttpAnswer): SendOutcome;
  batch?: {
    most: number;
    call(messages: readonly OutgoingMessage[]): ApiCall;
    /** Undefined: the answer is about the call as such, so each message is sent by itself. */
    outcomes(answer: HttpAnswer, messages: readonly OutgoingMessage[]): SendOutcome[] | undefined;
  };
  /** The vendor tells a repeated call by a key, so that one without an answer is made again. */
  repeatable?: boolean;
  check: {
    call(): ApiCall | Promise<ApiCall>;
    verdict(answer: HttpAnswer): Verified;
  };
}

export interface ApiParts {
  http: HttpPort;
  settings: { max_connections: number; rate_per_second?: number | undefined; timeout_ms: number };
}

const REPEATS = 2;
const REPEAT_AFTER_MS = 1_000;

/** A provider of e-mail behind an HTTP API, ready to send. */
export function openMailApi(api: MailApi, { http, settings }: ApiParts): OpenProvider {
  const { rate_per_second: ratePerSecond, timeout_ms: timeoutMs } = settings;

  /** Makes a call, and again as long as nobody knows what became of it and the vendor can tell. */
  async function ask(call: ApiCall): Promise<Asked> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await http.send({ ...call, timeoutMs });
      if (!api.repeatable || !isUnknown(outcome) || tries > REPEATS) {
        return { outcome, repeated: tries > 1 };
      }
      await pause();
    }
  }

  async function send(message: OutgoingMessage): Promise<SendOutcome> {
    const { outcome, repeated } = await ask(await api.call(message));
    const meaning = outcome.kind === 'answered' ? api.outcome(outcome.answer) : unanswered(outcome);
    return repeated ? afterRepeat(meaning) : meaning;
  }

  async function sendBatch(
    batch: NonNullable<MailApi['batch']>,
    messages: readonly OutgoingMessage[],
  ): Promise<SendOutcome[]> {
    if (messages.length === 1) return [await send(messages[0]!)];
    if (messages.some(hasFiles)) return eachAlone(messages);
    const { outcome, repeated } = await ask(batch.call(messages));
    if (outcome.kind !== 'answered') {
      const meaning = unanswered(outcome);
      return messages.map(() => (repeated ? afterRepeat(meaning) : meaning));
    }
    const outcomes = batch.outcomes(outcome.answer, messages);
    if (!outcomes) return eachAlone(messages);
    return repeated ? outcomes.map(afterRepeat) : outcomes;
  }

  async function eachAlone(messages: readonly OutgoingMessage[]): Promise<SendOutcome[]> {
    const outcomes: SendOutcome[] = [];
    for (const message of messages) outcomes.push(await send(message));
    return outcomes;
  }

  const { batch } = api;
  return {
    concurrency: settings.max_connections,
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    send,
    ...(batch && {
      batch: { most: batch.most, send: (messages) => sendBatch(batch, messages) },
    }),
    async verify() {
      const outcome = await http.send({ ...(await api.check.call()), timeoutMs });
      if (outcome.kind !== 'answered') return { ok: false, problem: outcome.problem };
      return api.check.verdict(outcome.answer);
    },
    async close() {},
  };
}

/** Vendors take no files in a batch, or too few bytes for several. */
function hasFiles({ parts }: OutgoingMessage): boolean {
  return (parts?.attachments?.length ?? 0) > 0;
}

interface Asked {
  outcome: HttpOutcome;
  /** An earlier try, with the same key, had no answer. */
  repeated: boolean;
}

/** A gateway that lost the provider says as little as no answer; 409: the first try is under way. */
function isUnknown(outcome: HttpOutcome): boolean {
  if (outcome.kind !== 'answered') return outcome.kind === 'lost';
  return [409, 502, 504].includes(outcome.answer.status);
}

/** That it may come again later says nothing of the first try, which may have been taken. */
function afterRepeat(outcome: SendOutcome): SendOutcome {
  if (outcome.kind !== 'deferred') return outcome;
  const { reason, answer } = outcome;
  return { kind: 'uncertain', reason, ...(answer !== undefined && { answer }) };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER_MS));
}

/** For vendors whose check has nothing to say when it succeeds. */
export function okWhen(answer: HttpAnswer, isOk: boolean, words?: string): Verified {
  return isOk ? { ok: true } : { ok: false, problem: wordsOf(answer, words) };
}

/** What a vendor makes a message of. It writes headers from it, so each stays one line. */
export function partsOf({ parts }: OutgoingMessage): EmailParts {
  if (!parts) throw new Error('The provider was given a message that is no e-mail.');
  const headers = Object.entries(parts.headers).map(([name, value]) => [name, oneLine(value)]);
  return {
    ...parts,
    from: plainMailbox(parts.from),
    to: plainMailbox(parts.to),
    ...(parts.replyTo && { replyTo: plainMailbox(parts.replyTo) }),
    subject: oneLine(parts.subject),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** Vendors know domains as DNS does (IDNA). */
function plainMailbox({ name, address }: Mailbox): Mailbox {
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1)) || address.slice(at + 1);
  return { name: oneLine(name), address: `${address.slice(0, at)}@${domain}` };
}

/** The address to speak to, without a slash at the end. */
export function baseUrl(settings: { base_url?: string | undefined }, usual: string): string {
  return (settings.base_url ?? usual).replace(/\/+$/, '');
}

/** `Name <address>`, with the name quoted where RFC 5322 asks for it; JSON carries the rest. */
export function formatMailbox({ name, address }: Mailbox): string {
  if (!name) return address;
  return /^[\p{L}\p{N} '_-]+$/u.test(name)
    ? `${name} <${address}>`
    : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}
