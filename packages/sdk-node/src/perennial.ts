import type {
  AliasCall,
  CallType,
  EventMap,
  GroupCall,
  IdentifyCall,
  PageCall,
  Properties,
  TrackCall,
} from './calls.ts';
import { deliver, type Destination } from './deliver.ts';
import { createItemQueue } from './item-queue.ts';
import { makeItem, type Item } from './make-item.ts';
import { onExit } from './on-exit.ts';
import { PerennialError } from './perennial-error.ts';

export interface PerennialOptions {
  /** A key of the kind *Tracking*; the client throws if it is missing in the environment. */
  writeKey: string | undefined;
  /** Where your Perennial runs: `https://perennial.example.com`. */
  host: string;
  /** So many waiting calls are sent at once; default 100. */
  flushAt?: number;
  /** Milliseconds that a call waits for others at most; default 1,000. */
  flushInterval?: number;
  /** So many calls may wait for a server that is away; default 10,000. Later ones are refused. */
  maxQueued?: number;
  /** Goes along with every call. */
  context?: Properties;
  /** Sends what waits when the process ends or gets SIGTERM or SIGINT; default true. */
  flushOnExit?: boolean;
  /** Told what could not be sent, and why; default: a line on the error output. */
  onError?: (error: PerennialError) => void;
}

/** Milliseconds that what waits gets when the process ends. */
const EXIT_WITHIN_MS = 5000;
const CLOSE_WITHIN_MS = 10_000;

/**
 * Sends users' events to Perennial. Calls return at once and are sent in batches, in order, again
 * until the server has them; a repeat counts once. Nothing is thrown at the app: see `onError`.
 */
export class Perennial<Events extends EventMap<Events> = Record<string, Properties>> {
  readonly #options: Required<Omit<PerennialOptions, 'context'>>;
  readonly #to: Destination;
  readonly #queue = createItemQueue();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** The delivery under way; one at a time keeps the order. */
  #sending: Promise<void> | undefined;
  #giveUp = new AbortController();
  #closed = false;
  /** Calls that were taken in, and of those the ones that came to an end. */
  #added = 0;
  #settled = 0;

  constructor({ context, ...options }: PerennialOptions) {
    this.#options = {
      flushAt: 100,
      flushInterval: 1000,
      maxQueued: 10_000,
      flushOnExit: true,
      onError: (error) => say(`${error.code}: ${error.message}`),
      ...options,
    };
    if (!options.writeKey) throw new TypeError('Perennial: writeKey is required.');
    this.#to = {
      writeKey: options.writeKey,
      url: batchUrl(options.host),
      context: context && JSON.stringify(context),
    };
    this.#stopListening = this.#options.flushOnExit
      ? onExit(() => this.#flushWithin(EXIT_WITHIN_MS))
      : () => {};
  }

  /** Says who somebody is: traits fill the card. */
  identify(call: IdentifyCall): void {
    this.#add('identify', call);
  }

  /** Something somebody did. */
  track<Name extends keyof Events & string>(call: TrackCall<Name, Events[Name]>): void {
    this.#add('track', call);
  }

  page(call: PageCall): void {
    this.#add('page', call);
  }

  screen(call: PageCall): void {
    this.#add('screen', call);
  }

  group(call: GroupCall): void {
    this.#add('group', call);
  }

  /** Joins an anonymous past with a person. */
  alias(call: AliasCall): void {
    this.#add('alias', call);
  }

  /** Resolves when all calls made until now were taken by the server, or given up and told. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wanted = this.#added;
    while (this.#settled < wanted) await this.#send();
  }

  /** Sends what waits, for at most `timeout` milliseconds, and takes no more calls. */
  async close({ timeout = CLOSE_WITHIN_MS }: { timeout?: number } = {}): Promise<void> {
    this.#closed = true;
    await this.#flushWithin(timeout);
    this.#stopListening();
  }

  #add(type: CallType, call: object): void {
    try {
      this.#enqueue(makeItem(type, call, new Date()));
    } catch (error) {
      if (!(error instanceof PerennialError)) throw error;
      this.#tell(error);
    }
  }

  #enqueue(item: Item): void {
    const { maxQueued, flushAt, flushInterval } = this.#options;
    if (this.#closed) throw refused('closed', 'The client is closed.', item);
    if (this.#queue.size >= maxQueued) {
      throw refused('queue_full', `${maxQueued} calls wait already; this one was not taken.`, item);
    }
    this.#queue.push(item);
    this.#added += 1;
    if (this.#queue.size >= flushAt) void this.#send();
    // The process may end while a call waits: then it is sent on exit.
    else this.#timer ??= setTimeout(() => void this.flush(), flushInterval).unref();
  }

  #send(): Promise<void> {
    this.#sending ??= this.#deliverNext().finally(() => {
      this.#sending = undefined;
      if (this.#queue.size >= this.#options.flushAt) void this.#send();
    });
    return this.#sending;
  }

  async #deliverNext(): Promise<void> {
    const batch = this.#queue.take();
    if (batch.length === 0) return;
    const { signal } = this.#giveUp;
    for (const error of await deliver(this.#to, batch, { signal })) this.#tell(error);
    this.#settled += batch.length;
  }

  /** A listener that fails must not take the app down with it. */
  #tell(error: PerennialError): void {
    try {
      this.#options.onError(error);
    } catch (cause) {
      say(`onError threw ${String(cause)}`);
    }
  }

  async #flushWithin(ms: number): Promise<void> {
    if (this.#queue.size === 0 && !this.#sending) return;
    const late = setTimeout(() => this.#giveUp.abort(), ms);
    await this.flush();
    clearTimeout(late);
    this.#giveUp = new AbortController();
  }
}

/** The error output of the app, which has no logger of ours. */
function say(what: string): void {
  process.stderr.write(`perennial: ${what}\n`);
}

function batchUrl(host: string): string {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(`Perennial: host must be an http(s) address, not "${host}".`);
  }
  return `${url.href.replace(/\/+$/, '')}/v1/batch`;
}

function refused(code: 'closed' | 'queue_full', message: string, { json }: Item): PerennialError {
  return new PerennialError(code, message, { items: [JSON.parse(json) as object] });
}
