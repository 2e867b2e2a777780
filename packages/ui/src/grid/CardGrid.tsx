import { useElementSize, useHotkeys, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import { isFreeSpace } from '../table/is-free-space.ts';
import { useRowFocus } from '../table/use-row-focus.ts';
import type { TableSelection } from '../table/selection.ts';
import { useDelayed } from '../use-delayed.ts';
import classes from './CardGrid.module.css';

interface CardGridProps<Item> {
  /** What it lists, for screen readers. */
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  /** Height of every card in px; they are at least `least` wide. */
  height: number;
  least?: number;
  renderCard: (item: Item) => ReactNode;
  /** A click on free space of a card, or Enter, opens it. */
  onOpen: (item: Item) => void;
  selection?: TableSelection | undefined;
  loading: boolean;
  hasMore?: boolean | undefined;
  loadingMore?: boolean | undefined;
  onMore?: (() => void) | undefined;
  empty: ReactNode;
}

const GAP = 16;
/** Where the page's own text begins. */
const EDGE = 24;
/** Rows drawn beyond those that are seen. */
const ahead = 1;

/** Cards of equal size, any number of them: only those near the view are drawn. */
export function CardGrid<Item>(props: CardGridProps<Item>) {
  const { label, items, itemKey, height, least = 232, hasMore, loadingMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const place = useMergedRef(scroller, measured);
  const across = Math.max(1, Math.floor((width - 2 * EDGE + GAP) / (least + GAP)));
  const rows = Math.ceil(items.length / across);
  const virtual = useVirtualizer({
    count: width > 0 ? rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    paddingStart: GAP,
    paddingEnd: GAP,
    overscan: ahead,
  });
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !loadingMore && rows > 0 && last >= rows - 1 - ahead) onMore?.();
  }, [hasMore, loadingMore, last, rows, onMore]);

  const focus = useRowFocus({
    count: items.length,
    across,
    show: (index) => virtual.scrollToIndex(Math.floor(index / across)),
    open: (index) => props.onOpen(items[index] as Item),
    toggle: (index) => props.selection?.toggle(itemKey(items[index] as Item)),
  });
  useHotkeys([
    ['j', () => focus.enter(scroller.current)],
    ['k', () => focus.enter(scroller.current)],
  ]);
  if (items.length === 0 && !props.loading)
    return <div className={classes.empty}>{props.empty}</div>;
  return (
    <div
      ref={place}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : rows}
      aria-colcount={across}
      aria-busy={props.loading || loadingMore}
      data-selecting={(props.selection && props.selection.keys.size > 0) || undefined}
      onKeyDown={focus.onKeyDown}
    >
      {props.loading ? <SkeletonCards height={height} across={across} /> : null}
      <div className={classes.sheet} style={{ blockSize: virtual.getTotalSize() }}>
        {drawn.map(({ index: row, start }) => (
          <div
            key={row}
            className={classes.row}
            role="row"
            aria-rowindex={row + 1}
            style={{
              transform: `translateY(${start}px)`,
              gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
              blockSize: height,
            }}
          >
            {items.slice(row * across, (row + 1) * across).map((item, column) => {
              const index = row * across + column;
              const key = itemKey(item);
              return (
                <div
                  key={key}
                  className={classes.cell}
                  role="gridcell"
                  data-row={index}
                  data-selected={props.selection?.keys.has(key) || undefined}
                  aria-selected={props.selection?.keys.has(key)}
                  tabIndex={focus.tabIndexOf(index)}
                  onFocus={() => focus.remember(index)}
                  onClick={(event) => {
                    if (isFreeSpace(event)) props.onOpen(item);
                  }}
                >
                  {props.renderCard(item)}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function SkeletonCards({ height, across }: { height: number; across: number }) {
  const shown = useDelayed(true);
  if (!shown) return null;
  return (
    <div
      className={classes.skeleton}
      aria-hidden
      style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}
    >
      {Array.from({ length: across * 3 }, (_, card) => (
        <Skeleton key={card} height={height} radius={8} />
      ))}
    </div>
  );
}
