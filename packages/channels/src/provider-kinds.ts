import { mailgunKind } from './email/mailgun/kind.ts';
import { postmarkKind } from './email/postmark/kind.ts';
import { resendKind } from './email/resend/kind.ts';
import { sendgridKind } from './email/sendgrid/kind.ts';
import { sesKind } from './email/ses/kind.ts';
import { smtpKind } from './email/smtp/kind.ts';
import type { ProviderKind } from './provider-kind.ts';
import { sandboxKind } from './sandbox/kind.ts';

/** Every provider; the sending halves in `providers.ts` are a mapped type over this record. */
export const providerKinds = {
  sandbox: sandboxKind,
  smtp: smtpKind,
  ses: sesKind,
  sendgrid: sendgridKind,
  mailgun: mailgunKind,
  postmark: postmarkKind,
  resend: resendKind,
} as const satisfies Record<string, ProviderKind>;

export type ProviderKindKey = keyof typeof providerKinds;

export function isProviderKind(key: string): key is ProviderKindKey {
  return Object.hasOwn(providerKinds, key);
}

/** The definition behind a key that came from outside, or undefined. */
export function findProviderKind(key: string): ProviderKind | undefined {
  return isProviderKind(key) ? providerKinds[key] : undefined;
}
