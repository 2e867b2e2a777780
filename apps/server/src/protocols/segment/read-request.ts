import { parseInstant } from '../../contacts/index.ts';
import type { InboxItem, Json, JsonObject } from '../../inbox/index.ts';
import { ItemError, RefusedEventError } from './item-error.ts';
import type { Method } from './method.ts';
import { normalizeItem, type Surroundings } from './normalize-item.ts';

/** Limits of the specification. */
export const MAX_ITEM_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_ITEMS = 2500;

export interface ItemProblem {
  /** Position in the batch. */
  index: number;
  path: string;
  message: string;
}

export interface ReadRequest {
  items: InboxItem[];
  /** Of each item its position in the batch. */
  positions: number[];
  errors: ItemProblem[];
  /** Events among the refused that are counted under their types. */
  unfit: RefusedEventError[];
}

const METHODS = new Set<string>(['identify', 'track', 'page', 'screen', 'group', 'alias']);

/** What a request knows before its items are read. */
export type RequestFacts = Omit<Surroundings, 'context' | 'skew'>;

/** The items of a batch; bad ones are reported by their index and the others go on. */
export function readBatch(body: JsonObject, facts: RequestFacts): ReadRequest {
  const batch = body['batch'];
  if (!Array.isArray(batch)) return refused('batch', 'is required and must be an array');
  if (batch.length === 0) return refused('batch', 'is empty');
  if (batch.length > MAX_BATCH_ITEMS)
    return refused('batch', `holds more than ${MAX_BATCH_ITEMS} items`);
  const context = body['context'];
  const around: Surroundings = {
    ...facts,
    context:
      typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {},
    skew: skewOf(body, facts.receivedAt),
  };
  const read: ReadRequest = { items: [], positions: [], errors: [], unfit: [] };
  batch.forEach((raw, index) => readInto(read, { raw, index, around, method: undefined }));
  return read;
}

/** One call to `/v1/identify`, `/v1/track`, ... */
export function readSingle(method: Method, body: JsonObject, facts: RequestFacts): ReadRequest {
  const around: Surroundings = { ...facts, context: {}, skew: skewOf(body, facts.receivedAt) };
  const read: ReadRequest = { items: [], positions: [], errors: [], unfit: [] };
  readInto(read, { raw: body, index: 0, around, method });
  return read;
}

function readInto(
  read: ReadRequest,
  {
    raw,
    index,
    around,
    method,
  }: { raw: Json; index: number; around: Surroundings; method: Method | undefined },
): void {
  try {
    requireSize(raw);
    read.items.push(normalizeItem(method ?? methodOf(raw), raw, around));
    read.positions.push(index);
  } catch (problem) {
    if (!(problem instanceof ItemError)) throw problem;
    read.errors.push({ index, path: problem.path, message: problem.message });
    if (problem instanceof RefusedEventError) read.unfit.push(problem);
  }
}

function requireSize(raw: Json): void {
  const text = JSON.stringify(raw);
  // Most are so short that even four bytes a character would fit.
  if (text.length * 4 <= MAX_ITEM_BYTES) return;
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_ITEM_BYTES) throw new ItemError('', `is larger than 32 KB (${bytes} bytes)`);
}

function methodOf(raw: Json): Method {
  const type =
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw['type'] : undefined;
  if (typeof type === 'string' && METHODS.has(type)) return type as Method;
  throw new ItemError('type', `must be one of ${[...METHODS].join(', ')}`);
}

/** How far the client's clock is ahead of ours: `sentAt` against arrival. */
function skewOf(body: JsonObject, receivedAt: number): number {
  const sentAt = typeof body['sentAt'] === 'string' ? parseInstant(body['sentAt']) : undefined;
  return sentAt === undefined ? 0 : sentAt - receivedAt;
}

function refused(path: string, message: string): ReadRequest {
  return { items: [], positions: [], errors: [{ index: 0, path, message }], unfit: [] };
}
