import { useCallback, useMemo, useState } from 'react';

export interface TableSelection {
  keys: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** Selects these, or clears when all of them are selected already. */
  toggleAll: (keys: readonly string[]) => void;
  clear: () => void;
}

/** Rows picked for a bulk action, by their keys. */
export function useTableSelection(): TableSelection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((key: string) => {
    setKeys((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  }, []);
  const toggleAll = useCallback((all: readonly string[]) => {
    setKeys((before) => (all.every((key) => before.has(key)) ? new Set() : new Set(all)));
  }, []);
  const clear = useCallback(() => setKeys(new Set()), []);
  return useMemo(() => ({ keys, toggle, toggleAll, clear }), [keys, toggle, toggleAll, clear]);
}
