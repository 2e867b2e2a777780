import { useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../../app/text.tsx';
import type { ConditionWords } from '../../conditions/use-condition-words.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { cardsOf, letterOf, SIDES, type Board, type Side } from './board.ts';
import { placeOfCard, placeOfItem } from './board-commands.ts';
import { boardActions } from './bind-actions.ts';
import { ColumnView } from './ColumnView.tsx';
import type { RuleProblem } from './problems.ts';
import type { BoardShare, Drag } from './share.ts';
import classes from './Editor.module.css';

interface BoardViewProps {
  board: Board;
  onChange: (board: Board, about?: string) => void;
  /** The condition whose form is open. */
  open: number | undefined;
  onOpen: (id: number | undefined) => void;
  problems: readonly RuleProblem[];
  vocabulary: Vocabulary;
  words: ConditionWords;
  readOnly: boolean;
  /** The segment itself, which cannot be a condition of its own. */
  segment: string | undefined;
  /** Whether values may be taken from the event that starts a workflow. */
  allowsEvent: boolean;
  /** Both columns unless given. */
  sides?: readonly Side[];
}

/** Two columns of cards: whom the segment takes, and whom of them it leaves out. */
export function BoardView(props: BoardViewProps) {
  const { board, onChange, onOpen, sides = SIDES } = props;
  const t = useText();
  const root = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const [said, setSaid] = useState('');
  const wanted = useRef<string>(undefined);

  // What was moved by keys keeps the focus, wherever it is drawn now.
  useLayoutEffect(() => {
    const handle = wanted.current;
    if (handle === undefined) return;
    wanted.current = undefined;
    root.current?.querySelector<HTMLElement>(`[data-handle="${handle}"]`)?.focus();
    setSaid(placeWords(handle));
    // Said of the board as it is now; the words do not change by themselves.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [board]);

  // What a condition that was not drawn again does, it does to the board as it is now.
  const latest = useRef({ board, onChange });
  latest.current = { board, onChange };
  const [actions] = useState(() =>
    boardActions({
      now: () => latest.current.board,
      onChange: (next, about) => latest.current.onChange(next, about),
      onAdded: (next, before) => onOpen(newItem(next, before)),
    }),
  );
  const share: BoardShare = {
    ...props,
    sides,
    actions,
    drag,
    setDrag,
    letter: (card) => letterOf(cardsOf(board).findIndex(({ id }) => id === card)),
    moved: (handle) => {
      wanted.current = handle;
    },
  };

  function placeWords(handle: string): string {
    const id = Number(handle.slice(1));
    const card = handle.startsWith('i') ? placeOfItem(board, id)?.card : id;
    const place = card === undefined ? undefined : placeOfCard(board, card);
    if (!place || card === undefined) return '';
    return t('segments.editor.moved', { side: place.side, card: share.letter(card) });
  }

  return (
    <div ref={root} className={classes.board} data-single={sides.length === 1 || undefined}>
      {sides.map((side) => (
        <ColumnView key={side} side={side} column={board[side]} share={share} />
      ))}
      <div role="status" className={classes.said}>
        {said}
      </div>
    </div>
  );
}

function newItem(next: Board, before: Board): number | undefined {
  const known = new Set(cardsOf(before).flatMap(({ items }) => items.map(({ id }) => id)));
  return cardsOf(next)
    .flatMap(({ items }) => items)
    .find(({ id }) => !known.has(id))?.id;
}
