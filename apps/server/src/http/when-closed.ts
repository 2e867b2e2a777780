import { Problem } from './problem.ts';

/** Fires when the answer is through, or whoever waited for it has gone. */
export function whenClosed(answer: {
  once: (event: 'close', act: () => void) => unknown;
}): AbortSignal {
  const controller = new AbortController();
  const gone = new Problem('unavailable', { detail: 'Nobody waits for the answer any more.' });
  answer.once('close', () => controller.abort(gone));
  return controller.signal;
}
