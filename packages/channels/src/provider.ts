import type { ProviderKindKey, providerKinds } from './provider-kinds.ts';
import type { BounceClass } from './email/returned/classify-bounce.ts';
import type { z } from 'zod';

/** One message to one address, ready to leave. */
export interface OutgoingMessage {
  address: string;
  /** The same on every try, where the provider can tell a repeat by it. */
  idempotencyKey: string;
  /** The rendered content, in the channel's own shape. */
  content: unknown;
  /** E-mail as it goes over the line, with the sender's and the recipient's bare addresses. */
  mail?: { raw: Uint8Array; from: string; to: string };
}

/**
 * What the provider said.
 *
 * `deferred` and a `rejected` that is not the message's fault leave nothing behind at the provider;
 * `uncertain` may have left the message there.
 */
export type SendOutcome =
  | {
      kind: 'accepted';
      ref?: string;
      answer?: string;
      /** It is already where it should be. */
      delivered?: boolean;
    }
  | {
      kind: 'rejected';
      reason: string;
      answer?: string;
      code?: string;
      /** What it says about the address; several unclear ones in a row make it dead. */
      bounce?: BounceClass;
      /** The address itself is dead: nothing may be sent to it again. */
      addressDead?: boolean;
      /** The address takes nothing for now: the mailbox is full, or inactive. */
      addressBlocked?: boolean;
    }
  | {
      kind: 'deferred';
      reason: string;
      answer?: string;
      /** Not before; without it the sender's back-off decides. */
      until?: Date;
      /** The address takes nothing for now: the mailbox is full, or inactive. */
      addressBlocked?: boolean;
      /** The provider is in trouble, not this message: others would fare alike. */
      providerTrouble?: boolean;
    }
  | { kind: 'uncertain'; reason: string; answer?: string };

export type Verified = { ok: true; answer?: string } | { ok: false; problem: string };

/** A provider with its settings, ready to send. */
export interface OpenProvider {
  /** Messages that may be under way at once. */
  concurrency: number;
  ratePerSecond?: number;
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** Goes as far as it can without sending anything. */
  verify(): Promise<Verified>;
  /** Finishes what is under way and lets go of connections. */
  close(): Promise<void>;
}

type SettingsOf<Kind extends ProviderKindKey> = z.infer<(typeof providerKinds)[Kind]['settings']>;
type SecretsOf<Kind extends ProviderKindKey> = z.infer<(typeof providerKinds)[Kind]['secrets']>;

/**
 * The sending half of a provider. `inside`: the database itself is the provider, so that hand-over
 * and outcome are one transaction and nothing can be uncertain.
 */
export type Provider<Kind extends ProviderKindKey> =
  | { carries: 'inside' }
  | {
      carries: 'outside';
      open(options: { settings: SettingsOf<Kind>; secrets: SecretsOf<Kind> }): OpenProvider;
    };
