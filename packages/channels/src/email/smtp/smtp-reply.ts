import type { SendOutcome } from '../../provider.ts';
import { classifyBounce, type Bounce } from '../returned/classify-bounce.ts';
import { enhancedCodeIn } from '../returned/enhanced-code.ts';

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

export interface SmtpReply {
  code: number;
  text: string;
}

export interface SmtpFailure {
  stage: SmtpStage;
  /** The server's words; absent when the line dropped or stayed silent. */
  reply?: SmtpReply;
  /** What happened instead of a reply. */
  trouble?: string;
}

/** What a failed conversation means for the delivery. */
export function outcomeOfFailure({ stage, reply, trouble }: SmtpFailure): SendOutcome {
  if (!reply) return withoutReply(stage, trouble ?? 'The connection was closed.');
  // RFC 5321 §4.2.1 knows no others: this is no mail server, or not any more.
  if (reply.code < 200 || reply.code > 599) return withoutReply(stage, reply.text.slice(0, 2_000));
  const answer = reply.text.slice(0, 2_000);
  if (isAboutDomain(stage, reply)) {
    return { kind: 'deferred', reason: 'receiving domain is busy', answer, domainBusy: true };
  }
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
  const { bounce, reason } = bounceOf({ stage, reply });
  if (reply.code < 500) {
    const blocked = bounce === 'blocked' && { reason, addressBlocked: true };
    return { kind: 'deferred', reason: 'temporary failure', answer, ...blocked };
  }
  const code = enhancedCodeIn(reply.text) ?? String(reply.code);
  return { kind: 'rejected', answer, reason, code, bounce };
}

/** Words about a recipient mean the address only while the recipient is talked about. */
function bounceOf({ stage, reply }: { stage: SmtpStage; reply: SmtpReply }): Bounce {
  const status = enhancedCodeIn(reply.text);
  if (stage === 'recipient') return classifyBounce({ status, code: reply.code, text: reply.text });
  const bounce = classifyBounce({ status, text: '' });
  // Before the recipient was named it was the sender who was refused.
  return stage === 'mail' ? { ...bounce, bounce: 'ignored' } : bounce;
}

function withoutReply(stage: SmtpStage, trouble: string): SendOutcome {
  if (stage === 'handed_over') {
    return { kind: 'uncertain', reason: 'no answer after the message', answer: trouble };
  }
  return { kind: 'deferred', reason: 'connection failed', answer: trouble, providerTrouble: true };
}

const TOO_FAST =
  /\brate\b|ratelimit|throttl|too (?:many|much|fast|quick)|slow(?:ing)? down|\b4\.7\.28\b|(?:connection|sending|volume) limit/i;

/**
 * What a server says about speed once the recipient is named is about the domain that receives:
 * relays pass on what it told them, and greet the next message as before.
 */
function isAboutDomain(stage: SmtpStage, { code, text }: SmtpReply): boolean {
  const isLate = stage === 'recipient' || stage === 'data' || stage === 'handed_over';
  return isLate && [421, 450, 451].includes(code) && TOO_FAST.test(text);
}

/** 421: closing the service. The next message fares alike. */
function isAboutUs(reply: SmtpReply): boolean {
  return reply.code === 421 || isStranger(reply);
}

/** Log-in wanted or refused (RFC 4954). */
function isStranger({ code, text }: SmtpReply): boolean {
  return code === 530 || code === 535 || enhancedCodeIn(text) === '5.7.8';
}
