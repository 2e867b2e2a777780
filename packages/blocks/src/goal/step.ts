import { instantText } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { next } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { goalBlock } from './block.ts';

export const goalStep: Step<SettingsOf<typeof goalBlock>> = (visits, { now }) =>
  visits.map(({ settings: { name } }) =>
    next('next', {
      result: { reached_at: instantText(now), ...(name !== undefined && { name }) },
      converted: true,
    }),
  );
