import type { SettingsOf } from '../block.ts';
import { end } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { endBlock } from './block.ts';

export const endStep: Step<SettingsOf<typeof endBlock>> = (visits) =>
  visits.map(({ settings }) => end(settings.reason?.slice(0, 1_000)));
