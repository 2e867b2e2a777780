import type { Job } from '@perennial/contracts';

/** A job's state as it is told to who may have cancelled it: that takes effect later, or not at all. */
export type ShownState = Job['state'] | 'stopping' | 'tooLate';

export function shownState({
  state,
  cancel_asked: wasCancelled,
}: Pick<Job, 'state' | 'cancel_asked'>): ShownState {
  if (!wasCancelled) return state;
  if (state === 'done') return 'tooLate';
  return state === 'queued' || state === 'running' ? 'stopping' : state;
}
