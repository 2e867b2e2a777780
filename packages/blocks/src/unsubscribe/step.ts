import { awaitedActStep } from '../act/act-step.ts';
import { subscriptionAct } from '../act/subscription.ts';
import type { SettingsOf } from '../block.ts';
import type { unsubscribeBlock } from './block.ts';

export const unsubscribeStep = awaitedActStep<SettingsOf<typeof unsubscribeBlock>>({
  actOf: ({ settings }) => ({ act: subscriptionAct(settings, false) }),
});
