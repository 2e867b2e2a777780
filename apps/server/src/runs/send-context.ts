import type { StepRun } from '@perennial/blocks/steps';
import type { Json } from '../inbox/index.ts';
import type { SendRequest } from '../sends/index.ts';

/** What rendering needs of this moment: it happens later, and may happen again. */
export function contextOf(run: StepRun, data: Json | undefined): SendRequest['context'] {
  return {
    event: run.trigger.params as Json,
    run: run.results as Json,
    ...(data !== undefined && { data }),
  };
}
