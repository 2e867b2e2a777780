import type { Field } from '@perennial/contracts';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import type { TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';
import { moveField, stepField, stepGroup, type Place, type Shelf } from './arrangement.ts';
import { FieldRow } from './FieldRow.tsx';
import { GroupHead } from './GroupHead.tsx';
import classes from './Fields.module.css';

interface FieldShelvesProps {
  shelves: Shelf[];
  /** Undefined: the order cannot be changed now. */
  onArrange: ((shelves: Shelf[]) => void) | undefined;
  open: string;
  onOpen: (field: Field) => void;
  conflicts: ReadonlyMap<string, number>;
}

/** What is dragged, and where it would be put. */
interface Drag {
  id: string;
  over: Place | null;
}

/** Custom fields by group; rows and groups move by pointer and by keyboard. */
export function FieldShelves({ shelves, onArrange, open, onOpen, conflicts }: FieldShelvesProps) {
  const t = useText();
  const [drag, setDrag] = useState<Drag | null>(null);
  const drop = () => {
    if (drag?.over && onArrange) onArrange(moveField(shelves, drag.id, drag.over));
    setDrag(null);
  };
  const over = (place: Place) => (event: DragEvent) => {
    if (!drag) return;
    event.preventDefault();
    if (drag.over?.shelf !== place.shelf || drag.over.index !== place.index) {
      setDrag({ ...drag, over: place });
    }
  };
  const onKeyDown = (field: Field) => (event: KeyboardEvent) => {
    if (!event.altKey || !onArrange || field.id === null) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onArrange(stepField(shelves, field.id, event.key === 'ArrowUp' ? -1 : 1));
  };
  const isAt = (shelf: number, index: number) =>
    drag?.over?.shelf === shelf && drag.over.index === index;
  const single = shelves.length === 1;
  return shelves.map(({ group, fields }, shelf) => (
    <section
      key={group?.id ?? 'none'}
      onDrop={drop}
      onDragOver={over({ shelf, index: fields.length })}
    >
      <GroupHead
        group={group}
        title={single ? t('settings.fields.custom') : (group?.name ?? t('settings.fields.noGroup'))}
        count={fields.length}
        {...(onArrange && group
          ? { onStep: (step: 1 | -1) => onArrange(stepGroup(shelves, shelf, step)) }
          : {})}
      />
      {fields.length === 0 ? (
        <p className={classes.emptyGroup} data-over={isAt(shelf, 0) || undefined}>
          {t(emptyWords(group !== null, single))}
        </p>
      ) : null}
      {fields.map((field, index) => (
        <FieldRow
          key={field.key}
          field={field}
          active={open === field.key}
          conflicts={conflicts.get(`custom.${field.key}`) ?? 0}
          onOpen={() => onOpen(field)}
          {...(onArrange
            ? {
                onDragStart: () => field.id !== null && setDrag({ id: field.id, over: null }),
                onDragEnd: () => setDrag(null),
                onDragOver: (event: DragEvent<HTMLElement>) => {
                  event.stopPropagation();
                  const { top, height } = event.currentTarget.getBoundingClientRect();
                  const below = event.clientY > top + height / 2;
                  over({ shelf, index: below ? index + 1 : index })(event);
                },
                onHandleKeyDown: onKeyDown(field),
              }
            : {})}
          dragged={drag !== null && drag.id === field.id}
          mark={
            isAt(shelf, index)
              ? 'before'
              : isAt(shelf, index + 1) && index === fields.length - 1
                ? 'after'
                : undefined
          }
        />
      ))}
    </section>
  ));
}

function emptyWords(isGroup: boolean, single: boolean): TextId {
  if (isGroup) return 'settings.fields.emptyGroup';
  return single ? 'settings.fields.noneYet' : 'settings.fields.allGrouped';
}
