import { parse } from 'csv-parse/sync';
import { readMoment } from '@perennial/conditions';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { insertCodes, type NewCode } from './code-queries.ts';
import { addToPool, findPool, lockPool } from './pool-queries.ts';

/** A code as it was sent, and where it stood. */
export interface GivenCode {
  /** From 1: the line of a text, or the place in a list. */
  line: number;
  code: string;
  expires?: string | null | undefined;
}

export interface Refused {
  line: number;
  code: string;
  problem: 'duplicate' | 'invalid' | 'expired' | 'date';
}

export interface AddedCodes {
  added: number;
  /** Codes that the workspace has, or that were sent twice. */
  duplicates: number;
  invalid: number;
  /** The first of them, in their order. */
  refused: Refused[];
}

/** Codes of one call. */
export const MOST_CODES = 50_000;
const MOST_SHOWN = 100;
const LONGEST_CODE = 200;

/**
 * Adds codes to a pool. Those that are there stay as they are and are told, so that sending a list
 * again does no harm.
 */
export async function addCodes(
  tx: Tx,
  {
    workspaceId,
    id,
    by,
    given,
    used = false,
  }: { workspaceId: number; id: number; by: Origin; given: readonly GivenCode[]; used?: boolean },
): Promise<AddedCodes> {
  const now = by.at;
  if (!(await lockPool(tx, { workspaceId, id }))) throw notFound('promo pool');
  const pool = (await findPool(tx, { workspaceId, id }))!;
  if (pool.archived_at) throw new Problem('conflict', { detail: 'The pool is archived.' });
  const { codes, refused } = sortOut(given, { expiresAt: pool.expires_at, now });
  const fresh = await insertCodes(tx, {
    workspaceId,
    poolId: id,
    codes: [...codes.values()],
    before: pool.added,
    used,
    now,
  });
  for (const { code, line } of codes.values()) {
    if (!fresh.has(code)) refused.push({ line, code, problem: 'duplicate' });
  }
  const added = fresh.size;
  await addToPool(tx, { id, added, usedElsewhere: used ? added : 0, now });
  if (added > 0) {
    await writeAudit(tx, {
      by,
      action: 'promo_pool.add_codes',
      object: { kind: 'promo_pool', id },
      after: { added },
    });
  }
  const duplicates = refused.filter(({ problem }) => problem === 'duplicate').length;
  return {
    added,
    duplicates,
    invalid: refused.length - duplicates,
    refused: refused.toSorted((a, b) => a.line - b.line).slice(0, MOST_SHOWN),
  };
}

/** What can be added, by code, and what cannot. */
function sortOut(
  given: readonly GivenCode[],
  { expiresAt, now }: { expiresAt: Date | null; now: Date },
): { codes: Map<string, NewCode & { line: number }>; refused: Refused[] } {
  const codes = new Map<string, NewCode & { line: number }>();
  const refused: Refused[] = [];
  for (const { line, code: text, expires } of given) {
    const code = text.trim();
    const own = readExpiration(expires);
    const at = own === undefined ? undefined : (own ?? expiresAt);
    const problem = problemOf(code, at, { now, seen: codes });
    if (problem === undefined) codes.set(code, { code, line, expiresAt: at! });
    else refused.push({ line, code: code.slice(0, LONGEST_CODE), problem });
  }
  return { codes, refused };
}

function problemOf(
  code: string,
  expiresAt: Date | null | undefined,
  { now, seen }: { now: Date; seen: ReadonlyMap<string, NewCode> },
): Refused['problem'] | undefined {
  if (code === '' || code.length > LONGEST_CODE || /\p{Cc}/u.test(code)) {
    return 'invalid';
  }
  if (expiresAt === undefined) return 'date';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return seen.has(code) ? 'duplicate' : undefined;
}

const DAY_MS = 86_400_000;

/** A day counts to its end, in UTC, as do times without an offset; null: none is given; undefined: what is given is no date. */
function readExpiration(text: string | null | undefined): Date | null | undefined {
  if (text === undefined || text === null || text.trim() === '') return null;
  const moment = readMoment(text.trim());
  if (!moment) return undefined;
  if (moment.kind === 'instant') return new Date(moment.at);
  return new Date(
    moment.kind === 'day' ? (moment.day + 1) * DAY_MS - 1 : moment.day * DAY_MS + moment.time,
  );
}

const CODE_COLUMNS = ['code', 'promocode', 'promo_code', 'coupon'];
const EXPIRATION_COLUMNS = [
  'expires_at',
  'expires',
  'expiration',
  'expiration_date',
  'expirationdate',
];

/**
 * Codes of a text: one a line, or CSV with commas, semicolons or tabs, whose first line may name the
 * columns; else the code comes first and its expiration second.
 */
export function readCodes(
  text: string,
  { firstLine = 1 }: { firstLine?: number } = {},
): GivenCode[] {
  const records = readCsv(text);
  const head = records[0]?.record.map((cell) => cell.trim().toLowerCase()) ?? [];
  const named = head.findIndex((cell) => CODE_COLUMNS.includes(cell));
  const expiration = named < 0 ? 1 : head.findIndex((cell) => EXPIRATION_COLUMNS.includes(cell));
  return records.slice(named < 0 ? 0 : 1).map(({ record, info }) => ({
    line: info.lines + firstLine - 1,
    code: record[Math.max(0, named)] ?? '',
    expires: expiration < 0 ? null : record[expiration],
  }));
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function readCsv(text: string): CsvRecord[] {
  const separator = [';', '\t', ','].find((sign) => (text.split('\n', 1)[0] ?? '').includes(sign));
  try {
    return parse(text, {
      bom: true,
      delimiter: separator ?? ',',
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[];
  } catch (cause) {
    const { lines } = cause as { lines?: number };
    const detail = `Line ${lines ?? 1} is no CSV: ${(cause as Error).message}`;
    throw new Problem('unprocessable', {
      detail,
      errors: [{ path: '/csv', message: detail }],
      cause,
    });
  }
}
