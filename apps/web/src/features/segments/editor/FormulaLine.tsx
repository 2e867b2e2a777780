import { Fragment } from 'react';
import { useText } from '../../../app/text.tsx';
import { cardsOf, type Board } from './board.ts';
import { formulaOf } from './formula.ts';
import classes from './Editor.module.css';

/** "A and (B or C) without D": how the cards are put together. One card needs none. */
export function FormulaLine({ board }: { board: Board }) {
  const t = useText();
  if (cardsOf(board).length < 2) return null;
  return (
    <p className={classes.formula} aria-label={t('segments.editor.formula')}>
      {formulaOf(board).map((part, index) =>
        part.kind === 'card' ? (
          <span
            key={`card ${part.id}`}
            className={classes.formulaCard}
            data-negated={part.negated || undefined}
          >
            {part.negated ? `${t('conditions.not')} ` : ''}
            {part.letter}
          </span>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- words between cards have no names
          <Fragment key={`word ${index}`}>
            {part.kind === 'open'
              ? '('
              : part.kind === 'close'
                ? ')'
                : ` ${t(`segments.editor.${part.kind}`)} `}
          </Fragment>
        ),
      )}
    </p>
  );
}
