import { fetchHeaderSchema, keySchema } from '@perennial/contracts';
import {
  evalQuotedToken,
  Hash,
  Tag,
  type Context,
  type Liquid,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import {
  callKey,
  FETCH_DEFAULTS,
  FETCH_LIMITS,
  type FetchAnswer,
  type FetchCall,
} from '../fetching/fetch-call.ts';
import { checkUrl, originOf } from '../fetching/literal-origin.ts';
import { childrenOf } from './missing-variables.ts';

/** Answers that a rendering has at hand, and what it does where one failed. */
export interface FetchedContent {
  answers: Readonly<Record<string, FetchAnswer>>;
  onFailure: 'retry' | 'empty' | 'dont_send';
  /** Keys of the calls that this message made so far. */
  called: Set<string>;
}

/** Thrown where a rendering needs what has not been fetched yet. */
export class FetchPending extends Error {
  override readonly name = 'FetchPending';
  readonly call: FetchCall;
  constructor(call: FetchCall) {
    super(`${call.url} was not fetched.`);
    this.call = call;
  }
}

/** Thrown where a message must not be sent, now or ever, without what could not be fetched. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed';
  readonly again: boolean;
  constructor(reason: string, { again }: { again: boolean }) {
    super(`Content could not be fetched: ${reason}`);
    this.again = again;
  }
}

const USAGE =
  'Write {% fetch "https://api.example.com/offers?for={{ contact.external_id }}" as offers %}; ' +
  'behind it cache: SECONDS, timeout: SECONDS, format: "text", secret: "NAME" and ' +
  'header-NAME: "VALUE", if need be.';

/**
 * `{% fetch "URL" as name %}`: what a server answers, as a variable. The scheme and the host stand
 * in the template; what Liquid writes into the rest is escaped, so that no value of a contact can
 * lead a request elsewhere.
 */
export function fetchTagFor(
  urls: Liquid,
  contentOf: (context: { globals: Record<string, unknown> }) => FetchedContent,
  { unescape }: { unescape: (source: string) => string },
) {
  return class FetchTag extends Tag {
    readonly variable: ReturnType<typeof this.tokenizer.readIdentifier>;
    readonly address: Template[];
    readonly origin: string;
    readonly how: Omit<FetchCall, 'url'>;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
      super(token, rest, liquid);
      this.tokenizer.skipBlank();
      const quoted = this.tokenizer.readQuoted();
      if (!quoted) throw new Error(USAGE);
      const source = unescape(evalQuotedToken(quoted));
      const word = this.tokenizer.readIdentifier().content;
      this.variable = this.tokenizer.readIdentifier();
      if (word !== 'as' || !this.variable.content) throw new Error(USAGE);
      this.origin = literalOrigin(source);
      this.address = urls.parse(source);
      this.how = optionsOf(new Hash(this.tokenizer), unescape);
      if (!this.tokenizer.end()) throw new Error(USAGE);
    }

    *render(context: Context): Generator<unknown, void, string> {
      const text = yield this.liquid.renderer.renderTemplates(this.address, context);
      const call = { ...this.how, url: checkUrl(text, this.origin) };
      const { answers, called, onFailure } = contentOf(context);
      const key = callKey(call);
      called.add(key);
      if (called.size > FETCH_LIMITS.perMessage) {
        throw new Error(`A message fetches from at most ${FETCH_LIMITS.perMessage} addresses.`);
      }
      const answer = Object.hasOwn(answers, key) ? answers[key]! : undefined;
      if (!answer) throw new FetchPending(call);
      if (!answer.ok && onFailure !== 'empty') {
        throw new FetchFailed(answer.reason, { again: onFailure === 'retry' });
      }
      const value = answer.ok ? read(answer.body, call.format) : null;
      (context.bottom() as Record<string, unknown>)[this.variable.content] = value;
    }

    // oxlint-disable-next-line require-yield -- the shape that LiquidJS asks for
    *children(): Generator<unknown, Template[]> {
      return this.address;
    }

    *localScope() {
      yield this.variable;
    }
  };
}

/** Where a text names a secret. */
export interface SecretNamed {
  name: string;
  /** From 1. */
  line: number;
}

/** Every fetch with a secret among these. */
export function secretsNamed(templates: readonly Template[]): SecretNamed[] {
  return templates.flatMap((template) => {
    const { how, token } = template as Template & { how?: { secret?: string } };
    const [line = 1] = (token as unknown as { getPosition(): number[] }).getPosition();
    const own = how?.secret === undefined ? [] : [{ name: how.secret, line }];
    return [...own, ...secretsNamed(childrenOf(template))];
  });
}

function literalOrigin(source: string): string {
  try {
    return originOf(source);
  } catch (error) {
    throw new Error(`${(error as Error).message} ${USAGE}`, { cause: error });
  }
}

const OPTIONS = ['cache', 'timeout', 'format', 'secret'];
/** Before the name of a header. */
const HEADER = 'header-';

function optionsOf({ hash }: Hash, unescape: (source: string) => string): Omit<FetchCall, 'url'> {
  const unknown = Object.keys(hash).find(
    (name) => !OPTIONS.includes(name) && !name.startsWith(HEADER),
  );
  if (unknown !== undefined) throw new Error(`There is no option "${unknown}". ${USAGE}`);
  const seconds = (name: string, least: number, most: number, usual: number): number => {
    const given = constant(hash[name]);
    if (given === undefined) return usual;
    if (typeof given === 'number' && given >= least && given <= most) return given;
    throw new Error(`Option ${name} takes a number of seconds from ${least} to ${most}.`);
  };
  const format = constant(hash['format']) ?? 'json';
  if (format !== 'json' && format !== 'text')
    throw new Error('Option format takes "json" or "text".');
  const secret = secretOf(hash['secret']);
  const headers = headersOf(hash, unescape);
  const { leastCacheSeconds, mostCacheSeconds, timeoutSeconds } = FETCH_LIMITS;
  return {
    format,
    cacheSeconds: seconds(
      'cache',
      leastCacheSeconds,
      mostCacheSeconds,
      FETCH_DEFAULTS.cacheSeconds,
    ),
    timeoutMs: 1_000 * seconds('timeout', 1, timeoutSeconds, FETCH_DEFAULTS.timeoutSeconds),
    ...(headers && { headers }),
    ...(secret !== undefined && { secret }),
  };
}

function secretOf(token: unknown): string | undefined {
  const name = constant(token);
  if (name === undefined || (typeof name === 'string' && keySchema.safeParse(name).success)) {
    return name;
  }
  throw new Error('Option secret takes the name of a secret of the settings, in quotation marks.');
}

/** In lower case: HTTP knows no other difference. */
function headersOf(
  hash: Hash['hash'],
  unescape: (source: string) => string,
): Record<string, string> | undefined {
  const named = Object.entries(hash).filter(([name]) => name.startsWith(HEADER));
  if (named.length === 0) return undefined;
  if (named.length > FETCH_LIMITS.headers) {
    throw new Error(`A fetch sends at most ${FETCH_LIMITS.headers} headers.`);
  }
  return Object.fromEntries(
    named.map(([option, token]) => {
      const name = option.slice(HEADER.length);
      const checked = fetchHeaderSchema.safeParse(name);
      if (!checked.success)
        throw new Error(`Option ${option}: ${checked.error.issues[0]!.message}`);
      return [name.toLowerCase(), headerValue(option, constant(token), unescape)];
    }),
  );
}

/** What HTTP allows in a value, RFC 9110 §5.5, without what is not ASCII. */
function headerValue(option: string, value: unknown, unescape: (source: string) => string): string {
  const text = typeof value === 'string' ? unescape(value) : String(value);
  if (!Number.isNaN(value) && /^[\x20-\x7e]*$/.test(text)) {
    if (text.length <= FETCH_LIMITS.headerLength) return text;
    throw new Error(`Option ${option} has more than ${FETCH_LIMITS.headerLength} characters.`);
  }
  throw new Error(`Option ${option} takes a text of ASCII in quotation marks, written out.`);
}

/** Options are written out; a variable there would be read for each contact anew. */
function constant(token: unknown): string | number | undefined {
  if (token === undefined) return undefined;
  const { content } = token as { content?: unknown };
  return typeof content === 'string' || typeof content === 'number' ? content : Number.NaN;
}

/** As a part of an address: nothing in a value ends the path that its writer meant. */
export function writeUrlPart(value: unknown): string {
  if (value === null || value === undefined) return '';
  // oxlint-disable-next-line typescript/no-base-to-string -- as Liquid writes a value
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (/^\.{1,2}$/.test(text)) throw new Error(`"${text}" cannot stand in an address.`);
  return encodeURIComponent(text.toWellFormed());
}

/** Read once for all contacts of a batch: templates cannot change what they are given. */
const parsed = new Map<string, unknown>();
const MOST_PARSED = 5;

function read(body: string, format: FetchCall['format']): unknown {
  if (format === 'text') return body;
  const known = parsed.get(body);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(body);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(body, value);
  return value;
}
