import type { Directory } from './directory.ts';
import type { IdentityRules } from './identity-rules.ts';
import type { IndexedRules } from './index-fields.ts';
import type { KnownMerge } from './part-identifiers.ts';
import type { Resolution } from './resolution.ts';
import type { OrderDirectory } from './resolve-orders.ts';

/** One attempt at a batch: what it knows, and what it comes to so far. Items change both. */
export interface Turn {
  workspaceId: number;
  directory: Directory;
  orders: OrderDirectory;
  /** Merges in force. */
  known: KnownMerge[];
  /** Contacts that are deleted. */
  deleted: Set<number>;
  rules: IdentityRules;
  indexed: IndexedRules;
  mint(): number;
  mintMerge(): number;
  into: Resolution;
}
