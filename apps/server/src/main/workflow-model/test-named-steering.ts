import { byGo, go, later, scenario } from './test-cases.ts';
import { HOUR, MINUTE, type Scenario } from './test-scenario.ts';

/** Waits for as long as the contact's score says, which it must say. */
const failing = byGo({
  b0: { type: 'timer', wait: { n: { $contact: 'custom.score' }, unit: 'hour' }, exits: {} },
});

/** Of runs that are led by hand, and workflows that rest. */
export const NAMED_STEERING: Record<string, Scenario> = {
  'of two failed runs that are retried at once one goes on, if one at a time is meant': {
    ...scenario([failing]),
    moments: [
      later(HOUR, [{ ...go, params: {} }]),
      later(HOUR, [{ ...go, params: {} }]),
      later(HOUR, [{ do: 'fields', who: 'ann', set: { 'custom.score': 2 }, by: 'api' }]),
      later(HOUR, [{ do: 'retry_all', workflow: 0 }]),
      later(MINUTE, []),
    ],
  },
  'a failed run that is retried is ended with its workflow, and not retried there': {
    ...scenario([failing]),
    moments: [
      later(HOUR, [{ ...go, params: {} }]),
      later(HOUR, [{ do: 'fields', who: 'ann', set: { 'custom.score': 2 }, by: 'api' }]),
      later(MINUTE, [{ do: 'retry_run', who: 'ann', n: 0 }]),
      { ...later(MINUTE, []), switched: [{ workflow: 0, to: 'archived' }] },
      later(MINUTE, [{ do: 'retry_run', who: 'ann', n: 0 }]),
      { ...later(MINUTE, [go]), switched: [{ workflow: 0, to: 'active' }] },
    ],
  },
  'what workflows set off by unsubscribing again and again is a loop': scenario(
    [
      byGo(
        {
          b0: { type: 'subscribe', channel: 'email', exits: { next: 'b1' } },
          b1: { type: 'unsubscribe', channel: 'email', exits: {} },
        },
        { start: { type: 'event', event: 'MessageUnsubscribed' } },
      ),
      byGo({ b0: { type: 'unsubscribe', channel: 'email', exits: {} } }),
    ],
    [go],
  ),
};
