import type { AddressChoice, AddressKind } from '@perennial/channels';
import type { SuppressionReason } from '../../suppressions/index.ts';
import type { Json } from '../../inbox/index.ts';
import type { FrequencyQuestion } from './places.ts';
import type { HoursQuestion } from './leaves-at.ts';

/** What an address may be used for: agreed, not confirmed yet, or switched off by its owner. */
export type Consent = 'subscribed' | 'unconfirmed' | 'disabled';

/** An address that a send might go to. */
export interface Candidate {
  kind: AddressKind;
  address: string;
  app: string | null;
  consent: Consent;
  suppressed: readonly SuppressionReason[];
  /** When the first of what is against the address ends by itself; absent where nothing does. */
  suppressedUntil?: Date | undefined;
}

export interface Recipient {
  exists: boolean;
  deleted: boolean;
}

/** Subscription categories of the message, by key, and which of them the contact is in. */
export interface CategoryMembership {
  categories: readonly string[];
  in: readonly string[];
}

/** What gates are asked about; addresses and instant are those that earlier gates left. */
export interface GateQuestion {
  recipient: Recipient;
  transactional: boolean;
  /** Undefined: the message has no categories, and is for everybody. */
  membership?: CategoryMembership | undefined;
  candidates: readonly Candidate[];
  /** Which of several addresses; undefined: the channel has one. */
  choice?: AddressChoice | undefined;
  maxAddresses: number;
  /** When the message would leave. */
  at: number;
  /** Undefined: no rule is about the message. */
  frequency?: FrequencyQuestion | undefined;
  /** Undefined: it may leave at any hour. */
  hours?: HoursQuestion | undefined;
  /** Undefined: it lives for ever. */
  expiresAt?: number | undefined;
}

export type GateAnswer =
  | { passed: true; candidates: readonly Candidate[]; details?: Json }
  | { passed: false; reason: string; details?: Json }
  /** Not now, but then. */
  | { until: number; details?: Json };

/** One reason why a send may not be made, with its name in decisions and reports. */
export interface Gate {
  key: string;
  ask(question: GateQuestion): GateAnswer;
}
