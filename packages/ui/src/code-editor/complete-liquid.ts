import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

/** A filter to offer behind a `|`, with what it makes of something. */
export interface LiquidFilter {
  name: string;
  /** What is written when it is chosen; the name if absent. */
  insert?: string;
  /** What it does, in an example. */
  example: string;
}

export interface LiquidWords {
  variables: readonly string[];
  filters?: readonly LiquidFilter[] | undefined;
}

/** Offers variables inside `{{ }}` and `{% %}` of Liquid, and filters behind a `|` there. */
export function completeLiquid({ variables, filters = [] }: LiquidWords) {
  const names = variables.map((name): Completion => ({ label: name, type: 'variable' }));
  const offered = filters.map(({ name, insert, example }): Completion => ({
    label: name,
    detail: example,
    type: 'function',
    apply: insert ?? name,
  }));
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\{[{%][^}%]*?([\w.]*)$/);
    if (!typed) return null;
    const word = context.matchBefore(/[\w.]*$/);
    const from = word?.from ?? context.pos;
    const isFilter = /\|\s*$/.test(typed.text.slice(0, from - typed.from));
    return { from, options: isFilter ? offered : names };
  };
}
