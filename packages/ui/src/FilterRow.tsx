import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './FilterRow.module.css';

interface FilterRowProps {
  children: ReactNode;
  /** How many of them hold. Given, they fold behind one button on a phone. */
  active?: number;
  /** Buttons that do something to all that is shown; on a phone they stand below. */
  acts?: ReactNode;
  /** Stands at the far end: counts, view menus. */
  end?: ReactNode;
}

/** The row of search and filters between a list's header and its table. */
export function FilterRow({ children, active, acts, end }: FilterRowProps) {
  const [unfolded, setUnfolded] = useState(false);
  const foldable = active !== undefined;
  return (
    <div className={classes.row} role="search">
      <div className={classes.filters} data-folded={(foldable && !unfolded) || undefined}>
        {foldable ? (
          <FoldButton active={active} unfolded={unfolded} onClick={() => setUnfolded(!unfolded)} />
        ) : null}
        {children}
      </div>
      {acts ? <div className={`${classes.end} ${classes.acts}`}>{acts}</div> : null}
      {end ? <div className={classes.end}>{end}</div> : null}
    </div>
  );
}

interface FoldButtonProps {
  active: number;
  unfolded: boolean;
  onClick: () => void;
}

/** Only on a phone, where the filters would push the list off the screen. */
function FoldButton({ active, unfolded, onClick }: FoldButtonProps) {
  const text = useUiText();
  return (
    <Button
      className={classes.fold ?? ''}
      variant="default"
      leftSection={<IconFilter size={16} />}
      aria-expanded={unfolded}
      onClick={onClick}
    >
      {text('ui.filters', { count: active })}
    </Button>
  );
}
