import type { Json } from '@perennial/conditions';
import type { StepContext, StepRun, Visit } from './step.ts';

/** A run for the blocks' tests. */
export function aRun(values: Partial<StepRun> = {}): StepRun {
  return {
    id: 1,
    workspaceId: 1,
    contactId: 1,
    workflowId: 1,
    version: 1,
    key: '',
    startedAt: 0,
    test: false,
    trigger: { params: {} },
    results: {},
    ...values,
  };
}

/** One visit of a run for the blocks' tests. */
export function aVisit<Settings>(
  settings: Settings,
  values: Partial<Visit<Settings>> = {},
): Visit<Settings> {
  return { run: aRun(), block: 'b1', settings, waited: false, cameAt: 0, ...values };
}

/** A context in which nothing may be asked but what the test gives. */
export function aContext(
  values: Partial<StepContext> & { fields?: Record<string, Json> },
): StepContext {
  const refuse = (what: string) => () => {
    throw new Error(`the step asked for ${what}`);
  };
  return {
    now: 0,
    workspaceZone: () => 'UTC',
    contactZone: () => 'UTC',
    field: (_run, field) => values.fields?.[field] ?? undefined,
    evaluate: refuse('an answer'),
    decideSends: refuse('a send'),
    variantsFor: refuse('variants'),
    noteChoices: refuse('a note'),
    firstEvents: refuse('an event'),
    takeCodes: refuse('a code'),
    perform: refuse('an act'),
    writeFields: refuse('a write'),
    ...values,
  };
}
