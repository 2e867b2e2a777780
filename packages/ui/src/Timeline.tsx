import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useScrollParent } from './scroll-parent.ts';
import classes from './Timeline.module.css';

interface TimelineProps<Item> {
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  render: (item: Item, index: number) => ReactNode;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** A history of any length, newest first, inside a Page that scrolls. */
export function Timeline<Item>(props: TimelineProps<Item>) {
  const { items, hasMore, loadingMore, onMore } = props;
  const scroller = useScrollParent();
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const empty = items.length === 0;
  useLayoutEffect(() => {
    if (!list.current || !scroller.current) return;
    const top = list.current.getBoundingClientRect().top;
    setOffset(top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop);
  }, [scroller, empty]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 52,
    getItemKey: (index) => props.itemKey(items[index] as Item),
    scrollMargin: offset,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !loadingMore && items.length > 0 && last >= items.length - 8) onMore();
  }, [hasMore, loadingMore, items.length, last, onMore]);
  return (
    <div
      ref={list}
      className={classes.list}
      role="feed"
      aria-label={props.label}
      aria-busy={loadingMore}
      style={{ blockSize: virtual.getTotalSize() }}
    >
      {shown.map((row) => (
        <div
          key={row.key}
          ref={virtual.measureElement}
          data-index={row.index}
          className={classes.slot}
          style={{ transform: `translateY(${row.start - offset}px)` }}
        >
          {props.render(items[row.index] as Item, row.index)}
        </div>
      ))}
    </div>
  );
}

interface TimelineItemProps {
  icon: ReactNode;
  title: ReactNode;
  /** Second line: what it was about. */
  detail?: ReactNode;
  status?: ReactNode;
  time: ReactNode;
  /** Opens below the line, for parameters and decisions. */
  children?: ReactNode;
  onClick?: (() => void) | undefined;
  expanded?: boolean | undefined;
}

/** One line of a history: icon, what happened, state and time. */
export function TimelineItem(props: TimelineItemProps) {
  const body = (
    <>
      <span className={classes.icon}>{props.icon}</span>
      <span className={classes.text}>
        <span className={classes.title} dir="auto">
          {props.title}
        </span>
        {props.detail ? (
          <span className={classes.detail} dir="auto">
            {props.detail}
          </span>
        ) : null}
      </span>
      {props.status ? <span className={classes.status}>{props.status}</span> : null}
      <span className={classes.time}>{props.time}</span>
    </>
  );
  return (
    <article className={classes.item}>
      {props.onClick ? (
        <button
          type="button"
          className={classes.line}
          aria-expanded={props.expanded}
          onClick={props.onClick}
        >
          {body}
        </button>
      ) : (
        <div className={classes.line}>{body}</div>
      )}
      {props.expanded && props.children ? (
        <div className={classes.more}>{props.children}</div>
      ) : null}
    </article>
  );
}

/** A heading between items: a day. */
export function TimelineHeading({ children }: { children: ReactNode }) {
  return <h3 className={classes.heading}>{children}</h3>;
}
