import type { JsonObject } from '@perennial/conditions';
import type { Join, Side } from './board.ts';
import type { CardPlace, ItemPlace } from './board-commands.ts';

/** What can be done on a board; each is one step that can be undone. */
export interface BoardActions {
  addCard: (side: Side, condition: JsonObject) => void;
  addItem: (card: number, condition: JsonObject) => void;
  changeItem: (id: number, condition: JsonObject) => void;
  negateItem: (id: number) => void;
  duplicateItem: (id: number) => void;
  removeItem: (id: number) => void;
  stepItem: (id: number, step: 1 | -1) => void;
  moveItem: (id: number, to: ItemPlace) => void;
  itemToNewCard: (id: number, side: Side) => void;
  negateCard: (id: number) => void;
  matchCard: (id: number, match: 'all' | 'any') => void;
  duplicateCard: (id: number) => void;
  removeCard: (id: number) => void;
  stepCard: (id: number, step: 1 | -1) => void;
  moveCard: (id: number, to: CardPlace) => void;
  toggleJoin: (side: Side, index: number) => void;
  setFirst: (side: Side, first: Join) => void;
}
