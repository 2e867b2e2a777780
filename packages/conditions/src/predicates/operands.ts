import type { EventContent } from '../facts.ts';
import type { Json } from '../json.ts';
import { pathOf } from '../paths/parse-path.ts';
import { valuesAt } from '../paths/read-path.ts';
import { isReference } from './reference.ts';

/** Gives conditions the values they compare with, while they are being compiled. */
export interface Operands {
  /**
   * Reads a value as written or, for `{"$event": path}`, as found in the triggering event.
   * Undefined when the event lacks it or `read` cannot read it, which is then among `missing`.
   */
  read<T>(value: Json, read: (value: Json) => T | undefined): T | undefined;
  /** Paths that the event has no value for: any makes the whole definition false. */
  readonly missing: readonly string[];
  /** True once a reference was met: what was compiled then holds for this event only. */
  readonly usesTrigger: boolean;
}

/** Operands for one triggering event, or for none. */
export function createOperands(trigger: EventContent | undefined): Operands {
  const missing: string[] = [];
  let usesTrigger = false;
  return {
    missing,
    get usesTrigger() {
      return usesTrigger;
    },
    read(value, read) {
      if (!isReference(value)) return readWritten(value, read);
      usesTrigger = true;
      const found = trigger && referenced(value.$event, trigger);
      const operand = found === undefined ? undefined : read(found);
      if (operand === undefined) missing.push(value.$event);
      return operand;
    },
  };
}

function readWritten<T>(value: Json, read: (value: Json) => T | undefined): T {
  const operand = read(value);
  if (operand === undefined) throw new Error(`unchecked condition value ${JSON.stringify(value)}`);
  return operand;
}

function referenced(text: string, trigger: EventContent): Json | undefined {
  const path = pathOf(text);
  const values = valuesAt(path, trigger);
  return path.many ? values : values[0];
}
