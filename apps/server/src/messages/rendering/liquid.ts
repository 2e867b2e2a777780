import { Liquid, type Template } from 'liquidjs';
import {
  FetchFailed,
  FetchPending,
  fetchTagFor,
  secretsNamed,
  writeUrlPart,
  type FetchedContent,
  type SecretNamed,
} from './fetch-tag.ts';
import { registerLocaleFilters } from './locale-filters.ts';
import type { Locale } from './locale-formats.ts';
import { MissingVariable, watchOutputs, type MissingRules } from './missing-variables.ts';
import { sparedByStalls } from './spared-by-stalls.ts';
import { excerptOf, lineOf, TemplateError, type TemplateProblem } from './template-error.ts';

/**
 * What one text may cost. They stop what is merely too much at the tag that does it; what slips
 * through (a regular expression that backtracks for ever) ends with its worker.
 */
export const LIQUID_LIMITS = {
  /** Characters of source. */
  parse: 2_000_000,
  /** Milliseconds. */
  render: 250,
  /** Characters and array elements made. */
  memory: 10_000_000,
  /** Characters that come out. */
  output: 2_000_000,
} as const;

/** How values are written: as they are, so that HTML takes them for text, or as a part of an address. */
export type Writing = 'plain' | 'html' | 'url';

export interface CompiledText {
  templates: Template[];
  writing: Writing;
}

/** Which value a template reads, from its root: `['run', 'b2', 'status']`. */
export type VariablePath = string[];

export interface LiquidEngine {
  /** Throws a `TemplateError` with the line if the source cannot be read. */
  parse(source: string, options: { path: string; writing: Writing }): CompiledText;
  /** What a text reads from outside, each once; up to the first member that it computes. */
  variablesOf(text: CompiledText): VariablePath[];
  /** The secrets that a text fetches with. */
  secretsOf(text: CompiledText): SecretNamed[];
  /** What filters and tags there are. */
  names(): { filters: string[]; tags: string[] };
  /** `source`: what the writer wrote, where that differs from what was parsed. */
  render(text: CompiledText, options: RenderingOf & { path: string; source: string }): string;
}

/** For whom a text is rendered, and by which rules. */
export interface RenderingOf {
  variables: object;
  locale: Locale;
  missing: MissingRules;
  fetched: FetchedContent;
}

/** HTML made by a filter from text that it escaped itself. */
class SafeHtml {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
  toString(): string {
    return this.html;
  }
}

/** Templates are text from people who are trusted with words, not with the machine. */
const FORBIDDEN_TAGS = ['include', 'render', 'layout', 'block'];

export function createLiquidEngine(): LiquidEngine {
  // Addresses to fetch from, inside of the others: what Liquid writes there is a part of a URL.
  const urls = configure(new Liquid({ ...options(), outputEscape: writeUrlPart }));
  const engines: Record<Writing, Liquid> = {
    plain: configure(new Liquid(options())),
    html: configure(new Liquid({ ...options(), outputEscape: writeHtml })),
    url: urls,
  };
  engines.plain.registerTag('fetch', fetchTagFor(urls, fetchedOf, { unescape: (text) => text }));
  // In HTML, and in what MJML makes of it, an ampersand stands as an entity.
  const unescape = (text: string): string => text.replaceAll('&amp;', '&');
  engines.html.registerTag('fetch', fetchTagFor(urls, fetchedOf, { unescape }));
  engines.html.registerFilter(
    'newline_to_br',
    (value: unknown) => new SafeHtml(escapeHtml(written(value)).replace(/\r?\n/g, '<br />\n')),
  );

  return {
    parse(source, { path, writing }) {
      try {
        const templates = engines[writing].parse(source);
        watchOutputs(templates, ({ globals }) => renderingOf(globals).missing);
        return { templates, writing };
      } catch (error) {
        throw toTemplateError(error, { path, source });
      }
    },
    variablesOf: ({ templates, writing }) =>
      engines[writing].globalVariableSegmentsSync(templates).map(plainStart),
    secretsOf: ({ templates }) => secretsNamed(templates),
    names: () => ({
      filters: Object.keys(engines.html.filters),
      tags: Object.keys(engines.html.tags),
    }),
    render({ templates, writing }, { path, variables, source, ...rendering }) {
      const globals = { [RENDERING]: rendering };
      try {
        const text = sparedByStalls(
          () => engines[writing].renderSync(templates, variables, { globals }) as string,
          { limitMs: LIQUID_LIMITS.render, ranOut },
        );
        if (text.length <= LIQUID_LIMITS.output) return text;
      } catch (error) {
        throw toTemplateError(error, { path, source });
      }
      throw new TemplateError({ path, message: 'The result is longer than 2 million characters.' });
    },
  };
}

/** Handed to filters and tags beside the variables, under a name that no template can write. */
const RENDERING = ' rendering';

function renderingOf(globals: Record<string, unknown>): Omit<RenderingOf, 'variables'> {
  return globals[RENDERING] as Omit<RenderingOf, 'variables'>;
}

function fetchedOf({ globals }: { globals: Record<string, unknown> }): FetchedContent {
  return renderingOf(globals).fetched;
}

function options(): ConstructorParameters<typeof Liquid>[0] {
  return {
    strictFilters: true,
    ownPropertyOnly: true,
    // An empty set of templates: nothing is ever read from the disk.
    templates: {},
    cache: false,
    timezoneOffset: 'UTC',
    locale: 'en',
    parseLimit: LIQUID_LIMITS.parse,
    renderLimit: LIQUID_LIMITS.render,
    memoryLimit: LIQUID_LIMITS.memory,
  };
}

interface FilterContext {
  context: { globals: Record<string, unknown>; opts: object };
}

function configure(liquid: Liquid): Liquid {
  for (const tag of FORBIDDEN_TAGS) delete liquid.tags[tag];
  const date = liquid.filters['date'] as (this: unknown, ...args: unknown[]) => unknown;
  // "now" is the moment of sending, days are those of the contact, and names are the text's.
  liquid.registerFilter('date', function (this: FilterContext, value, format, zone) {
    const { now, timeZone, language } = renderingOf(this.context.globals).locale;
    const instant = value === 'now' || value === 'today' ? now : value;
    const opts = { ...this.context.opts, locale: language };
    const own = { ...this, context: Object.create(this.context, { opts: { value: opts } }) };
    return date.call(own, instant, format, zone ?? timeZone);
  });
  registerLocaleFilters(liquid, ({ globals }) => renderingOf(globals).locale);
  return liquid;
}

function writeHtml(value: unknown): string {
  return value instanceof SafeHtml ? value.html : escapeHtml(written(value));
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(written).join('');
  // oxlint-disable-next-line typescript/no-base-to-string -- as Liquid writes an object
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Text that was escaped already is left alone, so that `| escape` out of habit does no harm. */
export function escapeHtml(text: string): string {
  return text.replace(/&(?!(?:amp|lt|gt|quot|#34|#39);)|[<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function plainStart(segments: readonly unknown[]): VariablePath {
  const computed = segments.findIndex((segment) => typeof segment === 'object');
  return segments.slice(0, computed < 0 ? undefined : computed).map(String);
}

interface LiquidError {
  message: string;
  originalError?: unknown;
  token?: { getText(): string; getPosition(): number[] };
}

function toTemplateError(
  error: unknown,
  { path, source }: { path: string; source: string },
): TemplateError {
  const { message, token } = error as LiquidError;
  const words = sentence(message);
  const piece = token?.getText();
  const why = whyOf(error);
  if (piece === undefined) return new TemplateError({ path, message: words, ...why }, error);
  const [parsedLine = 1, column = 1] = token?.getPosition() ?? [];
  // Compiled MJML has other lines than its source: there the tag is looked up by its text.
  const standsThere = (source.split('\n')[parsedLine - 1] ?? '').includes(
    piece.split('\n')[0] ?? '',
  );
  const line = standsThere ? parsedLine : lineOf(source, piece);
  return new TemplateError(
    {
      path,
      message: words,
      ...why,
      ...(line === undefined
        ? { excerpt: piece.slice(0, 160) }
        : { line, excerpt: excerptOf(source, line, standsThere ? column : 1) }),
    },
    error,
  );
}

/** What is no fault of the template: the contact's data, or somebody else's server. */
function whyOf(error: unknown): Pick<TemplateProblem, 'missing' | 'pending' | 'unfetched'> {
  const cause = (error as LiquidError).originalError;
  if (cause instanceof MissingVariable) return { missing: cause.variable };
  if (cause instanceof FetchPending) return { pending: [cause.call] };
  if (cause instanceof FetchFailed) return { unfetched: cause.again ? 'retry' : 'dont_send' };
  return cause === undefined ? {} : whyOf(cause);
}

const RAN_OUT = /^template render limit exceeded/;

function ranOut(error: unknown): boolean {
  return RAN_OUT.test((error as LiquidError).message);
}

const KNOWN_MESSAGES: [RegExp, string][] = [
  [RAN_OUT, 'Takes too long to render (more than 250 ms).'],
  [/^memory alloc limit exceeded/, 'Makes too much text or too long lists.'],
  [/^parse length limit exceeded/, 'Is too long.'],
];

/** LiquidJS ends its messages with the place, which is told apart here. */
function sentence(message: string): string {
  const known = KNOWN_MESSAGES.find(([pattern]) => pattern.test(message));
  if (known) return known[1];
  const text = message.replace(/, (file:.*, )?line:\d+, col:\d+$/s, '');
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
}
