import type { ProblemCode } from '@perennial/contracts';
import { sqlState } from '../db/index.ts';
import { InboxFull } from '../inbox/index.ts';
import { Problem } from './problem.ts';

const byCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_BAD_URL: 'invalid_request',
  FST_CP_ERR_INVALID_CONTENT_ENCODING: 'unsupported_media_type',
  FST_CP_ERR_INVALID_CONTENT: 'invalid_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
};

const bySqlState: Record<string, ProblemCode> = {
  // Unique violation that a room did not expect: two calls raced for one name.
  '23505': 'already_exists',
  // Refers to what is not there, or is still referred to.
  '23503': 'conflict',
  // Deadlock and serialization failure, after the retries.
  '40P01': 'unavailable',
  '40001': 'unavailable',
  '53300': 'unavailable',
  '57014': 'unavailable',
  '57P01': 'unavailable',
  '57P03': 'unavailable',
};

const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);

/** The one place where an error gets its status. What nobody foresaw is ours: `internal`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InboxFull) {
    const { message, retryAfterSeconds: retryAfter } = error;
    return new Problem('too_many_requests', { detail: message, retryAfter, cause: error });
  }
  const code = codeOf(error);
  const detail = code !== undefined && code in byCode ? messageOf(error) : undefined;
  return new Problem(problemCode(error, code), {
    ...(detail !== undefined && { detail }),
    cause: error,
  });
}

function problemCode(error: unknown, code: string | undefined): ProblemCode {
  const known = byCode[code ?? ''] ?? bySqlState[sqlState(error) ?? ''];
  if (known) return known;
  if (connectionErrors.has(code ?? '')) return 'unavailable';
  return isClientError(error) ? 'invalid_request' : 'internal';
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Fastify's own refusals carry the status they ask for. */
function isClientError(error: unknown): boolean {
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
  const isFastify = typeof code === 'string' && code.startsWith('FST_');
  return isFastify && statusCode !== undefined && statusCode >= 400 && statusCode < 500;
}
