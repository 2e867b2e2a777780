import type { ExitNames } from '../../../editor/edit/change-block.ts';
import type { Settings } from './form-props.ts';

/** Conditions of a switch after a change, and what became of the exits that bear their numbers. */
interface ChangedCases {
  readonly conditions: readonly unknown[];
  readonly exits: ExitNames;
}

export function casesOf(settings: Settings): readonly unknown[] {
  const { conditions } = settings;
  return Array.isArray(conditions) ? conditions : [];
}

export function addCase(cases: readonly unknown[]): ChangedCases {
  return { conditions: [...cases, { all: [] }], exits: {} };
}

/** A case trades places with its neighbour, and each keeps what its exit leads to. */
export function moveCase(cases: readonly unknown[], index: number, by: 1 | -1): ChangedCases {
  const other = index + by;
  const [one, two] = [String(index + 1), String(other + 1)];
  return {
    conditions: cases.with(index, cases[other]).with(other, cases[index]),
    exits: { [one]: two, [two]: one },
  };
}

/** The cases after it move up, with their exits. */
export function removeCase(cases: readonly unknown[], index: number): ChangedCases {
  const later = cases
    .slice(index + 1)
    .map((_, i): [string, string] => [String(index + i + 2), String(index + i + 1)]);
  return {
    conditions: cases.toSpliced(index, 1),
    exits: { [String(index + 1)]: null, ...Object.fromEntries(later) },
  };
}
