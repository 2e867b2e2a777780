/** One step of a path: into an object's key, a list's element, or each of a list's elements. */
export type PathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'each' };

/** Where a path begins: the event's parameters, its key, its source, its tracking context. */
export type PathRoot = 'params' | 'key' | 'source' | 'context';

/** A parsed path. `many` when it has an `[]` and so may lead to several values. */
export interface Path {
  readonly root: PathRoot;
  readonly steps: readonly PathStep[];
  readonly many: boolean;
}

/** The path as the language writes it, in one way only. */
export function pathText(path: Path): string {
  const root = path.root === 'params' ? '' : `$${path.root}`;
  return path.steps.reduce((text, step) => text + stepText(step, text === ''), root);
}

function stepText(step: PathStep, first: boolean): string {
  if (step.kind === 'each') return '[]';
  if (step.kind === 'index') return `[${step.index}]`;
  const plain =
    step.key !== '' && !/[.[\]"]/.test(step.key) && !(first && step.key.startsWith('$'));
  if (!plain) return `[${JSON.stringify(step.key)}]`;
  return first ? step.key : `.${step.key}`;
}
