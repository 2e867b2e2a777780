import type { SettingsOf } from '../block.ts';
import { next } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { splitBlock } from './block.ts';
import { branchAt, branchesOf } from './branches.ts';
import { hashPoint } from './hash-point.ts';

export const splitStep: Step<SettingsOf<typeof splitBlock>> = (visits) =>
  visits.map(({ run, block, settings }) => {
    const point = hashPoint(`${run.id} ${block}`);
    const { exit } = branchAt(branchesOf(settings.weights), point);
    return next(exit, { decidedBy: { point } });
  });
