import { createContext, useContext } from 'react';
import type { Way } from '../edit/draft.ts';

/** What blocks and edges of the canvas can ask for where the graph is edited. */
export interface BuilderActions {
  /** Opens the search for what comes next on a way. */
  add: (way: Way) => void;
  writeNote: (block: string, note: string) => void;
  /** A note of the canvas is to be written on. */
  openNote: (element: string) => void;
  writeFreeNote: (element: string, text: string) => void;
  /** Done with a note; the keyboard goes to an element, if one is named. */
  leaveNote: (element?: string) => void;
}

export const BuilderContext = createContext<BuilderActions | null>(null);

/** Nothing on a canvas that is only looked at. */
export function useBuilder(): BuilderActions | null {
  return useContext(BuilderContext);
}
