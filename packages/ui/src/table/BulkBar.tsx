import { Button, Transition } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useUiText } from '../use-ui-text.ts';
import type { TableSelection } from './selection.ts';
import classes from './BulkBar.module.css';

/** Floats over the table while rows are selected and offers what can be done with them. */
export function BulkBar({
  selection,
  children,
  count = selection.keys.size,
  more,
  ref,
}: {
  selection: TableSelection;
  children: ReactNode;
  /** When more are meant than are loaded. */
  count?: number | undefined;
  /** Stands behind the count. */
  more?: ReactNode;
  /** Takes the focus when what had it in here goes away. */
  ref?: Ref<HTMLDivElement> | undefined;
}) {
  const text = useUiText();
  return (
    <Transition mounted={selection.keys.size > 0} transition="slide-up" duration={150}>
      {(style) => (
        <div className={classes.root} style={style} role="toolbar" tabIndex={-1} ref={ref}>
          <span className={classes.count}>{text('ui.table.selected', { count })}</span>
          {more}
          {children}
          <Button variant="subtle" color="gray" size="xs" onClick={selection.clear}>
            {text('ui.table.clearSelection')}
          </Button>
        </div>
      )}
    </Transition>
  );
}
