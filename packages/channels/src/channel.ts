import type { z } from 'zod';

/**
 * What a channel writes to: the contact's e-mail or phone, every device with a push token, a
 * browser's push subscription, a chat, or the app itself (by the contact's external ID, else by
 * its devices).
 */
export type AddressKind = 'email' | 'phone' | 'push_token' | 'web_push' | 'chat_id' | 'app';

/**
 * Where the agreement to be written to is kept: with the address, with the device's own switch, or
 * nowhere, because only the app itself shows the message.
 */
export type ConsentKind = 'address' | 'device' | 'none';

/** Which of several addresses: all of them, or the one that was seen last. */
export type AddressChoice = 'all' | 'last_seen';

/** How one channel is written, addressed and retried. Pure data: the same for server and web. */
export interface ChannelDefinition<Content = unknown> {
  /** In the API, the database and the workflow language. */
  key: string;
  label: string;
  /** Name of the icon in the interface's set. */
  icon: string;
  /** Role of the colour in the interface's theme. */
  colour: string;
  /** The content of one language; every string in it is Liquid, less those of `literal`. */
  content: z.ZodType<Content>;
  /** Members that hold HTML: what Liquid writes there is escaped. */
  html: readonly string[];
  /** Members that are taken as they stand. */
  literal: readonly string[];
  /** Members that are kept for editors alone: no message has them. */
  kept?: readonly string[];
  /** Members that list files: what Liquid writes into the `url` of one is a part of an address. */
  files?: readonly string[];
  address: AddressKind;
  consent: ConsentKind;
  /** Most addresses that one send reaches; the newest win. */
  maxAddresses: number;
  /** Which of several addresses a send can choose from, the usual choice first; none: there is one. */
  addressChoices: readonly AddressChoice[];
  /**
   * How long after it was asked for a message may leave, unless it says so itself. Longer than it is
   * tried again, so that what was tried ends with the provider's reason.
   */
  ttlMs: number;
  /** How long a delivery is tried again before it is given up, in milliseconds. */
  retryForMs: number;
  /** A HEAD request for a tracked link is a person's click (apps ask so), not a scanner's. */
  headIsClick: boolean;
}

const MINUTE = 60_000;
export const HOUR_MS = 60 * MINUTE;
export const DAY_MS = 24 * HOUR_MS;
