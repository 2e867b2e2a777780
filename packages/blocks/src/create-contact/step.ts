import type { Json } from '@perennial/conditions';
import { awaitedActStep, type Planned } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { StepContext, Visit } from '../step.ts';
import type { createContactBlock } from './block.ts';

type Settings = SettingsOf<typeof createContactBlock>;

/** What became of it is kept as `$run.BLOCK.contact`. */
export const createContactStep = awaitedActStep<Settings>({
  actOf: planOf,
  exitOf: ({ created }) => (created === true ? 'created' : 'updated'),
});

function planOf({ run, settings }: Visit<Settings>, context: StepContext): Planned {
  const found: Record<string, string> = {};
  for (const kind of ['external_id', 'email', 'phone'] as const) {
    if (settings[kind] === undefined) continue;
    const value = readParameter(settings[kind], run, context);
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text === '') return { problem: unreadable(`a value for ${kind}`, settings[kind], value) };
    found[kind] = text;
  }
  const { external_id: externalId, ...addresses } = found;
  const fields: Record<string, Json> = { ...addresses };
  for (const [field, value] of Object.entries(settings.fields ?? {})) {
    fields[field] = readParameter(value, run, context) ?? null;
  }
  return {
    act: {
      act: 'contact',
      ...(externalId !== undefined && { external_id: externalId }),
      fields,
      lists: (settings.lists ?? []).map(Number),
      confirmed: settings.confirmed,
    },
  };
}
