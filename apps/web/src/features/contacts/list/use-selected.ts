import type { ContactSelection } from '@perennial/contracts';
import { useTableSelection, type TableSelection } from '@perennial/ui';
import { useEffect, useMemo, useState } from 'react';
import { parse } from './filter.ts';

/** What a list shows: the parts of its address that choose contacts. */
export interface ListChoice {
  search: string;
  filter: string;
  identified: string;
  deleted: boolean;
}

export interface Selected {
  selection: TableSelection;
  /** All that match are meant, loaded or not. */
  all: boolean;
  selectAll: () => void;
  clear: () => void;
  /** What a call takes: these IDs, or everything that the list shows. */
  chosen: () => ContactSelection;
  /** Everything that the list shows. */
  everything: () => ContactSelection;
}

/** Rows that were picked, or everything that the list would show. */
export function useSelected(choice: ListChoice): Selected {
  const selection = useTableSelection();
  const [all, setAll] = useState(false);
  const { keys, clear: clearKeys } = selection;
  const { search, filter, identified, deleted } = choice;
  // Another list: what was picked in the former one is not meant.
  useEffect(() => {
    clearKeys();
    setAll(false);
  }, [search, filter, identified, deleted, clearKeys]);
  const picking = useMemo(
    () => ({
      ...selection,
      toggle: (key: string) => {
        setAll(false);
        selection.toggle(key);
      },
      toggleAll: (some: readonly string[]) => {
        setAll(false);
        selection.toggleAll(some);
      },
      clear: () => {
        setAll(false);
        selection.clear();
      },
    }),
    [selection],
  );
  return {
    selection: picking,
    all,
    selectAll: () => setAll(true),
    clear: picking.clear,
    chosen: () => (all ? everything(choice) : { contacts: [...keys] }),
    everything: () => everything(choice),
  };
}

function everything({ search, filter, identified, deleted }: ListChoice): ContactSelection {
  const node = parse(filter);
  return {
    ...(search && { search }),
    ...(node && { filter: node as never }),
    ...(identified === 'all' && { identified: 'all' as const }),
    ...(deleted && { deleted }),
  };
}
