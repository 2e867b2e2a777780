import type { SettingsOf } from '../block.ts';
import { next } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { checkpointBlock } from './block.ts';

export const checkpointStep: Step<SettingsOf<typeof checkpointBlock>> = (visits) =>
  visits.map(() => next('next'));
