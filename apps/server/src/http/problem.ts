import {
  PROBLEMS,
  type ProblemBody,
  type ProblemCode,
  type ProblemDetail,
} from '@perennial/contracts';

export interface ProblemOptions {
  /** A sentence for whoever made the call: what was wrong, and what to do. */
  detail?: string;
  errors?: ProblemDetail[];
  /** The ID of what is there already. */
  existing?: number;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Thrown anywhere below a route, it becomes the answer: RFC 9457, status from the table. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: ProblemDetail[] | undefined;
  readonly existing: number | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? PROBLEMS[code].title, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.existing = options.existing;
    this.headers = { ...options.headers };
    if (options.retryAfter !== undefined) {
      this.headers['retry-after'] = String(Math.max(1, Math.ceil(options.retryAfter)));
    }
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  body(requestId?: string): ProblemBody {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `urn:perennial:problem:${this.code}`,
      title,
      status,
      code: this.code,
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(requestId !== undefined && { request_id: requestId }),
      ...(this.existing !== undefined && { existing: String(this.existing) }),
      ...(this.errors && { errors: this.errors }),
    };
  }
}

/** `throw notFound('tag')`. Also the answer for what belongs to another workspace. */
export function notFound(what: string): Problem {
  return new Problem('not_found', { detail: `There is no such ${what} in this workspace.` });
}
