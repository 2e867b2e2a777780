import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from './text.tsx';

interface FirstFewProps<Item> {
  items: readonly Item[];
  /** So many are shown until somebody wants all. */
  first: number;
  children: (shown: readonly Item[]) => ReactNode;
}

/** The first of many things, and a button for the rest; one more than `first` is shown at once. */
export function FirstFew<Item>({ items, first, children }: FirstFewProps<Item>) {
  const t = useText();
  const [all, setAll] = useState(false);
  const folds = items.length > first + 1;
  return (
    <>
      {children(folds && !all ? items.slice(0, first) : items)}
      {folds ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          mt="xs"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t('app.showFewer') : t('app.showAll', { n: items.length })}
        </Button>
      ) : null}
    </>
  );
}
