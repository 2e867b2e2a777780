import { awaitedActStep } from '../act/act-step.ts';
import { subscriptionAct } from '../act/subscription.ts';
import type { SettingsOf } from '../block.ts';
import type { subscribeBlock } from './block.ts';

export const subscribeStep = awaitedActStep<SettingsOf<typeof subscribeBlock>>({
  actOf: ({ settings }) => ({ act: subscriptionAct(settings, true) }),
});
