import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Fragment, type DragEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { AddCondition } from '../../conditions/AddCondition.tsx';
import { cardsOf, isMixed, type Column, type Join, type Side } from './board.ts';
import { Examples } from '../Examples.tsx';
import { CardView } from './CardView.tsx';
import type { BoardShare } from './share.ts';
import classes from './Editor.module.css';

interface ColumnViewProps {
  side: Side;
  column: Column;
  share: BoardShare;
}

/** A column of cards with what joins them. */
export function ColumnView({ side, column, share }: ColumnViewProps) {
  const t = useText();
  const { actions, drag, setDrag, readOnly } = share;
  const { cards, joins } = column;
  const isOnly = share.sides.length === 1;
  const end = { kind: 'card', side, index: cards.length } as const;
  const over = (event: DragEvent) => {
    if (!drag) return;
    event.preventDefault();
    setDrag({ ...drag, over: end });
  };
  const drop = () => {
    const place = drag?.over;
    if (drag?.kind === 'item' && place?.kind === 'item') actions.moveItem(drag.id, place);
    if (drag?.kind === 'item' && place?.kind === 'card') actions.itemToNewCard(drag.id, place.side);
    if (drag?.kind === 'card' && place?.kind === 'card') actions.moveCard(drag.id, place);
    setDrag(undefined);
  };
  const isEnd =
    drag?.over?.kind === 'card' && drag.over.side === side && drag.over.index === cards.length;
  return (
    <section
      className={classes.column}
      data-side={side}
      aria-label={t(`segments.editor.${side}`)}
      onDragOver={over}
      onDrop={drop}
    >
      {isOnly ? (
        isMixed(column) && <First side={side} column={column} share={share} />
      ) : (
        <header className={classes.columnHead}>
          <h2 className={classes.columnTitle}>{t(`segments.editor.${side}`)}</h2>
          <p className={classes.columnHint}>{t(`segments.editor.${side}.hint`)}</p>
          {isMixed(column) ? <First side={side} column={column} share={share} /> : null}
        </header>
      )}
      {cards.map((card, index) => (
        <Fragment key={card.id}>
          {index > 0 ? (
            <JoinButton
              join={joins[index - 1]!}
              readOnly={readOnly}
              onToggle={() => actions.toggleJoin(side, index - 1)}
            />
          ) : null}
          <CardView card={card} side={side} index={index} share={share} />
        </Fragment>
      ))}
      {cards.length === 0 ? (
        <p className={classes.columnEmpty} data-over={isEnd || undefined}>
          {t(isOnly ? 'segments.editor.single.empty' : `segments.editor.${side}.empty`)}
        </p>
      ) : null}
      {readOnly ? null : (
        <div className={classes.addCard} data-over={(isEnd && cards.length > 0) || undefined}>
          <AddCondition
            vocabulary={share.vocabulary}
            without={share.segment && `segment:${share.segment}`}
            onAdd={(condition) => actions.addCard(side, condition)}
          >
            {(toggle) => (
              <Button
                size="xs"
                variant={cards.length === 0 && side === 'include' && !isOnly ? 'filled' : 'default'}
                leftSection={<IconPlus size={14} />}
                onClick={toggle}
              >
                {t(cards.length === 0 ? 'conditions.add' : 'segments.editor.addCard')}
              </Button>
            )}
          </AddCondition>
        </div>
      )}
      {side === 'include' && !isOnly && isUntouched(share) ? <Examples /> : null}
    </section>
  );
}

/** A new segment of which nothing is drawn yet. */
function isUntouched({ board, readOnly, segment }: BoardShare): boolean {
  return !readOnly && segment === undefined && cardsOf(board).length === 0;
}

interface JoinButtonProps {
  join: Join;
  readOnly: boolean;
  onToggle: () => void;
}

/** What stands between two cards; a click turns it. */
function JoinButton({ join, readOnly, onToggle }: JoinButtonProps) {
  const t = useText();
  return (
    <div className={classes.join}>
      <UnstyledButton
        className={classes.joinWord}
        data-join={join}
        disabled={readOnly}
        aria-label={t('segments.editor.join.turn', { join })}
        onClick={onToggle}
      >
        {t(`segments.editor.${join}`)}
      </UnstyledButton>
    </div>
  );
}

/** Where both joins stand: which of them is done first, as brackets in the formula show. */
function First({ side, column, share }: ColumnViewProps) {
  const t = useText();
  return (
    <SegmentedControl
      size="xs"
      className={classes.first ?? ''}
      aria-label={t('segments.editor.first')}
      disabled={share.readOnly}
      value={column.first}
      onChange={(first) => share.actions.setFirst(side, first)}
      data={[
        { value: 'and', label: t('segments.editor.first.and') },
        { value: 'or', label: t('segments.editor.first.or') },
      ]}
    />
  );
}
