import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { TemplateWords } from './template-words.ts';

/** What is open at the cursor: a `{{` or `{%` that nothing closed yet. */
const OPEN = /\{[{%](?:(?!%\}|\}\})[^])*$/;
/** How far back it may have been opened. */
const FAR = 2_000;

/**
 * Offers what may follow inside of Liquid: tags behind `{%`, keys of shared blocks behind `include`
 * and then their parameters, filters behind a `|`, else variables.
 */
export function completeLiquid(words: TemplateWords) {
  const options = optionsOf(words);
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - FAR), context.pos);
    const open = OPEN.exec(before)?.[0];
    if (open === undefined) return null;
    const word = /[\w.-]*$/.exec(open)?.[0] ?? '';
    const typed = open.slice(0, open.length - word.length);
    const from = context.pos - word.length;
    const key = keyBefore(typed);
    if (key !== undefined) return { from, options: parameterOptions(words, key) };
    return { from, options: options[kindAfter(typed)] };
  };
}

const INCLUDED = /^\{%-?\s*include\s+(?:'([^']*)'|"([^"]*)")([^]*)$/;

/** The key of the block that is included, where a name of a parameter may follow. */
function keyBefore(typed: string): string | undefined {
  const [, single, double, given = ''] = INCLUDED.exec(typed) ?? [];
  const outside = given.replaceAll(/'[^']*'|"[^"]*"/g, '');
  return /['"]/.test(outside) || !/[\s,]$/.test(outside) || /:\s*$/.test(outside)
    ? undefined
    : (single ?? double);
}

function parameterOptions({ blocks = [] }: TemplateWords, key: string): Completion[] {
  const { parameters = [] } = blocks.find((block) => block.key === key) ?? {};
  return parameters.map((name) => ({ label: name, apply: `${name}: `, type: 'property' }));
}

type Kind = 'tags' | 'blocks' | 'filters' | 'variables';

function kindAfter(typed: string): Kind {
  if (/^\{%-?\s*$/.test(typed)) return 'tags';
  if (/^\{%-?\s*include\s+['"]$/.test(typed)) return 'blocks';
  return /\|\s*$/.test(typed) ? 'filters' : 'variables';
}

function optionsOf(words: TemplateWords): Record<Kind, Completion[]> {
  const { variables, filters = [], tags = [], blocks = [] } = words;
  return {
    variables: variables.map((name) => ({ label: name, type: 'variable' })),
    filters: filters.map(({ name, insert, example }) => ({
      label: name,
      type: 'function',
      apply: insert ?? name,
      ...(example !== undefined && { detail: example }),
    })),
    tags: tags.map((name) => ({ label: name, type: 'keyword' })),
    blocks: blocks.map(({ key, name }) => ({ label: key, detail: name, type: 'constant' })),
  };
}
