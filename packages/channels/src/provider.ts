import type { z } from 'zod';
import type { BounceClass } from './email/returned/classify-bounce.ts';
import type { Callbacks } from './email/callbacks/callbacks.ts';
import type { EmailParts, RawMail } from './email/compose/compose-email.ts';
import type { HttpPort } from './http/http-port.ts';
import type { ProviderKindKey, providerKinds } from './provider-kinds.ts';

/** One message to one address, ready to leave. */
export interface OutgoingMessage {
  address: string;
  /**
   * Names the delivery in what comes back from the provider, and tells a repeat: the same on every
   * try, of lower-case letters, digits and `_`, at most 40.
   */
  key: string;
  /** Somebody waits for it; providers keep such mail apart from marketing. */
  transactional: boolean;
  /** The rendered content, in the channel's own shape. */
  content: unknown;
  /** E-mail as it goes over the line, with the sender's and the recipient's bare addresses. */
  mail?: { raw: RawMail; from: string; to: string };
  /** E-mail in its parts, for providers that compose it themselves. */
  parts?: EmailParts;
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
    }
  | {
      kind: 'deferred';
      reason: string;
      answer?: string;
      /** Not before; without it the sender's back-off decides. With `pause`, nothing is. */
      until?: Date;
      /** The address takes nothing for now: the mailbox is full, or inactive. */
      addressBlocked?: boolean;
      /** The domain that receives it wants less mail for now; others are not meant. */
      domainBusy?: boolean;
      /** The provider is in trouble, not this message: others would fare alike. */
      providerTrouble?: boolean;
      /**
       * This one answer says enough about the provider: it wants to be left alone for a while, or
       * takes nothing from us (a wrong credential, an account that is closed).
       */
      pause?: 'throttled' | 'refused';
    }
  | { kind: 'uncertain'; reason: string; answer?: string };

export type Verified = { ok: true; answer?: string } | { ok: false; problem: string };

/** A provider with its settings, ready to send. */
export interface OpenProvider {
  /** Calls that may be under way at once, each with a message or a batch of them. */
  concurrency: number;
  /** Calls a second. */
  ratePerSecond?: number;
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** Where one call takes several; the outcomes are in the order of the messages. */
  batch?: {
    most: number;
    send(messages: readonly OutgoingMessage[]): Promise<SendOutcome[]>;
  };
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
      /** E-mail is handed over `raw`, as a message of RFC 5322, or in `parts`. */
      takes?: 'raw' | 'parts';
      /** Nobody signs `raw` messages behind us, so we do, with the keys of sender domains. */
      weSign?: boolean;
      /** How the vendor reports what became of messages. */
      callbacks?: Callbacks<SettingsOf<Kind>, SecretsOf<Kind>>;
      open(options: OpenOptions<Kind>): OpenProvider;
    };

export interface OpenOptions<Kind extends ProviderKindKey> {
  settings: SettingsOf<Kind>;
  secrets: SecretsOf<Kind>;
  http: HttpPort;
  clock: () => Date;
}
