import type { Card, Item, Join, Side } from './board.ts';
import type { BoardShare } from './share.ts';

export interface ItemViewProps {
  item: Item;
  card: Card;
  /** On its card. */
  index: number;
  side: Side;
  share: BoardShare;
  /** What joins it to the condition before. */
  joined: Join | undefined;
}

/**
 * Whether a condition would be drawn as it stands there already: most of a board, while one of its
 * conditions is typed into. The one that is open is always drawn, and all of them while something is
 * dragged.
 */
export function looksTheSame(before: ItemViewProps, after: ItemViewProps): boolean {
  const { item, index, side, joined, card, share } = after;
  return (
    before.item === item &&
    before.index === index &&
    before.side === side &&
    before.joined === joined &&
    before.card.id === card.id &&
    before.card.items.length === card.items.length &&
    before.share.drag === share.drag &&
    before.share.readOnly === share.readOnly &&
    before.share.words === share.words &&
    before.share.vocabulary === share.vocabulary &&
    before.share.open !== item.id &&
    share.open !== item.id &&
    !hasProblem(before) &&
    !hasProblem(after)
  );
}

function hasProblem({ item, share }: ItemViewProps): boolean {
  return share.problems.some((problem) => problem.item === item.id);
}
