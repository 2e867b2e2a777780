import type { Workflow } from '@perennial/contracts';
import { graphOf, type GraphBlock } from '../../../editor/graph.ts';

/** Blocks of a workflow that choose among messages: of what is published, then of the draft. */
export function choosingBlocks({ published, definition }: Workflow): GraphBlock[] {
  const blocks = [published?.definition, definition].flatMap((each) =>
    each ? graphOf(each).blocks.filter(({ type }) => type === 'one_from_many') : [],
  );
  return [...new Map(blocks.toReversed().map((block) => [block.id, block])).values()].toReversed();
}
