import type { ExitNames } from '../../../editor/edit/change-block.ts';
import type { Settings } from './form-props.ts';

/** An exit of a split, by its weight. */
export interface Branch {
  readonly exit: string;
  readonly weight: number;
}

export interface ChangedBranches {
  readonly branches: readonly Branch[];
  readonly exits: ExitNames;
}

/** The exits in the order in which they are drawn; a list of weights stands for a, b, c. */
export function branchesOf(settings: Settings): readonly Branch[] {
  const { weights } = settings;
  if (weights === null || typeof weights !== 'object') return [];
  const named = Array.isArray(weights)
    ? weights.map((weight, i): [string, unknown] => [letter(i), weight])
    : Object.entries(weights).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return named.map(([exit, weight]) => ({
    exit,
    weight: typeof weight === 'number' ? weight : 0,
  }));
}

export function weightsOf(branches: readonly Branch[]): Record<string, number> {
  return Object.fromEntries(branches.map(({ exit, weight }) => [exit, weight]));
}

/** The share of each exit; of weights that are all 0 there is none. */
export function sharesOf(branches: readonly Branch[]): readonly number[] {
  const sum = branches.reduce((total, { weight }) => total + weight, 0);
  return branches.map(({ weight }) => (sum > 0 ? weight / sum : 0));
}

/** Another exit of the usual weight, by the first letter that is free. */
export function addBranch(branches: readonly Branch[]): ChangedBranches {
  const taken = new Set(branches.map(({ exit }) => exit));
  const exit = Array.from({ length: 26 }, (_, i) => letter(i)).find((each) => !taken.has(each));
  const added = exit === undefined ? [] : [{ exit, weight: branches.at(-1)?.weight || 1 }];
  return { branches: [...branches, ...added], exits: {} };
}

export function removeBranch(branches: readonly Branch[], index: number): ChangedBranches {
  return {
    branches: branches.toSpliced(index, 1),
    exits: { [branches[index]!.exit]: null },
  };
}

/** The exit keeps what it leads to under its new name; a name that another bears changes nothing. */
export function renameBranch(
  branches: readonly Branch[],
  index: number,
  name: string,
): ChangedBranches {
  const before = branches[index]!;
  const isTaken = branches.some(({ exit }) => exit === name);
  if (isTaken || !/^[a-z0-9_]{1,40}$/.test(name)) return { branches, exits: {} };
  return {
    branches: branches.with(index, { ...before, exit: name }),
    exits: { [before.exit]: name },
  };
}

/** Whole weights of the sum 100, as equal as they can be; the first ones take what is over. */
export function equalBranches(branches: readonly Branch[]): readonly Branch[] {
  const each = Math.floor(100 / branches.length);
  const over = 100 - each * branches.length;
  return branches.map((branch, i) => ({ ...branch, weight: each + (i < over ? 1 : 0) }));
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}
