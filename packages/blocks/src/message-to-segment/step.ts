import { awaitedActStep, type Planned } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import { termsOf } from '../message-block/message-step.ts';
import { readParameters } from '../parameter/read-parameter.ts';
import type { StepContext, Visit } from '../step.ts';
import type { messageToSegmentBlock } from './block.ts';

type Settings = SettingsOf<typeof messageToSegmentBlock>;

/** Goes on when the campaign is made, not when it has been sent; else by `failed`, and says why. */
export const messageToSegmentStep = awaitedActStep<Settings>({ actOf: planOf });

function planOf({ run, block, settings }: Visit<Settings>, context: StepContext): Planned {
  const { message, segment, most_per_hour: mostPerHour, data } = settings;
  return {
    act: {
      act: 'campaign',
      block,
      messageId: Number(message),
      segmentId: Number(segment),
      mostPerHour,
      terms: termsOf(settings),
      ...(data !== undefined && { data: readParameters(data, run, context) }),
    },
  };
}
