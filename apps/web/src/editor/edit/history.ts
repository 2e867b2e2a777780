/** What was, is, and was undone. Values are never changed in place, so keeping them costs little. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** Edits of one group that follow closely are undone together: typing in a field, dragging. */
  readonly group: string | null;
  /** Instant of the last edit, in milliseconds. */
  readonly at: number;
}

/** Longer than this between two edits of a group, and they are two. */
const TOGETHER_MS = 1_500;
const MOST = 300;

export function historyOf<Value>(present: Value): History<Value> {
  return { past: [], present, future: [], group: null, at: 0 };
}

/** Notes an edit. What was undone before is gone then. */
export function record<Value>(
  history: History<Value>,
  present: Value,
  { group = null, at }: { group?: string | null; at: number },
): History<Value> {
  if (Object.is(present, history.present)) return history;
  const goesOn = group !== null && group === history.group && at - history.at <= TOGETHER_MS;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST);
  return { past, present, future: [], group, at };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return {
    past: past.slice(0, -1),
    present: past.at(-1)!,
    future: [present, ...future],
    group: null,
    at: 0,
  };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  const [next, ...later] = future;
  if (future.length === 0) return history;
  return { past: [...past, present], present: next as Value, future: later, group: null, at: 0 };
}
