import type { Json, JsonObject } from '../../inbox/index.ts';
import { rulesOf, writingOf, type ContentRules } from './content-rules.ts';
import { originOf } from '../fetching/literal-origin.ts';
import type { LiquidEngine, VariablePath, Writing } from './liquid.ts';
import { compileMjml } from './mjml.ts';
import { plainTextOf } from './plain-text.ts';
import { textOf } from './text-of.ts';
import { excerptOf, TemplateError, type TemplateProblem } from './template-error.ts';

/** What is made of a content once, when it is saved, and kept with its version. */
export interface Compiled {
  /** Of MJML: HTML with Liquid inside. */
  html?: string;
  /** Of an e-mail without a text: its words, with Liquid inside. */
  text?: string;
  /** Members that have shared blocks, with these in place. */
  placed?: JsonObject;
  /** What its texts read of `run` and `data`, which a workflow must supply. */
  variables?: VariablePath[];
  /** Secrets that its texts fetch with. */
  secrets?: SecretPlace[];
}

/** Where a text names a secret. */
export type SecretPlace = Pick<TemplateProblem, 'path' | 'line' | 'excerpt'> & { name: string };

/** What a member reads from outside. */
export interface TextReads {
  path: string;
  variables: VariablePath[];
}

export type Compilation =
  { ok: true; compiled: Compiled; reads: TextReads[] } | { ok: false; problems: TemplateProblem[] };

/** Reads every template of a content and compiles its MJML; tells all that is wrong at once. */
export async function compileContent(
  engine: LiquidEngine,
  { channel, content }: { channel: string; content: JsonObject },
): Promise<Compilation> {
  const rules = rulesOf(channel);
  const problems = [
    ...problemsOfLiquid(engine, content, rules),
    ...problemsOfFiles(content, rules),
  ];
  if (problems.length > 0) return { ok: false, problems };
  try {
    const texts = textsOf(content, rules);
    const reads = readsOf(engine, texts);
    const variables = suppliedVariables(reads);
    const secrets = secretsOf(engine, texts);
    const compiled = await compile(engine, content);
    if (Array.isArray(compiled)) return { ok: false, problems: compiled };
    return {
      ok: true,
      compiled: {
        ...compiled,
        ...(variables.length > 0 && { variables }),
        ...(secrets.length > 0 && { secrets }),
      },
      reads,
    };
  } catch (error) {
    if (error instanceof TemplateError) return { ok: false, problems: [error.problem] };
    throw error;
  }
}

function problemsOfLiquid(
  engine: LiquidEngine,
  content: JsonObject,
  rules: ContentRules,
): TemplateProblem[] {
  return textsOf(content, rules).flatMap(({ path, text, writing }) => {
    try {
      engine.parse(text, { path, writing });
      return [];
    } catch (error) {
      if (error instanceof TemplateError) return [error.problem];
      throw error;
    }
  });
}

/** Where a file comes from stands in the message, so that no contact's data decides it. */
function problemsOfFiles(content: JsonObject, { files }: ContentRules): TemplateProblem[] {
  return files.flatMap((name) => {
    const listed = (content[name] ?? []) as { url: string }[];
    return listed.flatMap(({ url }, i) => {
      try {
        originOf(url);
        return [];
      } catch (error) {
        return [{ path: `/${name}/${i}/url`, message: (error as Error).message }];
      }
    });
  });
}

const SUPPLIED = ['run', 'data'];

function readsOf(engine: LiquidEngine, texts: readonly Text[]): TextReads[] {
  return texts.map(({ path, text, writing }) => ({
    path,
    variables: engine.variablesOf(engine.parse(text, { path, writing })),
  }));
}

function secretsOf(engine: LiquidEngine, texts: readonly Text[]): SecretPlace[] {
  return texts.flatMap(({ path, text, writing }) =>
    engine.secretsOf(engine.parse(text, { path, writing })).map(({ name, line }) => ({
      name,
      path,
      line,
      excerpt: excerptOf(text, line),
    })),
  );
}

function suppliedVariables(reads: readonly TextReads[]): VariablePath[] {
  const paths = reads
    .flatMap(({ variables }) => variables)
    .filter(([root]) => SUPPLIED.includes(root!));
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

async function compile(
  engine: LiquidEngine,
  content: JsonObject,
): Promise<Compiled | TemplateProblem[]> {
  const mjml = textOf(content, 'mjml');
  const html = mjml ? await compileMjml(mjml, { path: '/mjml' }) : undefined;
  if (Array.isArray(html)) return html;
  const body = html ?? content['html'];
  const compiled: Compiled = html === undefined ? {} : { html };
  if (typeof body !== 'string' || content['text']) return compiled;
  const text = plainTextOf(body);
  // Where a tag stood in an attribute, its other half may stand alone now. Such a message gets
  // its words from the rendered HTML instead.
  return canRead(engine, text) ? { ...compiled, text } : compiled;
}

function canRead(engine: LiquidEngine, text: string): boolean {
  try {
    engine.parse(text, { path: '/text', writing: 'plain' });
    return true;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}

interface Text {
  path: string;
  text: string;
  writing: Writing;
}

/** Every string of a content that is a template. */
function textsOf(content: JsonObject, rules: ContentRules): Text[] {
  return Object.entries(content)
    .filter(([name]) => !rules.literal.includes(name))
    .flatMap(([name, value]) => stringsIn(value, `/${name}`, writingOf(name, rules)))
    .map((text) => (isAddress(text.path, rules) ? { ...text, writing: 'url' } : text));
}

/** `/attachments/0/url` */
function isAddress(path: string, { files }: ContentRules): boolean {
  const [, name = '', , member] = path.split('/');
  return files.includes(name) && member === 'url';
}

function stringsIn(value: Json, path: string, writing: Writing): Text[] {
  if (typeof value === 'string') return [{ path, text: value, writing }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) =>
    stringsIn(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, writing),
  );
}
