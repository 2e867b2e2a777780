import { awaitedActStep } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import type { addToListBlock } from './block.ts';

export const addToListStep = awaitedActStep<SettingsOf<typeof addToListBlock>>({
  actOf: ({ settings: { list } }) => ({ act: { act: 'lists', add: [Number(list)] } }),
});
