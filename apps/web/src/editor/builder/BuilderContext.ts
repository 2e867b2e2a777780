import { createContext, useContext } from 'react';
import type { Way } from '../edit/draft.ts';

/** What blocks and edges of the canvas can ask for where the graph is edited. */
export interface BuilderActions {
  /** Opens the search for what comes next on a way. */
  add: (way: Way) => void;
  writeNote: (block: string, note: string) => void;
  /** Done with a note. */
  leaveNote: () => void;
}

export const BuilderContext = createContext<BuilderActions | null>(null);

/** Nothing on a canvas that is only looked at. */
export function useBuilder(): BuilderActions | null {
  return useContext(BuilderContext);
}
