import type { WebhookFormatKey } from '@perennial/contracts';
import type { ToldFact } from '../../reports/index.ts';
import type { WebhookSecrets } from '../secrets.ts';

/** A fact that is to be told, under the ID that it keeps however often that is tried. */
export interface Telling {
  id: number;
  told: ToldFact;
}

export interface Told {
  secrets: WebhookSecrets;
  now: Date;
}

/** How facts are written for one kind of receiver. */
export interface WebhookFormat {
  /** Facts that one request tells at most. */
  most: number;
  /** Requests under way at once: of each contact one, in order; 1: all in one order. */
  atOnce: number;
  /** A request that tells these facts; undefined: there is no word for any of them. */
  write(tellings: readonly Telling[], told: Told): WebhookRequest | undefined;
  /** A request that only tries whether somebody is there. */
  writeTest(told: Told): WebhookRequest;
  /** How long to wait after so many failures in a row. */
  retryMs(failures: number): number;
}

export interface WebhookRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

export type WebhookFormats = Record<WebhookFormatKey, WebhookFormat>;
