import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from '../../app/text.tsx';

/** So many are enough to see what they are like. */
const FEW = 5;

interface FirstFewProps<Item> {
  items: readonly Item[];
  children: (item: Item) => ReactNode;
}

/** Lines of a list, of which the first are shown until somebody asks for all. */
export function FirstFew<Item>({ items, children }: FirstFewProps<Item>) {
  const t = useText();
  const [all, setAll] = useState(false);
  // One that would stand for a single line is longer than that line.
  const isLong = items.length > FEW + 1;
  return (
    <>
      {(all || !isLong ? items : items.slice(0, FEW)).map(children)}
      {isLong && !all ? (
        <li>
          <Button variant="subtle" size="compact-sm" ml={-8} onClick={() => setAll(true)}>
            {t('alarms.all', { count: items.length })}
          </Button>
        </li>
      ) : null}
    </>
  );
}
