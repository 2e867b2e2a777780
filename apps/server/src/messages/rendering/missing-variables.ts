import { isBlank } from './locale-filters.ts';
import type { Template, Value } from 'liquidjs';
import { toValueSync } from 'liquidjs';

/** What happens where a message writes a variable that somebody does not have. */
export interface MissingRules {
  onMissing: 'empty' | 'dont_send';
  /** What stands in, by variable, in the language of the text. */
  fallbacks: Readonly<Record<string, string>>;
}

/** Thrown where a message must not be sent without it. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
  readonly variable: string;
  constructor(variable: string) {
    super(`The variable ${variable} is missing.`);
    this.variable = variable;
  }
}

/** Filters that say themselves what stands in. */
const STANDING_IN = ['default', 'fallback'];

/**
 * Lets every place where a variable is written ask what to do when it is missing: absent, null, or
 * only space. Only writing asks. Conditions and loops ask nothing, nor does a variable whose place
 * says itself what stands in, unless that is a variable that is missing, too.
 */
export function watchOutputs(
  templates: readonly Template[],
  rulesOf: (context: { globals: Record<string, unknown> }) => MissingRules,
): void {
  for (const template of templates) {
    if (writes(template)) watch(template.value, rulesOf);
    watchOutputs(childrenOf(template), rulesOf);
  }
}

/** `{{ … }}` and `{% echo … %}`. */
function writes(template: Template): template is Template & { value: Value } {
  const { name, value } = template as Template & { name?: string; value?: Partial<Value> };
  return value?.initial !== undefined && (name === undefined || name === 'echo');
}

/** What stands inside of a tag. */
export function childrenOf(template: Template): Template[] {
  return template.children ? toValueSync(template.children(false, true)) : [];
}

type Context = Parameters<Value['value']>[0];

function watch(
  value: Value,
  rulesOf: (context: { globals: Record<string, unknown> }) => MissingRules,
): void {
  const first = variableName(value.initial.postfix.length === 1 ? value.initial.postfix[0] : null);
  const standsIn = value.filters.some(({ name }) => STANDING_IN.includes(name));
  if (first === undefined && !standsIn) return;
  const fill = (written: unknown, variable: string | undefined, context: Context): unknown => {
    if (variable === undefined || !isBlank(written)) return written;
    const { fallbacks, onMissing } = rulesOf(context);
    if (Object.hasOwn(fallbacks, variable)) return fallbacks[variable];
    if (onMissing === 'dont_send') throw new MissingVariable(variable);
    return written;
  };
  value.value = function* (context, lenient) {
    let written: unknown = yield value.initial.evaluate(context, lenient ?? false);
    if (!standsIn) written = fill(written, first, context);
    for (const filter of value.filters) {
      written = yield filter.render(written, context);
      if (STANDING_IN.includes(filter.name)) {
        const argument = filter.args[0];
        written = fill(
          written,
          Array.isArray(argument) ? undefined : variableName(argument),
          context,
        );
      }
    }
    return written;
  };
}

interface AccessToken {
  variable?: unknown;
  props: { content?: unknown; getText(): string }[];
  getText(): string;
}

/** As its writer names it: `contact.first_name`; undefined for what is no variable. */
function variableName(token: unknown): string | undefined {
  const access = token as Partial<AccessToken> | null;
  if (!access?.props || access.variable !== undefined) return undefined;
  const names = access.props.map(({ content }) => content);
  return names.every((name) => typeof name === 'string' || typeof name === 'number')
    ? names.join('.')
    : (access as AccessToken).getText().trim();
}
