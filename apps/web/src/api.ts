/** The management API over HTTP with the session cookie. Shapes are those of the wire. */

export interface FieldError {
  path: string;
  message: string;
}

/** An answer that is not a success (RFC 9457), or none at all (`status` 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  /** ID of what is there already. */
  readonly existing: string | undefined;
  /** What to quote to the operator; their log lines carry it. */
  readonly reference: string | undefined;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(problem: ProblemParts, cause?: unknown) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`, { cause });
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.existing = problem.existing;
    this.reference = problem.reference;
    this.retryAfter = problem.retryAfter;
  }
}

interface ProblemParts {
  status: number;
  title?: string | undefined;
  code?: string | undefined;
  detail?: string | undefined;
  errors?: FieldError[] | undefined;
  existing?: string | undefined;
  reference?: string | undefined;
  retryAfter?: number | undefined;
}

export type Query = Record<
  string,
  string | number | boolean | readonly string[] | null | undefined
>;

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  /** Present where counting is cheap, on the first page. */
  total?: number | null;
  /** False: `total` is an estimate or a least number. */
  total_exact?: boolean;
}

export interface Api {
  /** ID of the workspace the calls are about; empty before one is chosen. */
  readonly workspace: string;
  get: <T>(path: string, options?: { query?: Query; signal?: AbortSignal }) => Promise<T>;
  /** A file, whatever it holds. */
  download: (path: string, options?: { query?: Query }) => Promise<Blob>;
  post: <T>(path: string, body?: unknown, options?: { signal?: AbortSignal }) => Promise<T>;
  patch: <T>(path: string, body: unknown) => Promise<T>;
  put: <T>(path: string, body: unknown) => Promise<T>;
  delete: <T>(path: string, query?: Query) => Promise<T>;
}

interface Credentials {
  workspace?: string;
  csrfToken?: string;
  /** Told when the session has ended, so that the log-in page can come up. */
  onSignedOut?: () => void;
}

const base = '/manage/v1';

/** Binds the calls to a workspace and a session. */
export function createApi({ workspace = '', csrfToken, onSignedOut }: Credentials): Api {
  async function ask(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (workspace) headers['x-workspace'] = workspace;
    if (csrfToken && method !== 'GET') headers['x-csrf-token'] = csrfToken;
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (method === 'POST') headers['idempotency-key'] = newKey();
    const response = await send(base + path + queryString(options.query), {
      method,
      headers,
      credentials: 'same-origin',
      signal: options.signal ?? null,
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    if (response.ok) return response;
    const problem = await toProblem(response);
    if (problem.status === 401 && !path.startsWith('/session')) onSignedOut?.();
    throw problem;
  }

  async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    return (await readBody(await ask(method, path, options))) as T;
  }

  return {
    workspace,
    get: (path, options) => call('GET', path, options),
    download: async (path, options) => (await ask('GET', path, options)).blob(),
    post: (path, body, options) => call('POST', path, { ...options, body: body ?? {} }),
    patch: (path, body) => call('PATCH', path, { body }),
    put: (path, body) => call('PUT', path, { body }),
    delete: (path, query) => call('DELETE', path, query ? { query } : {}),
  };
}

interface CallOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/** `crypto.randomUUID` exists only on secure origins; self-hosted ones may be plain HTTP. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiProblem({ status: 0, code: 'unreachable' }, cause);
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function toProblem(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const parts = parseObject(text);
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiProblem({
    ...parts,
    status: response.status,
    reference: response.headers.get('x-request-id') ?? parts.request_id ?? parts.instance,
    retryAfter: retryAfter > 0 ? retryAfter : undefined,
  });
}

type ProblemBody = Partial<ProblemParts> & { request_id?: string; instance?: string };

/** A proxy in between may answer with a page of its own. */
function parseObject(text: string): ProblemBody {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

/** Leaves out what is empty; a list becomes comma-separated. */
export function queryString(query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    parameters.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}
