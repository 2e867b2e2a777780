import type { Right } from '@perennial/contracts';
import type { Tx } from '../db/index.ts';
import type { Actor, Origin } from '../http/index.ts';
import type { InboxItem, Json, JsonObject } from '../inbox/index.ts';

/** A job as the one who does it sees it. */
export interface Work {
  id: number;
  workspaceId: number;
  input: JsonObject;
  /** What the slice before left; null for the first. */
  cursor: JsonObject | null;
  /** The number of the slice that is to be done, from 0. */
  slice: number;
  actor: Actor;
  createdAt: Date;
}

export interface WorkError {
  contactId?: number;
  subject?: string;
  message: string;
}

/** What one slice did. All of it is written in the slice's transaction, or none. */
export interface Slice {
  cursor: JsonObject;
  /** `look again`: nothing to do yet, what was handed over is still being applied. */
  next: 'go on' | 'look again' | 'finished';
  /** With the end: all of it was done, even if the job was cancelled meanwhile, and is shown so. */
  complete?: boolean;
  /** How many more are done, and which could not be. */
  done?: number;
  errors?: WorkError[];
  total?: number;
  /** Appended to the inbox; must know their contacts, or be of those who may be unknown. */
  items?: InboxItem[];
  /** Contacts that were changed, for the way back. */
  changed?: number[];
  /** A piece of the file that the job writes, and how many rows are in it. */
  file?: { content: Buffer; rows: number };
  result?: JsonObject;
}

export interface SliceOptions {
  now: Date;
  /** It was cancelled: hand over nothing more, wait for what is out, and be finished. */
  leaving: boolean;
}

/**
 * One kind of long work. `slice` does some of it inside the transaction it is given and says where
 * the next one begins. It must take less than a few seconds.
 */
export interface WorkKind {
  kind: string;
  /** Needed to see, cancel or undo such a job that somebody else began. */
  right: Right;
  slice(tx: Tx, work: Work, options: SliceOptions): Promise<Slice>;
  /**
   * It learns what became of what it handed over when it is cancelled, too, so that its undo misses
   * nobody: it is asked for slices with `leaving` until one is the last.
   */
  settles?: true;
  /** What is told of the input: no personal data. */
  about(input: JsonObject): Json;
  /** What is to be done at once when it is taken back; throws what stands against that. */
  beforeUndo?(
    tx: Tx,
    of: { workspaceId: number; input: JsonObject; by: Origin; rights: ReadonlySet<Right> },
  ): Promise<void>;
  /** The job that takes this one back, if there is such a one. */
  undo?(input: JsonObject, jobId: number): NewJob | undefined;
}

export interface NewJob {
  kind: string;
  input: JsonObject;
}

/** Room for a registry: kinds by name. */
export type WorkKinds = ReadonlyMap<string, WorkKind>;

export function workKinds(kinds: WorkKind[]): WorkKinds {
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}

export interface JobOrder extends NewJob {
  workspaceId: number;
  by: Origin;
  total?: number;
}
