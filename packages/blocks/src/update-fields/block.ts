import { z } from 'zod';
import { defineBlock, type Reference, type SettingsProblem } from '../block.ts';
import { parameter } from '../parameter/parameter.ts';

const field = z.string().min(1).max(200);
const amount = parameter(z.number({ error: 'expected a number' }));

const settings = z.strictObject({
  /** Values by field; null clears. */
  set: z.record(field, parameter(z.json())).optional(),
  /** No value counts as 0. */
  increment: z.record(field, amount).optional(),
  decrement: z.record(field, amount).optional(),
  /** Adds to a multiple choice what it does not hold yet. */
  append: z.record(field, parameter(z.json())).optional(),
  clear: z.array(field).optional(),
});

/** What a contact is found by, which only the resolver writes. */
export const IDENTIFYING: ReadonlySet<string> = new Set(['email', 'phone']);

type Settings = z.output<typeof settings>;
export type FieldOperation = 'set' | 'increment' | 'decrement' | 'append' | 'clear';

/** One field's change, in the order in which the definition names them. */
export interface FieldChange {
  readonly field: string;
  readonly operation: FieldOperation;
  readonly value: unknown;
  /** JSON pointer below the block. */
  readonly path: string;
}

/** All changes of the block; a field is named once. */
export function changesOf(settings: Settings): FieldChange[] {
  const named = (['set', 'increment', 'decrement', 'append'] as const).flatMap((operation) =>
    Object.entries(settings[operation] ?? {}).map(([field, value]) => ({
      field,
      operation,
      value: value as unknown,
      path: `/${operation}/${escapePointer(field)}`,
    })),
  );
  const cleared = (settings.clear ?? []).map((field, i) => ({
    field,
    operation: 'clear' as const,
    value: null,
    path: `/clear/${i}`,
  }));
  return [...named, ...cleared];
}

function escapePointer(text: string): string {
  return text.replaceAll('~', '~0').replaceAll('/', '~1');
}

function problems(settings: Settings): SettingsProblem[] {
  const changes = changesOf(settings);
  if (changes.length === 0) return [{ path: '', message: 'Choose at least one field to change.' }];
  const seen = new Set<string>();
  return changes.flatMap(({ field, path }) => {
    if (!seen.has(field)) {
      seen.add(field);
      return [];
    }
    return [{ path, message: `The field ${field} is changed twice.` }];
  });
}

/** Changes fields of the run's contact. */
export const updateFieldsBlock = defineBlock({
  type: 'update_fields',
  group: 'contact',
  icon: 'forms',
  label: 'Update fields',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: (settings, names) => {
    const fields = changesOf(settings).map((change) => names.field(change.field));
    return {
      id: 'block.update_fields.sentence',
      values: { count: fields.length, fields: fields.slice(0, 3).join(', ') },
    };
  },
  readsAgain: true,
  defaults: () => ({ set: {} }),
  references: (settings): Reference[] =>
    changesOf(settings).map(({ field, path }) => ({
      kind: 'field',
      key: field,
      writes: true,
      path,
    })),
  problems,
  texts: {
    label: 'Update fields',
    sentence:
      '{count, plural, =0 {Choose fields to change} one {Change {fields}} other {Change {fields}}}',
  },
});
