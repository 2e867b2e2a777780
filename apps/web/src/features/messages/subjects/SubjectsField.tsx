import { ActionIcon, Anchor, Button } from '@mantine/core';
import { LiquidInput } from '@perennial/ui';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { Link, useParams } from 'react-router';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import type { ContentFormProps } from '../content-form-props.ts';
import { MOST_SUBJECTS, moved, pointerOf, subjectsOf, withSubjects } from './subject-list.ts';
import classes from './Subjects.module.css';

type SubjectsFieldProps = Pick<ContentFormProps, 'content' | 'onChange' | 'readOnly' | 'errorAt'>;

/** One subject, or several of which each recipient gets one. */
export function SubjectsField({ content, onChange, readOnly, errorAt }: SubjectsFieldProps) {
  const t = useText();
  const list = useRef<HTMLOListElement>(null);
  const subjects = subjectsOf(content);
  const several = subjects.length > 1;

  /** Writes the list, and takes the keyboard to one of them. */
  const change = (next: readonly string[], focus?: number) => {
    onChange(withSubjects(content, next));
    if (focus === undefined) return;
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[focus]?.focus());
  };
  const addAfter = (index: number) => {
    if (subjects.length < MOST_SUBJECTS) change(subjects.toSpliced(index + 1, 0, ''), index + 1);
  };
  const move = (from: number, to: number) => {
    if (to >= 0 && to < subjects.length) change(moved(subjects, from, to), to);
  };
  const remove = (index: number) => change(subjects.toSpliced(index, 1), Math.max(0, index - 1));

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, index: number) => {
    const act = {
      ArrowUp: event.altKey ? () => move(index, index - 1) : undefined,
      ArrowDown: event.altKey ? () => move(index, index + 1) : undefined,
      Enter: several && !event.nativeEvent.isComposing ? () => addAfter(index) : undefined,
      Backspace: several && subjects[index] === '' ? () => remove(index) : undefined,
    }[event.key];
    if (!act || readOnly) return;
    event.preventDefault();
    act();
  };

  return (
    <div className={`${classes.field} ${several ? classes.several : ''}`}>
      <div className={classes.head}>
        <span className={classes.label}>
          {t(several ? 'subjects.label.several' : 'subjects.label')}
        </span>
        {several ? <ToResults /> : null}
      </div>
      <ol className={classes.list} ref={list}>
        {subjects.map((subject, i) => (
          <li key={i} className={classes.row}>
            {several ? (
              <span className={classes.number} aria-hidden>
                {i + 1}
              </span>
            ) : null}
            <LiquidInput
              aria-label={several ? t('subjects.one', { n: i + 1 }) : t('subjects.label')}
              data-pointer={pointerOf(i)}
              value={subject}
              error={errorAt(pointerOf(i))}
              readOnly={readOnly}
              dir="auto"
              onChange={(event) => change(subjects.with(i, event.currentTarget.value))}
              onKeyDown={(event) => onKeyDown(event, i)}
            />
            {several && !readOnly ? (
              <Tools
                n={i + 1}
                count={subjects.length}
                onMove={(by) => move(i, i + by)}
                onRemove={() => remove(i)}
              />
            ) : null}
          </li>
        ))}
      </ol>
      {readOnly ? null : (
        <div className={classes.foot}>
          {subjects.length < MOST_SUBJECTS ? (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => addAfter(subjects.length - 1)}
            >
              {t('subjects.add')}
            </Button>
          ) : (
            <span>{t('subjects.most', { most: MOST_SUBJECTS })}</span>
          )}
          <span>{t(several ? 'subjects.hint.several' : 'subjects.add.hint')}</span>
        </div>
      )}
    </div>
  );
}

interface ToolsProps {
  n: number;
  count: number;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

function Tools({ n, count, onMove, onRemove }: ToolsProps) {
  const t = useText();
  const common = { variant: 'subtle', color: 'gray', size: 28 } as const;
  return (
    <span className={classes.tools}>
      <ActionIcon
        {...common}
        aria-label={t('subjects.up', { n })}
        disabled={n === 1}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        {...common}
        aria-label={t('subjects.down', { n })}
        disabled={n === count}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon {...common} aria-label={t('subjects.remove', { n })} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </span>
  );
}

/** A message that is being made has no results. */
function ToResults() {
  const t = useText();
  const to = useTo();
  const { id } = useParams();
  if (!id) return null;
  return (
    <Anchor component={Link} to={to(`messages/${id}/subjects`)} size="xs">
      {t('subjects.results')}
    </Anchor>
  );
}
