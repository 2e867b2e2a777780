import { Skeleton } from '@mantine/core';
import { useElementSize, useHotkeys, useMediaQuery, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { useDelayed } from '../use-delayed.ts';
import { useUiText } from '../use-ui-text.ts';
import { columnsThatFit, gridTemplate, leastWidth, type Sort } from './columns.ts';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { useRowFocus } from './use-row-focus.ts';
import type { TableSelection } from './selection.ts';
import type { TableView } from './use-table-view.ts';
import classes from './DataTable.module.css';

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  view: TableView<Row>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A click on free space of a row, or Enter, opens it. */
  onOpen?: ((row: Row) => void) | undefined;
  /** Marks the row whose details stand beside the table. */
  activeKey?: string | undefined;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  selection?: TableSelection | undefined;
  loading: boolean;
  hasMore?: boolean | undefined;
  loadingMore?: boolean | undefined;
  onMore?: (() => void) | undefined;
  /** Told when the list is scrolled away from its top, and back. */
  onTop?: ((atTop: boolean) => void) | undefined;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
}

const heights = { comfortable: 44, compact: 32 } as const;
const phoneHeight = 64;
const ahead = 12;

/** A list of any length: sticky head, virtual rows, endless scrolling, keyboard. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { view, rows, rowKey, hasMore, loadingMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const height = phone ? phoneHeight : heights[view.density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rowKey(rows[index] as Row),
    overscan: ahead,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - ahead && rows.length > 0) onMore?.();
  }, [hasMore, loadingMore, last, rows.length, onMore]);

  const focus = useRowFocus({
    count: rows.length,
    show: (index) => virtual.scrollToIndex(index),
    open: (index) => props.onOpen?.(rows[index] as Row),
    toggle: (index) => props.selection?.toggle(rowKey(rows[index] as Row)),
  });
  useHotkeys([
    ['j', () => focus.enter(scroller.current)],
    ['k', () => focus.enter(scroller.current)],
  ]);
  const selectable = Boolean(props.selection);
  const columns =
    phone || width === 0 ? view.shown : columnsThatFit(view.shown, { width, selectable });
  const template =
    (props.selection ? '36px ' : '') + (phone ? 'minmax(0, 1fr)' : gridTemplate(columns));
  const isEmpty = rows.length === 0 && !props.loading;

  return (
    <div
      ref={useMergedRef(scroller, measured)}
      className={classes.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={props.loading || loadingMore}
      data-density={view.density}
      data-phone={phone || undefined}
      onKeyDown={focus.onKeyDown}
      onScroll={(event) => props.onTop?.(event.currentTarget.scrollTop < height)}
    >
      <div
        className={classes.sheet}
        style={
          {
            '--columns': template,
            '--least': `${leastWidth(columns, { selectable })}px`,
          } as React.CSSProperties
        }
      >
        {phone || isEmpty ? null : (
          <TableHead
            columns={columns}
            sort={props.sort}
            onSort={props.onSort}
            selection={props.selection}
            keys={() => rows.map(rowKey)}
            onWidth={view.setWidth}
          />
        )}
        {props.loading ? <SkeletonRows height={height} columns={columns.length} /> : null}
        {isEmpty ? props.empty : null}
        <div
          className={classes.rows}
          role="rowgroup"
          style={{ blockSize: virtual.getTotalSize() + (hasMore ? height : 0) }}
        >
          <Edge side="before" />
          {items.map((item) => {
            const row = rows[item.index] as Row;
            const key = rowKey(row);
            return (
              <TableRow
                key={item.key}
                row={row}
                columns={columns}
                phone={Boolean(phone)}
                index={item.index}
                start={item.start}
                height={height}
                active={props.activeKey === key}
                openable={Boolean(props.onOpen)}
                tabIndex={focus.tabIndexOf(item.index)}
                onFocus={() => focus.remember(item.index)}
                onOpen={() => props.onOpen?.(row)}
                selected={props.selection?.keys.has(key)}
                onSelect={props.selection ? () => props.selection?.toggle(key) : undefined}
              />
            );
          })}
          <Edge side="after" />
          {hasMore ? <LoadingMore start={virtual.getTotalSize()} height={height} /> : null}
        </div>
      </div>
    </div>
  );
}

/** Where the focus leaves the rows. */
function Edge({ side }: { side: 'before' | 'after' }) {
  return <div className={classes.edge} data-edge={side} tabIndex={-1} aria-hidden />;
}

function LoadingMore({ start, height }: { start: number; height: number }) {
  const text = useUiText();
  return (
    <div
      className={classes.more}
      style={{ transform: `translateY(${start}px)`, blockSize: height }}
      aria-label={text('ui.table.loadingMore')}
    >
      <Skeleton height={10} width="40%" />
    </div>
  );
}

function SkeletonRows({ height, columns }: { height: number; columns: number }) {
  const shown = useDelayed(true);
  if (!shown) return null;
  return (
    <div aria-hidden>
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className={classes.skeletonRow} style={{ blockSize: height }}>
          {Array.from({ length: Math.min(columns, 6) }, (_, column) => (
            <Skeleton key={column} height={10} width={`${75 - ((row * 13 + column * 29) % 45)}%`} />
          ))}
        </div>
      ))}
    </div>
  );
}
