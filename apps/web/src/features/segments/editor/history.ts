/** A document with what it was and, after undoing, what it was to become. */
export interface History<Doc> {
  readonly past: readonly Doc[];
  readonly present: Doc;
  readonly future: readonly Doc[];
  /** What the last change was about; a further one of the same does not count as another step. */
  readonly about: string | undefined;
}

/** As many steps as anybody goes back. */
const MOST_STEPS = 200;

export function startHistory<Doc>(present: Doc): History<Doc> {
  return { past: [], present, future: [], about: undefined };
}

/**
 * Records a change. Changes with the same `about` in a row are one step, so that undoing takes a
 * typed word away and not a letter.
 */
export function record<Doc>(history: History<Doc>, present: Doc, about?: string): History<Doc> {
  if (present === history.present) return history;
  const goesOn = about !== undefined && about === history.about;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], about };
}

export function undo<Doc>(history: History<Doc>): History<Doc> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return {
    past: past.slice(0, -1),
    present: past.at(-1) as Doc,
    future: [present, ...future],
    about: undefined,
  };
}

export function redo<Doc>(history: History<Doc>): History<Doc> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return {
    past: [...past, present],
    present: future[0] as Doc,
    future: future.slice(1),
    about: undefined,
  };
}
