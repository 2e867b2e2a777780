import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

/** Which field of the card is being edited: one at a time. */
interface Editing {
  key: string | null;
  edit: (key: string) => void;
  /** Closes a field, and opens the next if there is one; another that was opened since stays. */
  leave: (key: string, next: string | null) => void;
}

const EditingContext = createContext<Editing>({ key: null, edit: () => {}, leave: () => {} });

export function EditingProvider({ children }: { children: ReactNode }) {
  const [key, setKey] = useState<string | null>(null);
  const value = useMemo(
    () => ({
      key,
      edit: setKey,
      leave: (left: string, next: string | null) => setKey((now) => (now === left ? next : now)),
    }),
    [key],
  );
  return <EditingContext value={value}>{children}</EditingContext>;
}

export function useEditing(): Editing {
  return useContext(EditingContext);
}

/** Marks the row of a field that can be edited; rows are gone through in the order of the page. */
export const FIELD_ROW = 'data-edit-field';

/** The field after (or before) one on the page; null at the end. */
export function neighbourOf(key: string, step: 1 | -1): string | null {
  const rows = [...document.querySelectorAll(`[${FIELD_ROW}]`)];
  const at = rows.findIndex((row) => row.getAttribute(FIELD_ROW) === key);
  return at < 0 ? null : (rows[at + step]?.getAttribute(FIELD_ROW) ?? null);
}

/** Puts the focus back on a field's value once its editor has closed, unless it went elsewhere. */
export function focusField(key: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const rows = [...document.querySelectorAll<HTMLElement>(`[${FIELD_ROW}]`)];
    const row = rows.find((each) => each.getAttribute(FIELD_ROW) === key);
    row?.querySelector<HTMLElement>('button')?.focus();
  });
}
