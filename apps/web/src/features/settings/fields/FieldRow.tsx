import { Tooltip, UnstyledButton } from '@mantine/core';
import type { Field } from '@perennial/contracts';
import { StatusBadge, Time } from '@perennial/ui';
import { IconAlertTriangle, IconGripVertical } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { SourceWord } from '../../contacts/SourceWord.tsx';
import { useText } from '../../../app/text.tsx';
import { fieldTypeWords } from '../field-type-words.ts';
import classes from './Fields.module.css';

interface FieldRowProps {
  field: Field;
  active: boolean;
  conflicts: number;
  onOpen: () => void;
  onDragStart?: () => void;
  onDragEnd?: () => void;
  onDragOver?: (event: DragEvent<HTMLElement>) => void;
  onHandleKeyDown?: (event: KeyboardEvent) => void;
  dragged?: boolean;
  /** Where what is dragged would be put. */
  mark?: 'before' | 'after' | undefined;
}

/** A field in one line; the handle at its start moves it. */
export function FieldRow(props: FieldRowProps) {
  const t = useText();
  const { field, onHandleKeyDown } = props;
  return (
    <div
      className={classes.row}
      data-active={props.active || undefined}
      data-dragged={props.dragged || undefined}
      data-mark={props.mark}
      draggable={props.onDragStart !== undefined}
      onDragStart={props.onDragStart}
      onDragEnd={props.onDragEnd}
      onDragOver={props.onDragOver}
      onClick={props.onOpen}
    >
      {onHandleKeyDown ? (
        <Tooltip label={t('settings.fields.move')}>
          <UnstyledButton
            className={classes.handle}
            aria-label={t('settings.fields.moveField', { field: field.label })}
            data-handle={field.key}
            onKeyDown={onHandleKeyDown}
            onClick={(event) => event.stopPropagation()}
          >
            <IconGripVertical size={16} />
          </UnstyledButton>
        </Tooltip>
      ) : (
        <span className={classes.handle} />
      )}
      <UnstyledButton className={classes.name} dir="auto" onClick={props.onOpen}>
        {field.label}
      </UnstyledButton>
      <span className={classes.key}>{field.key}</span>
      <span className={classes.type}>{fieldTypeWords(field.type, t)}</span>
      <span className={classes.origin}>
        {field.system ? null : (
          <>
            {field.source ? <SourceWord source={field.source} /> : null} ·{' '}
            <Time at={field.created_at} />
          </>
        )}
      </span>
      <span className={classes.state}>
        {props.conflicts > 0 ? (
          <Tooltip label={t('settings.fields.conflicts', { n: props.conflicts })}>
            <span className={classes.warning}>
              <IconAlertTriangle
                size={16}
                aria-label={t('settings.fields.conflicts', { n: props.conflicts })}
              />
              {props.conflicts}
            </span>
          </Tooltip>
        ) : null}
        {field.archived_at ? (
          <StatusBadge tone="neutral" variant="soft">
            {t('settings.fields.archived')}
          </StatusBadge>
        ) : null}
      </span>
    </div>
  );
}
