import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { useUiText } from '../use-ui-text.ts';
import { nextSort, type Column, type Sort } from './columns.ts';
import type { TableSelection } from './selection.ts';
import classes from './DataTable.module.css';

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  selection: TableSelection | undefined;
  keys: () => string[];
  onWidth: (columnId: string, width: number | undefined) => void;
}

export function TableHead<Row>({
  columns,
  sort,
  onSort,
  selection,
  keys,
  onWidth,
}: TableHeadProps<Row>) {
  const text = useUiText();
  return (
    <div className={classes.head} role="row">
      {selection ? (
        <div className={classes.headCell} role="columnheader">
          <Checkbox
            aria-label={text('ui.table.selectAll')}
            checked={selection.keys.size > 0}
            onChange={() => selection.toggleAll(keys())}
          />
        </div>
      ) : null}
      {columns.map((column) => (
        <div
          key={column.id}
          className={classes.headCell}
          role="columnheader"
          data-align={column.align}
          aria-sort={ariaSort(column, sort)}
        >
          {column.sort && onSort ? (
            <SortButton column={column} sort={sort} onSort={onSort} />
          ) : (
            <span className={classes.headText}>{column.header}</span>
          )}
          <WidthHandle column={column} onWidth={(width) => onWidth(column.id, width)} />
        </div>
      ))}
    </div>
  );
}

interface WidthHandleProps<Row> {
  column: Column<Row>;
  onWidth: (width: number | undefined) => void;
}

const step = 16;

/** Drawn to make a column wider or narrower; a double click gives it its usual width back. */
function WidthHandle<Row>({ column, onWidth }: WidthHandleProps<Row>) {
  const text = useUiText();
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  return (
    <span
      className={classes.widthHandle}
      role="separator"
      aria-orientation="vertical"
      aria-label={text('ui.table.width', { column: column.header })}
      tabIndex={-1}
      onDoubleClick={() => onWidth(undefined)}
      onPointerDown={(event) => {
        const cell = event.currentTarget.parentElement;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: cell?.offsetWidth ?? column.width };
      }}
      onPointerMove={(event) => {
        if (!from.current) return;
        const turned = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
        onWidth(from.current.width + turned * (event.clientX - from.current.x));
      }}
      onPointerUp={() => (from.current = undefined)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') onWidth(column.width + step);
        if (event.key === 'ArrowLeft') onWidth(column.width - step);
      }}
    />
  );
}

interface SortButtonProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}

function SortButton<Row>({ column, sort, onSort }: SortButtonProps<Row>) {
  const text = useUiText();
  const key = column.sort ?? '';
  const on = sort?.key === key;
  const Arrow = on && !sort.descending ? IconArrowUp : IconArrowDown;
  return (
    <UnstyledButton
      className={classes.sort}
      data-on={on || undefined}
      aria-label={text('ui.table.sort', { column: column.header })}
      onClick={() => onSort(nextSort(sort, column))}
    >
      <span className={classes.headText}>{column.header}</span>
      <Arrow size={14} className={classes.arrow} aria-hidden />
    </UnstyledButton>
  );
}

function ariaSort<Row>(column: Column<Row>, sort: Sort | undefined) {
  if (!column.sort) return undefined;
  if (sort?.key !== column.sort) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}
