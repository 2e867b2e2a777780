import { findBlock } from '@perennial/blocks';
import type { DraftBlock } from './draft.ts';

/** A block of a kind as it is just after it was dropped: with the kind's first settings. */
export function newBlock(type: string): DraftBlock {
  return { type, ...findBlock(type)?.defaults(), exits: {} };
}
