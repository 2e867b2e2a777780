import type { SendTermsView } from '@perennial/contracts';
import type { Tx } from '../db/index.ts';
import type { Json } from '../inbox/item.ts';

/** What a request asks of the gates, where that is not what its message says. */
export type SendTerms = SendTermsView & {
  /** Only devices of this app. */
  app?: string | undefined;
  /** Of e-mail: the name of the sender. */
  from_name?: string;
  /** Of e-mail: its links are not led through this program. */
  plain_links?: true;
};

/** A wish to send one message to one contact; the gates turn it into a decision. */
export interface SendRequest {
  workspaceId: number;
  contactId: number;
  /** The contact's slot, which the caller owns. */
  slot: number;
  messageId: number;
  /** What is sent of it; its current version unless given. */
  messageVersion?: number;
  channel: string;
  workflowId?: number;
  runId?: number;
  block?: string;
  campaignId?: number;
  /** The call that asked for it, if one did. */
  requestId?: number;
  /** Of the contact's addresses only this one. */
  address?: string;
  /** Ignores unconfirmed, unsubscribed and complained; never bounced, blocked or blacklisted. */
  transactional: boolean;
  test: boolean;
  /** Decided before any gate is asked: the name of who said so, and why. */
  refused?: { gate: string; reason: string };
  /** Win over what the message says. */
  terms?: SendTerms | undefined;
  /** The send that was told to wait, and is decided again now. */
  heldSendId?: number | undefined;
  /** Wins over the contact's own language. */
  language?: string;
  /** Of a message that was chosen among several: how. It is kept with the reasons. */
  chosen?: Json;
  /** What rendering needs of this moment, later and again: as `event`, `run` and `data` in Liquid. */
  context: { event?: Json; run?: Json; data?: Json };
  /** The instant the send is due; never handed over before. */
  at: Date;
}

/** What one gate said. */
export interface GateReason {
  gate: string;
  passed: boolean;
  details?: Json;
}

/** Made or refused, with every gate that was asked, in order. */
export interface SendDecision {
  sendId: number;
  decision: 'sent' | 'held' | 'refused';
  reasons: GateReason[];
  /** With `held`: ask again then. */
  holdUntil?: Date;
  /** With `refused`: the first gate's word, such as `unsubscribed` or `no address`. */
  reason?: string;
}

/**
 * Decides every request under its contact's slot and writes the sends with their deliveries, in the
 * caller's transaction. Decisions come in the order of the requests.
 */
export type DecideSends = (
  tx: Tx,
  options: { requests: readonly SendRequest[]; now: Date },
) => Promise<SendDecision[]>;

/** Cancels what these runs planned and no sender has taken yet; answers how many deliveries. */
export type CancelDeliveries = (
  tx: Tx,
  options: { runs: readonly { contactId: number; runId: number }[]; reason: string; now: Date },
) => Promise<number>;
