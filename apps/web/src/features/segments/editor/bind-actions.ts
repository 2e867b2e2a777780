import type { Board } from './board.ts';
import type { BoardActions } from './board-actions.ts';
import * as commands from './board-commands.ts';

interface Hands {
  /** The board as it is when something is done. */
  now: () => Board;
  /** Changes with the same subject in a row are one step of undoing. */
  onChange: (board: Board, about?: string) => void;
  /** A new condition is opened, to be filled in. */
  onAdded: (board: Board, before: Board) => void;
}

/** The commands of a board, bound to the one that is shown, whichever that is then. */
export function boardActions({ now, onChange, onAdded }: Hands): BoardActions {
  const added = (next: Board) => {
    const before = now();
    onChange(next);
    onAdded(next, before);
  };
  return {
    addCard: (side, condition) => added(commands.addCard(now(), side, condition)),
    addItem: (card, condition) => added(commands.addItem(now(), card, condition)),
    changeItem: (id, condition) =>
      onChange(commands.setCondition(now(), id, condition), `condition ${id}`),
    negateItem: (id) => onChange(commands.negateItem(now(), id)),
    duplicateItem: (id) => onChange(commands.duplicateItem(now(), id)),
    removeItem: (id) => onChange(commands.removeItem(now(), id)),
    stepItem: (id, step) => onChange(commands.stepItem(now(), id, step)),
    moveItem: (id, to) => onChange(commands.moveItem(now(), id, to)),
    itemToNewCard: (id, side) => onChange(commands.moveItemToNewCard(now(), id, side)),
    negateCard: (id) => onChange(commands.negateCard(now(), id)),
    matchCard: (id, match) => onChange(commands.setMatch(now(), id, match)),
    duplicateCard: (id) => onChange(commands.duplicateCard(now(), id)),
    removeCard: (id) => onChange(commands.removeCard(now(), id)),
    stepCard: (id, step) => onChange(commands.stepCard(now(), id, step)),
    moveCard: (id, to) => onChange(commands.moveCard(now(), id, to)),
    toggleJoin: (side, index) => onChange(commands.toggleJoin(now(), side, index)),
    setFirst: (side, first) => onChange(commands.setFirst(now(), side, first)),
  };
}
