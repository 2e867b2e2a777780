import type { Settings } from './form-props.ts';
import { pointerStep } from './pointer-step.ts';
import { recordOf } from './record-of.ts';

export const OPERATIONS = ['set', 'increment', 'decrement', 'append', 'clear'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One field's change as the form shows it: what is done, and with which value. */
export interface Change {
  readonly field: string;
  readonly operation: Operation;
  readonly value: unknown;
}

/** The changes of a block, in the order in which it names them. */
export function changesOf(settings: Settings): readonly Change[] {
  return OPERATIONS.flatMap((operation): Change[] => {
    const named = settings[operation];
    if (operation === 'clear') {
      const fields = Array.isArray(named) ? (named as unknown[]) : [];
      return fields.map((field) => ({ field: String(field), operation, value: undefined }));
    }
    return Object.entries(recordOf(named)).map(([field, value]) => ({ field, operation, value }));
  });
}

/** The block that makes these changes; of what is named twice the last holds. */
export function settingsOf(changes: readonly Change[]): Settings {
  const settings: Record<string, unknown> = {};
  for (const operation of OPERATIONS) {
    const own = changes.filter((change) => change.operation === operation);
    if (own.length === 0) continue;
    settings[operation] =
      operation === 'clear'
        ? own.map(({ field }) => field)
        : Object.fromEntries(own.map(({ field, value }) => [field, value ?? null]));
  }
  return settings;
}

/** JSON pointer to a change below the block. */
export function pathOfChange(changes: readonly Change[], { field, operation }: Change): string {
  if (operation !== 'clear') {
    return `/${operation}/${pointerStep(field)}`;
  }
  const cleared = changes.filter((change) => change.operation === 'clear');
  return `/clear/${cleared.findIndex((change) => change.field === field)}`;
}

/** What can be done to a field, by the kind of its values. */
export function operationsFor(kind: string | undefined): readonly Operation[] {
  if (kind === 'number') return ['set', 'increment', 'decrement', 'clear'];
  return kind === 'list' ? ['set', 'append', 'clear'] : ['set', 'clear'];
}
