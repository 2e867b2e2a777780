import type { Json } from '@perennial/conditions';

/** What a step decided for one run. Instants are epoch milliseconds. */
export type Outcome =
  | {
      readonly kind: 'next';
      readonly exit: string;
      /** Kept as `$run.BLOCK`. */
      readonly result?: Json;
      /** The values seen, for the run's history. */
      readonly decidedBy?: Json;
      /** The run reached what its workflow is for. */
      readonly converted?: true;
    }
  | {
      readonly kind: 'wait';
      readonly until: number;
      readonly result?: Json;
    }
  | { readonly kind: 'end'; readonly reason?: string; readonly decidedBy?: Json }
  | {
      readonly kind: 'fail';
      readonly reason: string;
      readonly result?: Json;
      readonly decidedBy?: Json;
    };

type Details = { readonly result?: Json; readonly decidedBy?: Json };

/** The run leaves by this exit. */
export function next(exit: string, details: Details & { readonly converted?: true } = {}): Outcome {
  return { kind: 'next', exit, ...details };
}

/** The run rests on the block; the step is asked again at that instant. */
export function wait(until: number, details: { readonly result?: Json } = {}): Outcome {
  return { kind: 'wait', until, ...details };
}

/** The run is completed. */
export function end(reason?: string): Outcome {
  return reason === undefined ? { kind: 'end' } : { kind: 'end', reason };
}

/** The block could not do its work; the engine takes the exit `failed` if it is drawn. */
export function fail(reason: string, details: Details = {}): Outcome {
  return { kind: 'fail', reason, ...details };
}
