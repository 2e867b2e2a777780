import type { ConditionWords } from '../../conditions/use-condition-words.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Board, Side } from './board.ts';
import type { BoardActions } from './board-actions.ts';
import type { ItemPlace } from './board-commands.ts';
import type { RuleProblem } from './problems.ts';

/** What is dragged, and where it would be put. */
export interface Drag {
  readonly kind: 'item' | 'card';
  readonly id: number;
  readonly over?: DropPlace | undefined;
}

export type DropPlace =
  | ({ readonly kind: 'item' } & ItemPlace)
  | { readonly kind: 'card'; readonly side: Side; readonly index: number };

/** What every part of a board knows. */
export interface BoardShare {
  readonly board: Board;
  readonly actions: BoardActions;
  readonly open: number | undefined;
  readonly onOpen: (id: number | undefined) => void;
  readonly problems: readonly RuleProblem[];
  readonly vocabulary: Vocabulary;
  readonly words: ConditionWords;
  readonly readOnly: boolean;
  readonly segment: string | undefined;
  /** Whether values may be taken from the event that starts a workflow. */
  readonly allowsEvent: boolean;
  /** The columns that there are; a condition that leaves nobody out has one. */
  readonly sides: readonly Side[];
  readonly drag: Drag | undefined;
  readonly setDrag: (drag: Drag | undefined) => void;
  /** The letter of a card. */
  readonly letter: (card: number) => string;
  /** Before a move by keys: the handle that keeps the focus, and whose new place is told. */
  readonly moved: (handle: string) => void;
}
