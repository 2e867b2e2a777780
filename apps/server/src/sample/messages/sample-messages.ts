import type { SampleMessage } from './content.ts';
import { pickOne, tenMinutes } from './first-workout.ts';
import { streakLost, streakNudge } from './streak-lost.ts';
import { trialEnding, trialStarted } from './trial.ts';
import { welcome } from './welcome.ts';

export type { SampleMessage } from './content.ts';

/** All messages of the sample. */
export const sampleMessages: readonly SampleMessage[] = [
  welcome,
  tenMinutes,
  pickOne,
  streakLost,
  streakNudge,
  trialStarted,
  trialEnding,
];
