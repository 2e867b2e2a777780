import type { JsonObject } from '@perennial/conditions';
import { actStep, type Planned } from '../act/act-step.ts';
import { paramsOr, readWhom } from '../act/whom.ts';
import type { SettingsOf } from '../block.ts';
import { readParameters } from '../parameter/read-parameter.ts';
import type { StepContext, Visit } from '../step.ts';
import type { startWorkflowBlock } from './block.ts';

type Settings = SettingsOf<typeof startWorkflowBlock>;

export const startWorkflowStep = actStep<Settings>({ actOf: planOf });

function planOf({ run, settings }: Visit<Settings>, context: StepContext): Planned {
  const whom = readWhom(settings.contact, run, context);
  if ('problem' in whom) return whom;
  const given = settings.params && (readParameters(settings.params, run, context) as JsonObject);
  return {
    act: {
      act: 'start',
      workflowId: Number(settings.workflow),
      params: paramsOr(given, run),
      ...whom,
    },
  };
}
