import type { Board } from './board.ts';
import type { BoardActions } from './board-actions.ts';
import * as commands from './board-commands.ts';

interface Hands {
  board: Board;
  /** Changes with the same subject in a row are one step of undoing. */
  onChange: (board: Board, about?: string) => void;
  /** A new condition is opened, to be filled in. */
  onAdded: (board: Board, before: Board) => void;
}

/** The commands of a board, bound to the one that is shown. */
export function boardActions({ board, onChange, onAdded }: Hands): BoardActions {
  const added = (next: Board) => {
    onChange(next);
    onAdded(next, board);
  };
  return {
    addCard: (side, condition) => added(commands.addCard(board, side, condition)),
    addItem: (card, condition) => added(commands.addItem(board, card, condition)),
    changeItem: (id, condition) =>
      onChange(commands.setCondition(board, id, condition), `condition ${id}`),
    negateItem: (id) => onChange(commands.negateItem(board, id)),
    duplicateItem: (id) => onChange(commands.duplicateItem(board, id)),
    removeItem: (id) => onChange(commands.removeItem(board, id)),
    stepItem: (id, step) => onChange(commands.stepItem(board, id, step)),
    moveItem: (id, to) => onChange(commands.moveItem(board, id, to)),
    itemToNewCard: (id, side) => onChange(commands.moveItemToNewCard(board, id, side)),
    negateCard: (id) => onChange(commands.negateCard(board, id)),
    matchCard: (id, match) => onChange(commands.setMatch(board, id, match)),
    duplicateCard: (id) => onChange(commands.duplicateCard(board, id)),
    removeCard: (id) => onChange(commands.removeCard(board, id)),
    stepCard: (id, step) => onChange(commands.stepCard(board, id, step)),
    moveCard: (id, to) => onChange(commands.moveCard(board, id, to)),
    toggleJoin: (side, index) => onChange(commands.toggleJoin(board, side, index)),
    setFirst: (side, first) => onChange(commands.setFirst(board, side, first)),
  };
}
