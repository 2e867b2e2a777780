import type { SendOutcome } from '../../provider.ts';

/** How far a conversation had come when it failed. */
export type SmtpStage =
  /** Connecting, greeting, TLS, log-in: nothing was said about this message. */
  | 'open'
  | 'mail'
  | 'recipient'
  /** The server was asked for, or is taking, the message: its end was not written yet. */
  | 'data'
  /** All was written, the final dot too: the server may have it. */
  | 'handed_over';

export interface SmtpFailure {
  stage: SmtpStage;
  /** The server's words; absent when the line dropped or stayed silent. */
  reply?: { code: number; text: string };
  /** What happened instead of a reply. */
  trouble?: string;
}

/** RFC 3463 codes that say the mailbox does not exist. */
const DEAD_ADDRESS = new Set(['5.1.1', '5.1.6', '5.1.10']);
/** For servers without enhanced codes. */
const DEAD_ADDRESS_WORDS =
  /user unknown|unknown user|no such (user|mailbox|recipient)|recipient (not found|unknown)|mailbox (not found|does not exist)/i;

/** What a failed conversation means for the delivery. */
export function outcomeOfFailure({ stage, reply, trouble }: SmtpFailure): SendOutcome {
  if (!reply) return withoutReply(stage, trouble ?? 'The connection was closed.');
  // RFC 5321 §4.2.1 knows no others: this is no mail server, or not any more.
  if (reply.code < 200 || reply.code > 599) return withoutReply(stage, reply.text.slice(0, 2_000));
  const answer = reply.text.slice(0, 2_000);
  if (stage === 'open' || isAboutUs(reply)) {
    const pause = isStranger(reply) ? { pause: 'refused' as const } : {};
    return {
      kind: 'deferred',
      reason: 'provider refuses',
      answer,
      providerTrouble: true,
      ...pause,
    };
  }
  const blocked = refusalOfMailbox({ stage, reply });
  if (reply.code < 500) {
    return { kind: 'deferred', reason: 'temporary failure', answer, ...blocked };
  }
  return { kind: 'rejected', answer, ...rejection({ stage, reply }), ...blocked };
}

/** RFC 3463: x.2.1 a disabled mailbox, x.2.2 a full one. RFC 5321: 552 is its number without a code. */
function refusalOfMailbox({
  stage,
  reply,
}: {
  stage: SmtpStage;
  reply: { code: number; text: string };
}): { reason: string; addressBlocked: true } | undefined {
  const enhanced = enhancedCode(reply.text);
  const isFull =
    enhanced === undefined
      ? stage === 'recipient' && (reply.code === 552 || FULL_WORDS.test(reply.text))
      : enhanced.endsWith('.2.2');
  if (isFull) return { reason: 'mailbox full', addressBlocked: true };
  const isInactive =
    enhanced === undefined
      ? stage === 'recipient' && INACTIVE_WORDS.test(reply.text)
      : enhanced.endsWith('.2.1');
  return isInactive ? { reason: 'mailbox inactive', addressBlocked: true } : undefined;
}

const FULL_WORDS =
  /mailbox (is )?full|over ?quota|quota exceeded|exceeded (its |the )?(storage|quota)/i;
const INACTIVE_WORDS = /(mailbox|account) (is )?(inactive|disabled|suspended)/i;

function withoutReply(stage: SmtpStage, trouble: string): SendOutcome {
  if (stage === 'handed_over') {
    return { kind: 'uncertain', reason: 'no answer after the message', answer: trouble };
  }
  return { kind: 'deferred', reason: 'connection failed', answer: trouble, providerTrouble: true };
}

/** 421: closing the service. The next message fares alike. */
function isAboutUs(reply: { code: number; text: string }): boolean {
  return reply.code === 421 || isStranger(reply);
}

/** Log-in wanted or refused (RFC 4954). */
function isStranger({ code, text }: { code: number; text: string }): boolean {
  return code === 530 || code === 535 || enhancedCode(text) === '5.7.8';
}

function rejection({ stage, reply }: { stage: SmtpStage; reply: { code: number; text: string } }): {
  reason: string;
  code: string;
  addressDead: boolean;
} {
  const enhanced = enhancedCode(reply.text);
  const code = enhanced ?? String(reply.code);
  const addressDead =
    enhanced === undefined
      ? stage === 'recipient' && DEAD_ADDRESS_WORDS.test(reply.text)
      : DEAD_ADDRESS.has(enhanced);
  return { reason: addressDead ? 'address unknown' : reasonOf(enhanced), code, addressDead };
}

function reasonOf(enhanced: string | undefined): string {
  if (enhanced?.startsWith('5.7.')) return 'refused by policy';
  return 'rejected';
}

/** RFC 2034: the code stands after the number, in every line of a reply. */
export function enhancedCode(text: string): string | undefined {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1];
}
