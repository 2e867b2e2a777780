import type { Logger } from 'pino';
import type { LogLevel } from '../config.ts';
import type { Pool } from '../db/index.ts';

/** What the main thread hands over to a thread of work. */
export interface ThreadData {
  url: string;
  secret: string;
  logLevel: LogLevel;
  publicUrl: string;
  /** See `Config.allowEgress`. */
  allowEgress: string[];
  /** See `Config.dnsServers`. */
  dnsServers?: string[];
  /** The host name of this program, where it takes returned mail itself. */
  mailHost?: string | undefined;
  processId: number;
}

/** What it hands over to one of several pipelines. */
export interface PipelineData extends ThreadData {
  index: number;
  of: number;
}

/** What each work of the senders' thread is given. */
export interface SendersParts {
  data: ThreadData;
  log: Logger;
  pool: Pool;
  slots: number;
  clock: () => Date;
}

/** What a thread of work tells the main thread. */
export type ThreadNews =
  | { kind: 'ready' }
  /** Which share of the last half second a pipeline worked, from 0 to 1. */
  | { kind: 'load'; share: number };

export interface Work {
  /** Finishes or gives back what is in hand. */
  stop(): Promise<void>;
}
