import { tell, type Outcomes } from '../outcomes.ts';
import type { Stamped } from '../../inbox/index.ts';
import type { IdentifierRow } from './directory.ts';
import type { JoinedIdentifiers } from './join-identifiers.ts';
import type { DecidedMerge } from './merge-queries.ts';
import type { Arrived } from './queries.ts';

/** All that a batch comes to. */
export interface Resolution extends Outcomes {
  stamped: Stamped[];
  removed: IdentifierRow[];
  upserted: IdentifierRow[];
  merges: DecidedMerge[];
  parted: { mergeId: number; keepId: number; by: string }[];
  /** Merges that chose again because one before them was undone. */
  rechosen: { mergeId: number; keepId: number; identifiers: JoinedIdentifiers }[];
  refused: Refused[];
  /** Orders that somebody has from now on. */
  orders: [externalOrderId: string, contactId: number][];
}

interface Refused {
  arrived: Arrived;
  code: string;
  message: string;
}

export function emptyResolution(): Resolution {
  return {
    stamped: [],
    removed: [],
    upserted: [],
    merges: [],
    parted: [],
    rechosen: [],
    outcomes: [],
    parts: [],
    unsent: [],
    refused: [],
    orders: [],
  };
}

/** Whoever waits for the item is told; without such, it is buried. */
export function refuse(
  { code, message }: { code: string; message: string },
  arrived: Arrived,
  into: Resolution,
): void {
  if (!tell(arrived.item, { ok: false, code, message }, into))
    into.refused.push({ arrived, code, message });
}
