import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
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
}

export function TableHead<Row>({ columns, sort, onSort, selection, keys }: TableHeadProps<Row>) {
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
        </div>
      ))}
    </div>
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
