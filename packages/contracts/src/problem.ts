import { z } from 'zod';

/** Everything that can go wrong with a call, by code: its HTTP status and its title. */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request does not fit its schema' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  json_too_deep: { status: 400, title: 'The body is nested too deeply' },
  workspace_required: { status: 400, title: 'Say which workspace you mean' },
  unauthenticated: { status: 401, title: 'Log in, or send a key' },
  invalid_credentials: { status: 401, title: 'These credentials are not accepted' },
  totp_required: { status: 401, title: 'A one-time password is needed' },
  totp_invalid: { status: 401, title: 'The one-time password is not accepted' },
  forbidden: { status: 403, title: 'A right is missing' },
  csrf_failed: { status: 403, title: 'The page is out of date' },
  workspace_forbidden: { status: 403, title: 'No access to this workspace' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'The present state does not allow this' },
  already_exists: { status: 409, title: 'There is one already' },
  outdated: { status: 409, title: 'Somebody changed it meanwhile' },
  last_admin: { status: 409, title: 'A workspace needs an admin' },
  request_in_flight: { status: 409, title: 'The first request is still being answered' },
  answer_not_kept: { status: 409, title: 'Done before; the answer held a secret and is not kept' },
  link_expired: { status: 410, title: 'The link is used up or too old' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The content type is not accepted' },
  too_much: { status: 422, title: 'This asks for too much at once' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key belongs to another request' },
  unprocessable: { status: 422, title: 'The request makes no sense as it stands' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something broke on our side' },
  not_yet_applied: { status: 503, title: 'Accepted, but not applied yet' },
  unavailable: { status: 503, title: 'Not available at the moment' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with the request: where (a JSON pointer into that part) and why. */
export const problemDetailSchema = z.object({
  path: z.string(),
  message: z.string(),
  in: z.enum(['body', 'query', 'path']).optional(),
  /** In the text at `path`, from 1: of a template. */
  line: z.int().optional(),
  excerpt: z.string().optional(),
});
export type ProblemDetail = z.infer<typeof problemDetailSchema>;

/** The body of every error answer: RFC 9457, with our code and the request's ID. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    request_id: z.string().optional(),
    existing: z.string().optional().describe('Of `already_exists`: the ID of what is there.'),
    errors: z.array(problemDetailSchema).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemSchema>;
