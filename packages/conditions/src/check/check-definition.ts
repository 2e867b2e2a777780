import type { AnyConditionTypes, BaseCondition, Node } from '../conditions/condition-type.ts';
import { segmentConditions } from '../conditions/index.ts';
import { type Definition, LANGUAGE } from '../definition.ts';
import type { FieldCatalogue } from '../fields.ts';
import { type Json, type JsonObject, isJsonObject } from '../json.ts';
import { isReference } from '../predicates/reference.ts';
import { checkTree } from '../tree.ts';
import { type Catalogues, type CheckContext, createContext } from './context.ts';
import type { Limits } from './limits.ts';
import { type Issue, type Report, quoted } from './report.ts';

/** A checked value, with texts cleaned and normalised; or all mistakes. */
export type Checked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** What is right and may yet be a mistake, such as an event type not seen yet. */
      readonly warnings: readonly Issue[];
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** What a check depends on beside the input. */
export interface CheckOptions extends Catalogues {
  readonly fields: FieldCatalogue;
  /** Types of condition allowed; those of segments unless given. */
  readonly types?: AnyConditionTypes;
  readonly limits?: Limits;
  /** There is no event being handled: values taken from it are refused. */
  readonly withoutEvent?: boolean;
}

/** Checks a segment definition, any JSON; mistakes bear the JSON pointer of their place. */
export function checkDefinition(input: unknown, options: CheckOptions): Checked<Definition> {
  return check(options, (context) => {
    if (isJsonObject(input)) return readDefinition(input, context, options);
    context.report.add('expected an object with "language", "include" and, if wanted, "exclude"');
    return undefined;
  });
}

/** Checks a bare node, such as the condition of a workflow's `if`. */
export function checkNode(input: unknown, options: CheckOptions): Checked<Node> {
  return check(options, (context) => readNode(input as Json, context, options));
}

function check<T extends Definition | Node>(
  { fields, limits, types: _, withoutEvent, ...catalogues }: CheckOptions,
  read: (context: CheckContext) => T | undefined,
): Checked<T> {
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  const context = createContext({ issues, warnings }, fields, limits, catalogues);
  const value = read(context);
  if (withoutEvent && value !== undefined) refuseReferences(value as Json, context.report);
  if (issues.length > 0) return { ok: false, issues };
  if (value === undefined) throw new Error('a definition was refused without a reason');
  return { ok: true, value, warnings };
}

/** In a checked rule every object with `$event` is a value taken from the event. */
function refuseReferences(value: Json, report: Report): void {
  if (isReference(value)) {
    report.add('there is no event here to take a value from; expected the value itself');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) refuseReferences(part, report.at(key));
  }
}

function readDefinition(
  input: JsonObject,
  context: CheckContext,
  options: CheckOptions,
): Definition | undefined {
  const { report, seen } = context;
  for (const key of Object.keys(input)) {
    if (key === 'language' || key === 'include' || key === 'exclude') continue;
    report.at(key).add(`unknown member ${quoted(key)}; expected only language, include, exclude`);
  }
  if (!isOurLanguage(input['language'], context)) return undefined;
  const node = (key: 'include' | 'exclude') =>
    readNode(input[key], { ...context, report: report.at(key) }, options);
  const include = node('include');
  const exclude = input['exclude'] === undefined ? undefined : node('exclude');
  if (include && seen.conditions === 0) report.at('include').add('expected at least one condition');
  return include && { language: LANGUAGE, include, ...(exclude ? { exclude } : {}) };
}

/** What else a newer language means cannot be known, so nothing else of it is reported. */
function isOurLanguage(language: Json | undefined, { report }: CheckContext): boolean {
  if (language === LANGUAGE) return true;
  const newer = typeof language === 'number' && language > LANGUAGE;
  const message = newer
    ? `segment language ${language} is newer than ${LANGUAGE}, the newest that this version reads`
    : `expected ${LANGUAGE}, the version of the segment language`;
  report.at('language').add(message);
  return !newer;
}

const EXPECTED_NODE =
  'expected an object with the "type" of a condition, or with "all", "any" or "not" of such objects';

function readNode(
  input: Json | undefined,
  context: CheckContext,
  { types = segmentConditions }: CheckOptions,
): Node | undefined {
  return checkTree<BaseCondition>(input, context, EXPECTED_NODE, (condition, at) =>
    checkCondition(condition, at, types),
  );
}

function checkCondition(
  input: JsonObject,
  context: CheckContext,
  types: AnyConditionTypes,
): BaseCondition | undefined {
  const name = input['type'];
  const type = typeof name === 'string' && Object.hasOwn(types, name) ? types[name] : undefined;
  if (type) return type.check(input, context);
  const available = `available: ${Object.keys(types).join(', ')}`;
  const message =
    typeof name === 'string'
      ? `unknown condition type ${quoted(name)}; ${available}`
      : `expected the type of a condition; ${available}`;
  context.report.at('type').add(message);
  return undefined;
}
