import { useState, type FocusEvent } from 'react';
import type { DraftProblem } from './preview/use-preview.ts';

interface Asked {
  language: string;
  problems: readonly DraftProblem[];
  /** Saving was tried as it is. */
  tried: boolean;
}

/**
 * What is wrong with a draft, as its author may know: what is empty is no mistake before they have left it,
 * nor while they are in it. Fields, or what is around them, say where they are by `data-pointer`.
 */
export function useShownProblems({ language, problems, tried }: Asked) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const placeOf = (pointer: string): string => `${language}${pointer}`;
  const note =
    (turn: (places: Set<string>, place: string) => unknown) =>
    ({ target }: FocusEvent<HTMLElement>): void => {
      const { pointer } = target.closest<HTMLElement>('[data-pointer]')?.dataset ?? {};
      if (pointer === undefined) return;
      setLeft((before) => {
        const next = new Set(before);
        turn(next, placeOf(pointer));
        return next;
      });
    };
  return {
    shown: problems.filter(({ unfilled, path }) => !unfilled || tried || left.has(placeOf(path))),
    watch: {
      onFocus: note((places, place) => places.delete(place)),
      onBlur: note((places, place) => places.add(place)),
    },
  };
}
