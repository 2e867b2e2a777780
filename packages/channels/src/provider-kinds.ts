import { smtpKind } from './email/smtp/kind.ts';
import type { ProviderKind } from './provider-kind.ts';
import { sandboxKind } from './sandbox/kind.ts';

/** Every provider; the sending halves in `providers.ts` are a mapped type over this record. */
export const providerKinds = {
  sandbox: sandboxKind,
  smtp: smtpKind,
} as const satisfies Record<string, ProviderKind>;

export type ProviderKindKey = keyof typeof providerKinds;

export function isProviderKind(key: string): key is ProviderKindKey {
  return Object.hasOwn(providerKinds, key);
}

/** The definition behind a key that came from outside, or undefined. */
export function findProviderKind(key: string): ProviderKind | undefined {
  return isProviderKind(key) ? providerKinds[key] : undefined;
}
