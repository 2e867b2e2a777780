import { awaitedActStep } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import type { removeFromListBlock } from './block.ts';

export const removeFromListStep = awaitedActStep<SettingsOf<typeof removeFromListBlock>>({
  actOf: ({ settings: { list } }) => ({ act: { act: 'lists', remove: [Number(list)] } }),
});
