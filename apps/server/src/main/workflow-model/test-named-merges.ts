import { byGo, go, rest, scenario } from './test-cases.ts';
import type { Deed, Scenario } from './test-scenario.ts';

const annIsBob: Deed = { do: 'merge', who: 'ann', other: 'bob' };
const annIsNotBob: Deed = { do: 'undo', n: 0 };
const bobGoes: Deed = { ...go, who: 'bob' };
const one = byGo({ b0: { ...rest, exits: { next: 'b1' } }, b1: { type: 'end', exits: {} } });
/** Sends a text message, and after a day asks what became of it. */
const asking = byGo({
  b0: { type: 'sms', message: '@SMS', exits: { next: 'b1' } },
  b1: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b2' } },
  b2: {
    type: 'if',
    condition: { type: 'message_status', block: 'b0', status: 'delivered' },
    exits: { yes: 'b3', no: 'b4' },
  },
  b3: { type: 'end', reason: 'enough', exits: {} },
  b4: rest,
});

function resting(to: 'paused' | 'archived', ...moments: number[]): Scenario {
  const drawn = scenario(
    [one],
    [go],
    [bobGoes],
    [annIsBob],
    [{ do: 'event', who: 'cid', event: 'Ping', params: {}, ago: 0, past: false }],
    [annIsNotBob],
    [go],
  );
  const [from, until] = moments;
  drawn.moments[from!]!.switched = [{ workflow: 0, to }];
  if (until !== undefined) drawn.moments[until]!.switched = [{ workflow: 0, to: 'active' }];
  return drawn;
}

/** Of merges that are undone. */
export const NAMED_MERGES: Record<string, Scenario> = {
  'a run that a merge ended goes on when that is undone': scenario(
    [one],
    [go],
    [bobGoes],
    [annIsBob],
    [annIsNotBob],
    [go, bobGoes],
  ),
  'a run that a merge ended does not go on in a workflow that is archived by then': resting(
    'archived',
    3,
  ),
  'a run that a merge ended goes on where it stood, though its workflow was archived in between':
    resting('archived', 3, 4),
  'a run that a merge ended in a pause goes on when that is over before the merge is undone':
    resting('paused', 2, 3),
  'a run that a merge ended goes on in a pause when that is over': resting('paused', 3, 5),
  'what became of a message goes back with its run': scenario(
    [asking],
    [{ ...go, who: 'cid' }],
    [{ do: 'merge', who: 'ann', other: 'cid' }],
    [{ do: 'report', who: 'ann', what: 'delivered', n: 0 }],
    [annIsNotBob],
    [],
  ),
  'two who are two again are not each other’s any more': scenario(
    [byGo({ b0: rest }, { limits: { one_at_a_time: 'contact', reentry: 'once' } })],
    [annIsBob],
    [bobGoes],
    [annIsNotBob],
    [bobGoes, go],
  ),
  'a list that one was put into while they were one is the survivor’s': scenario(
    [byGo({ b0: rest }, { start: { type: 'event', event: 'Go', segment: '@L0' } })],
    [annIsBob],
    [{ do: 'list', who: 'bob', list: '@L0', into: true }],
    [annIsNotBob],
    [bobGoes, go],
  ),
};
