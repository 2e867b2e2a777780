import { ActionIcon, Button, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconArrowsLeftRight,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { AddCondition } from '../../conditions/AddCondition.tsx';
import { MatchPick } from '../../conditions/MatchPick.tsx';
import { NotToggle } from '../../conditions/NotToggle.tsx';
import type { Card, Side } from './board.ts';
import { ItemView } from './ItemView.tsx';
import { isBelow, startDrag, stepOf } from './moving.ts';
import type { BoardShare } from './share.ts';
import classes from './Editor.module.css';

interface CardViewProps {
  card: Card;
  side: Side;
  /** In its column. */
  index: number;
  share: BoardShare;
}

/** Conditions of which all or any must hold; turned around, the whole card says so in red. */
export function CardView({ card, side, index, share }: CardViewProps) {
  const t = useText();
  const { actions, drag, setDrag, readOnly } = share;
  const other: Side = side === 'include' ? 'exclude' : 'include';
  const hasOther = share.sides.includes(other);
  const toOther = () =>
    actions.moveCard(card.id, { side: other, index: share.board[other].cards.length });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step === undefined || (step === 'across' && !hasOther)) return;
    event.preventDefault();
    share.moved(`c${card.id}`);
    if (step === 'across') toOther();
    else actions.stepCard(card.id, step);
  };
  const overItems = (event: DragEvent<HTMLElement>) => {
    if (drag?.kind === 'card') {
      event.preventDefault();
      event.stopPropagation();
      setDrag({ ...drag, over: { kind: 'card', side, index: isBelow(event) ? index + 1 : index } });
    }
    if (drag?.kind === 'item') {
      event.preventDefault();
      event.stopPropagation();
      setDrag({ ...drag, over: { kind: 'item', card: card.id, index: card.items.length } });
    }
  };
  const over = drag?.over;
  const isTarget = over?.kind === 'item' && over.card === card.id;
  const mark =
    drag?.kind === 'card' && over?.kind === 'card' && over.side === side
      ? over.index === index
        ? 'before'
        : over.index === index + 1 && index === share.board[side].cards.length - 1
          ? 'after'
          : undefined
      : undefined;
  return (
    <article
      className={classes.card}
      data-negated={card.negated || undefined}
      data-dragged={(drag?.kind === 'card' && drag.id === card.id) || undefined}
      data-target={isTarget || undefined}
      data-mark={mark}
      aria-label={t('segments.editor.card', { letter: share.letter(card.id) })}
      onDragOver={overItems}
    >
      <header
        className={classes.cardHead}
        draggable={!readOnly}
        onDragStart={(event) => startDrag(event, () => setDrag({ kind: 'card', id: card.id }))}
        onDragEnd={() => setDrag(undefined)}
      >
        {readOnly ? null : (
          <Tooltip
            label={t(hasOther ? 'segments.editor.moveCard.hint' : 'segments.editor.move.hint')}
          >
            <UnstyledButton
              className={classes.handle}
              data-handle={`c${card.id}`}
              aria-label={t('segments.editor.moveCard', { letter: share.letter(card.id) })}
              onKeyDown={onKeyDown}
            >
              <IconGripVertical size={14} />
            </UnstyledButton>
          </Tooltip>
        )}
        <span className={classes.letter}>{share.letter(card.id)}</span>
        {readOnly && !card.negated ? null : (
          <NotToggle
            on={card.negated}
            onChange={() => (readOnly ? undefined : actions.negateCard(card.id))}
          />
        )}
        {card.items.length > 1 || card.match === 'any' ? (
          <MatchPick
            value={card.match}
            onChange={(match) => (readOnly ? undefined : actions.matchCard(card.id, match))}
          />
        ) : null}
        {readOnly ? null : (
          <span className={classes.cardEnd}>
            <AddCondition
              vocabulary={share.vocabulary}
              without={share.segment && `segment:${share.segment}`}
              onAdd={(condition) => actions.addItem(card.id, condition)}
            >
              {(toggle) => (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconPlus size={12} />}
                  aria-label={t('segments.editor.addTo', { letter: share.letter(card.id) })}
                  onClick={toggle}
                >
                  {t('segments.editor.addItem')}
                </Button>
              )}
            </AddCondition>
            <Menu>
              <Menu.Target>
                <ActionIcon
                  size={24}
                  aria-label={t('segments.editor.cardActions', { letter: share.letter(card.id) })}
                >
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconCopy size={14} />}
                  onClick={() => actions.duplicateCard(card.id)}
                >
                  {t('segments.editor.duplicate')}
                </Menu.Item>
                {hasOther ? (
                  <Menu.Item leftSection={<IconArrowsLeftRight size={14} />} onClick={toOther}>
                    {t(`segments.editor.to.${other}`)}
                  </Menu.Item>
                ) : null}
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={14} />}
                  onClick={() => actions.removeCard(card.id)}
                >
                  {t('segments.editor.removeCard')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </span>
        )}
      </header>
      <ul className={classes.items}>
        {card.items.map((item, n) => (
          <ItemView
            key={item.id}
            item={item}
            card={card}
            index={n}
            side={side}
            share={share}
            joined={n > 0 ? (card.match === 'all' ? 'and' : 'or') : undefined}
          />
        ))}
      </ul>
    </article>
  );
}
