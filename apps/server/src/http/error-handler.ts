import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { toProblem } from './to-problem.ts';

/** Every error below `app` becomes an answer; ours are logged, the caller's are not. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(request, reply, error));
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const problem = toProblem(error);
  if (isGone(request, error)) request.log.info('caller went away');
  else if (problem.status === 500) request.log.error({ err: error }, 'request failed');
  else if (!(error instanceof Problem) && problem.status > 500) {
    request.log.warn({ err: error }, 'request could not be served');
  }
  return reply
    .status(problem.status)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.body(request.id)));
}

/** A caller who went away in the middle is no trouble of ours; what broke besides is. */
function isGone({ socket }: FastifyRequest, error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return socket.destroyed && code === 'ERR_STREAM_PREMATURE_CLOSE';
}
