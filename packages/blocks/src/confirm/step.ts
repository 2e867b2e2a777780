import { awaitedActStep } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import type { confirmBlock } from './block.ts';

export const confirmStep = awaitedActStep<SettingsOf<typeof confirmBlock>>({
  actOf: ({ settings: { channel } }) => ({ act: { act: 'confirm', channel } }),
});
