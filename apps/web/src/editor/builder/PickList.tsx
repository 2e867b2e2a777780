import type { Icon } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { found } from './palette-items.ts';
import classes from './Builder.module.css';

export interface Pickable {
  id: string;
  label: string;
  /** A second line. */
  detail?: string | undefined;
  group: string;
  icon: Icon;
  colour: string;
  /** What it is found by; the first is its name. */
  words: readonly string[];
}

interface PickListProps {
  label: string;
  items: readonly Pickable[];
  empty: string;
  onPick: (id: string) => void;
  onClose: () => void;
  /** Called for the Tab key, where it means something. */
  onTab?: (() => void) | undefined;
}

/** A search with what it finds below: typed, walked with arrows, taken with Enter. */
export function PickList({ label, items, empty, onPick, onClose, onTab }: PickListProps) {
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => found(items, query), [items, query]);
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const optionId = (index: number) => `${listId}-${index}`;
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, at]);

  function keyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((at + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const picked = shown[at];
      if (picked) onPick(picked.id);
    } else if (event.key === 'Escape') {
      onClose();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      onTab?.();
    }
  }

  return (
    <>
      <input
        ref={input}
        className={classes.pickSearch}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown.length > 0 ? optionId(at) : undefined}
        placeholder={label}
        value={query}
        onChange={({ currentTarget: { value } }) => {
          setQuery(value);
          setActive(0);
        }}
        onKeyDown={keyDown}
      />
      <div id={listId} role="listbox" aria-label={label} className={classes.pickList}>
        {shown.length === 0 ? <p className={classes.pickNone}>{empty}</p> : null}
        {shown.map((item, index) => (
          <Option
            key={item.id}
            id={optionId(index)}
            item={item}
            active={index === at}
            heading={query === '' && item.group !== shown[index - 1]?.group ? item.group : null}
            onPick={() => onPick(item.id)}
            onPoint={() => setActive(index)}
          />
        ))}
      </div>
    </>
  );
}

interface OptionProps {
  id: string;
  item: Pickable;
  active: boolean;
  heading: string | null;
  onPick: () => void;
  onPoint: () => void;
}

function Option({ id, item, active, heading, onPick, onPoint }: OptionProps) {
  const { icon: Glyph, colour, label, detail } = item;
  return (
    <>
      {heading ? <div className={classes.heading}>{heading}</div> : null}
      <div
        id={id}
        role="option"
        aria-selected={active}
        className={classes.option}
        // The search keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
        onPointerMove={onPoint}
        onClick={onPick}
      >
        <Glyph size={16} stroke={1.75} color={colour} />
        <span className={classes.optionText}>
          <span>{label}</span>
          {detail ? (
            <span className={classes.optionDetail} dir="auto">
              {detail}
            </span>
          ) : null}
        </span>
      </div>
    </>
  );
}
