import { createContext, useContext, type RefObject } from 'react';

/** The element that scrolls the page; virtual lists inside measure themselves against it. */
export const ScrollParent = createContext<RefObject<HTMLElement | null> | null>(null);

export function useScrollParent(): RefObject<HTMLElement | null> {
  const parent = useContext(ScrollParent);
  if (!parent)
    throw new Error('A virtual list stands outside of a Page, which is what scrolls it.');
  return parent;
}
