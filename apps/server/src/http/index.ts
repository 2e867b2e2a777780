export { whenClosed } from './when-closed.ts';
export type {
  Access,
  Actor,
  Authenticate,
  Caller,
  CallerSession,
  Denial,
  Origin,
  WorkspaceRef,
} from './caller.ts';
export { claimCall, closeCall, releaseCall } from './claim-call.ts';
export { Content, contentSchema, nothing } from './content.ts';
export { forgetAnswers } from './forget-answers.ts';
export { forgetIdempotencyKeys } from './idempotency-queries.ts';
export { noRepetition } from './idempotency.ts';
export { cursorSchema, encodeCursor, pageFrom, pageQuery } from './paging.ts';
export { parseJson } from './parse-json.ts';
export { notFound, Problem } from './problem.ts';
export type { ProblemOptions } from './problem.ts';
export { serializeError } from './request-log.ts';
export { defineOpenRoute, defineRoute, defineSelfRoute } from './route.ts';
export type { ManageRoute, RouteRight } from './route.ts';
export { sanitizeJson } from './sanitize-json.ts';
export { toProblem } from './to-problem.ts';
export { waitForItem } from './wait-for-item.ts';
export { detailsOf } from './wire.ts';
