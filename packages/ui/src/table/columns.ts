import type { ReactNode } from 'react';

/** A column of a DataTable. Everything about showing one member of a row stands here. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Least width in px; the column grows by `grow` beyond it. */
  width: number;
  grow?: number;
  align?: 'end';
  /** Set when the server can sort by it: the key it knows. */
  sort?: string;
  /** Left out where there is not room for all: the greatest number goes first. */
  yields?: number;
  /** Off until chosen. */
  optional?: boolean;
  /** Cannot be taken out. */
  fixed?: boolean;
  /** Place on a phone, where a row is a card of two lines, title and end over meta and action; others are left out. */
  phone?: 'title' | 'end' | 'meta' | 'action';
  /** What stands there instead of the cell: no head says what a bare number is. */
  phoneCell?: (row: Row) => ReactNode;
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** `-updated_at` on the wire is `{ key: 'updated_at', descending: true }`. */
export function parseSort(value: string): Sort {
  return value.startsWith('-')
    ? { key: value.slice(1), descending: true }
    : { key: value, descending: false };
}

export function formatSort(sort: Sort): string {
  return sort.descending ? `-${sort.key}` : sort.key;
}

/**
 * A click on a head sorts by it, then turns: numbers and times begin with the greatest, texts
 * with A.
 */
export function nextSort(
  current: Sort | undefined,
  { sort: key = '', align }: Pick<Column<never>, 'sort' | 'align'>,
): Sort {
  if (current?.key !== key) return { key, descending: align === 'end' };
  return { key, descending: !current.descending };
}

/** The columns that stand side by side in this width; those that do not yield stay, and are scrolled to. */
export function columnsThatFit<Row>(
  columns: readonly Column<Row>[],
  { width, selectable }: { width: number; selectable: boolean },
): readonly Column<Row>[] {
  if (leastWidth(columns, { selectable }) <= width) return columns;
  const [next] = columns
    .filter((column) => column.yields !== undefined)
    .toSorted((a, b) => b.yields! - a.yields!);
  if (!next) return columns;
  const others = columns.filter((column) => column !== next);
  return columnsThatFit(others, { width, selectable });
}

/** The grid template of the columns shown. */
export function gridTemplate(columns: readonly Pick<Column<never>, 'width' | 'grow'>[]): string {
  return columns
    .map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
    .join(' ');
}

/** Below this width the table scrolls sideways. */
export function leastWidth(
  columns: readonly Pick<Column<never>, 'width'>[],
  { selectable = false }: { selectable?: boolean } = {},
): number {
  const edges = selectable ? 68 : 32;
  return columns.reduce((sum, { width }) => sum + width, edges);
}
