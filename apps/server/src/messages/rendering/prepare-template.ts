import type { Json, JsonObject } from '../../inbox/index.ts';
import type { Compiled } from './compile-content.ts';
import { rulesOf, writingOf } from './content-rules.ts';
import type { LiquidEngine, RenderingOf, Writing } from './liquid.ts';
import { plainTextOf } from './plain-text.ts';
import { checkUrl, originOf } from '../fetching/literal-origin.ts';
import { subjectsOf, type SubjectChoice } from '../subjects.ts';
import { TemplateError } from './template-error.ts';
import { textOf } from './text-of.ts';

/** One language of one version of a message, as it is stored. */
export interface StoredTemplate {
  channel: string;
  content: JsonObject;
  compiled: Compiled;
}

/**
 * Renders a content; throws a `TemplateError`. Of several subjects only the one that goes out is
 * rendered and stands as `subject`; with `each` all are.
 */
export type PreparedTemplate = (values: RenderingOf, subject?: SubjectChoice) => JsonObject;

type Part = (values: RenderingOf) => Json;

/** Parses every template once, so that a thousand contacts cost a thousand renderings. */
export function prepareTemplate(
  engine: LiquidEngine,
  { channel, content: written, compiled }: StoredTemplate,
): PreparedTemplate {
  const rules = rulesOf(channel);
  const content = { ...written, ...compiled.placed };
  const parts = new Map<string, Part>();
  for (const [name, value] of Object.entries(content)) {
    if (APART.includes(name) || rules.literal.includes(name)) continue;
    parts.set(
      name,
      preparePart(engine, value, { path: `/${name}`, writing: writingOf(name, rules) }),
    );
  }
  if (compiled.html !== undefined) {
    const source = textOf(content, 'mjml');
    parts.set(
      'html',
      preparePart(engine, compiled.html, { path: '/mjml', writing: 'html', source }),
    );
  }
  if (!content['text'] && compiled.text !== undefined) {
    parts.set('text', preparePart(engine, compiled.text, { path: '/text', writing: 'plain' }));
  }
  const literal = Object.entries(content).filter(
    ([name]) => rules.literal.includes(name) && !rules.kept.includes(name),
  );
  const subjects = subjectParts(engine, content);
  for (const name of rules.files) {
    if (content[name] !== undefined)
      parts.set(name, prepareFiles(engine, content[name], `/${name}`));
  }
  return (values, choice = 0) => {
    const rendered: JsonObject = Object.fromEntries(literal);
    for (const [name, part] of parts) rendered[name] = part(values);
    Object.assign(rendered, renderSubjects(subjects, values, choice));
    if (channel === 'email' && !rendered['text']) {
      rendered['text'] = plainTextOf(textOf(rendered, 'html'));
    }
    return rendered;
  };
}

/** Where Liquid leads elsewhere than was written, nothing is fetched. */
function prepareFiles(engine: LiquidEngine, value: Json, path: string): Part {
  const files = value as { url: string; name?: string }[];
  const prepared = files.map(({ url, name }, i) => ({
    origin: inPlace(() => originOf(url), `${path}/${i}/url`),
    path: `${path}/${i}/url`,
    url: prepareText(engine, url, { path: `${path}/${i}/url`, writing: 'url' }),
    name: prepareText(engine, name ?? '', { path: `${path}/${i}/name`, writing: 'plain' }),
  }));
  return (values) =>
    prepared.map(({ origin, path: place, url, name }) => {
      const written = (url(values) as string).trim();
      return {
        url: written && inPlace(() => checkUrl(written, origin), place),
        name: name(values),
      };
    });
}

function inPlace(read: () => string, path: string): string {
  try {
    return read();
  } catch (error) {
    throw new TemplateError({ path, message: (error as Error).message }, error);
  }
}

/** MJML is kept as HTML, and of subjects one is chosen. */
const APART = ['mjml', 'subject', 'more_subjects'];

function subjectParts(engine: LiquidEngine, content: JsonObject): Part[] {
  return subjectsOf(content).map((text, i) =>
    prepareText(engine, text, {
      path: i === 0 ? '/subject' : `/more_subjects/${i - 1}`,
      writing: 'plain',
    }),
  );
}

function renderSubjects(
  subjects: readonly Part[],
  values: RenderingOf,
  choice: SubjectChoice,
): JsonObject {
  const [first] = subjects;
  if (!first) return {};
  if (choice !== 'each') return { subject: (subjects[choice] ?? first)(values) };
  const [subject, ...more] = subjects.map((each) => each(values));
  return { subject: subject!, ...(more.length > 0 && { more_subjects: more }) };
}

interface Place {
  path: string;
  writing: Writing;
  source?: string;
}

function preparePart(engine: LiquidEngine, value: Json, place: Place): Part {
  if (typeof value === 'string') return prepareText(engine, value, place);
  if (value === null || typeof value !== 'object') return () => value;
  const under = (name: string | number): Place => ({ ...place, path: `${place.path}/${name}` });
  if (Array.isArray(value)) {
    const items = value.map((item, i) => preparePart(engine, item, under(i)));
    return (values) => items.map((item) => item(values));
  }
  const members = Object.entries(value).map(([name, member]): [string, Part] => [
    name,
    preparePart(engine, member, under(name)),
  ]);
  return (values) => Object.fromEntries(members.map(([name, part]) => [name, part(values)]));
}

function prepareText(engine: LiquidEngine, text: string, { path, writing, source }: Place): Part {
  if (!text.includes('{{') && !text.includes('{%')) return () => text;
  const compiled = engine.parse(text, { path, writing });
  return (values) => engine.render(compiled, { ...values, path, source: source ?? text });
}
