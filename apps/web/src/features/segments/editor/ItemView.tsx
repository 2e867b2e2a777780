import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowsLeftRight,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconSquarePlus,
  IconTrash,
} from '@tabler/icons-react';
import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { aboutOf, groupOfCondition } from '../../conditions/condition-group.ts';
import { ConditionForm } from '../../conditions/ConditionForm.tsx';
import { NotToggle } from '../../conditions/NotToggle.tsx';
import { offerIcons } from '../../conditions/OfferList.tsx';
import type { Side } from './board.ts';
import { looksTheSame, type ItemViewProps } from './looks-the-same.ts';
import { isBelow, startDrag, stepOf } from './moving.ts';
import classes from './Editor.module.css';

/** A condition as a sentence; opened, its form stands below. Hundreds may stand on a card. */
export const ItemView = memo(DrawnItem, looksTheSame);

function DrawnItem({ item, card, index, side, share, joined }: ItemViewProps) {
  const t = useText();
  const { actions, drag, setDrag, readOnly, words } = share;
  const isOpen = share.open === item.id && !readOnly;
  const root = useRef<HTMLLIElement>(null);
  const said = words.say(item.condition);
  const Glyph = offerIcons[groupOfCondition(item.condition)];
  const problems = share.problems.filter((problem) => problem.item === item.id);
  const other: Side = side === 'include' ? 'exclude' : 'include';
  const hasOther = share.sides.includes(other);

  useEffect(() => {
    if (!isOpen) return;
    const form = root.current?.querySelector<HTMLElement>(`.${classes.itemForm}`);
    const fields = [...(form?.querySelectorAll<HTMLInputElement>('input, button') ?? [])];
    // What is to be filled in comes first: the rest has a good value already.
    (
      fields.find((field) => field instanceof HTMLInputElement && field.value === '') ?? fields[0]
    )?.focus();
    root.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);

  const shut = () => {
    share.onOpen(undefined);
    root.current?.querySelector<HTMLElement>(`.${classes.sentence}`)?.focus();
  };
  const onHandleKey = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step === undefined || (step === 'across' && !hasOther)) return;
    event.preventDefault();
    share.moved(`i${item.id}`);
    if (step === 'across') actions.itemToNewCard(item.id, other);
    else actions.stepItem(item.id, step);
  };
  const onSentenceKey = (event: KeyboardEvent) => {
    if (readOnly) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      actions.removeItem(item.id);
    }
    if (event.key === 'd' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      actions.duplicateItem(item.id);
    }
  };
  const onFormKey = (event: KeyboardEvent<HTMLElement>) => {
    const listIsOpen = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape' && !listIsOpen && root.current?.contains(event.target as Node)) {
      event.stopPropagation();
      shut();
    }
  };
  const unfinished = () => {
    const about = aboutOf(item.condition, share.vocabulary, t);
    if (about === undefined) return t('segments.editor.unfinished');
    return t('segments.editor.unfinishedAbout', { about });
  };
  const over = drag?.over;
  const isOver = drag?.kind === 'item' && over?.kind === 'item' && over.card === card.id;
  const mark = !isOver
    ? undefined
    : over.index === index
      ? 'before'
      : over.index === index + 1 && index === card.items.length - 1
        ? 'after'
        : undefined;
  return (
    <li
      ref={root}
      className={classes.item}
      data-open={isOpen || undefined}
      data-negated={item.negated || undefined}
      data-dragged={(drag?.kind === 'item' && drag.id === item.id) || undefined}
      data-mark={mark}
      onDragOver={(event) => {
        if (drag?.kind !== 'item') return;
        event.preventDefault();
        event.stopPropagation();
        setDrag({
          ...drag,
          over: { kind: 'item', card: card.id, index: isBelow(event) ? index + 1 : index },
        });
      }}
    >
      <div
        className={classes.itemLine}
        draggable={!readOnly}
        onDragStart={(event) => startDrag(event, () => setDrag({ kind: 'item', id: item.id }))}
        onDragEnd={() => setDrag(undefined)}
      >
        {readOnly ? null : (
          <Tooltip
            label={t(hasOther ? 'segments.editor.moveItem.hint' : 'segments.editor.move.hint')}
          >
            <UnstyledButton
              className={classes.handle}
              data-handle={`i${item.id}`}
              aria-label={t('segments.editor.moveItem')}
              onKeyDown={onHandleKey}
            >
              <IconGripVertical size={14} />
            </UnstyledButton>
          </Tooltip>
        )}
        <Glyph size={16} stroke={1.75} className={classes.itemIcon} aria-hidden />
        {item.negated ? (
          <NotToggle on onChange={() => (readOnly ? undefined : actions.negateItem(item.id))} />
        ) : null}
        <UnstyledButton
          className={classes.sentence}
          data-unfinished={said === undefined || undefined}
          aria-expanded={isOpen}
          disabled={readOnly}
          dir="auto"
          onClick={() => share.onOpen(isOpen ? undefined : item.id)}
          onKeyDown={onSentenceKey}
        >
          {joined ? (
            <span className={classes.joined}>{t(`segments.editor.${joined}`)} </span>
          ) : null}
          {said ?? unfinished()}
        </UnstyledButton>
        {readOnly ? null : (
          <span className={classes.itemEnd}>
            {item.negated ? null : (
              <NotToggle on={false} onChange={() => actions.negateItem(item.id)} />
            )}
            <Menu>
              <Menu.Target>
                <ActionIcon size={24} aria-label={t('segments.editor.itemActions')}>
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconCopy size={14} />}
                  onClick={() => actions.duplicateItem(item.id)}
                >
                  {t('segments.editor.duplicate')}
                </Menu.Item>
                {card.items.length > 1 ? (
                  <Menu.Item
                    leftSection={<IconSquarePlus size={14} />}
                    onClick={() => actions.itemToNewCard(item.id, side)}
                  >
                    {t('segments.editor.toNewCard')}
                  </Menu.Item>
                ) : null}
                {hasOther ? (
                  <Menu.Item
                    leftSection={<IconArrowsLeftRight size={14} />}
                    onClick={() => actions.itemToNewCard(item.id, other)}
                  >
                    {t(`segments.editor.to.${other}`)}
                  </Menu.Item>
                ) : null}
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={14} />}
                  onClick={() => actions.removeItem(item.id)}
                >
                  {t('segments.editor.removeItem')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </span>
        )}
      </div>
      {isOpen ? (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape of any field in it
        <div className={classes.itemForm} onKeyDown={onFormKey}>
          <ConditionForm
            condition={item.condition}
            onChange={(condition) => actions.changeItem(item.id, condition)}
            vocabulary={share.vocabulary}
            words={words}
            allowsEvent={share.allowsEvent}
          />
        </div>
      ) : null}
      {problems.map(({ path, message, severity }) => (
        <p
          key={`${path} ${message}`}
          className={classes.itemProblem}
          data-severity={severity}
          data-open={isOpen || undefined}
        >
          {severity === 'error' ? <IconAlertCircle size={14} /> : <IconAlertTriangle size={14} />}
          {message}
        </p>
      ))}
    </li>
  );
}
