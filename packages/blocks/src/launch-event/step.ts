import type { JsonObject } from '@perennial/conditions';
import { actStep, type Planned } from '../act/act-step.ts';
import { paramsOr, readWhom } from '../act/whom.ts';
import type { SettingsOf } from '../block.ts';
import { readParameter, readParameters } from '../parameter/read-parameter.ts';
import type { StepContext, Visit } from '../step.ts';
import type { launchEventBlock } from './block.ts';

type Settings = SettingsOf<typeof launchEventBlock>;

export const launchEventStep = actStep<Settings>({ actOf: planOf });

function planOf({ run, settings }: Visit<Settings>, context: StepContext): Planned {
  const whom = readWhom(settings.contact, run, context);
  if ('problem' in whom) return whom;
  const key =
    settings.key === undefined ? run.key : keyText(readParameter(settings.key, run, context));
  const given = settings.params && (readParameters(settings.params, run, context) as JsonObject);
  return {
    act: {
      act: 'event',
      event: settings.event,
      params: paramsOr(given, run),
      ...(key !== '' && { key }),
      ...whom,
    },
  };
}

function keyText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 1_000);
}
