import type { FastifyInstance } from 'fastify';
import { sqlState } from '../db/index.ts';

/**
 * A line per answered request: the route's pattern instead of its path, no query, no address, no
 * body, so that neither people nor tokens get into a log. Successes are for debugging, except
 * those that change something through the management API.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const status = reply.statusCode;
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (status >= 500) request.log.error(line, 'answered');
    else if (status >= 400 || changesSomething(line)) request.log.info(line, 'answered');
    else request.log.debug(line, 'answered');
  });
}

function changesSomething({ method, route }: { method: string; route: string }): boolean {
  return route.startsWith('/manage/') && method !== 'GET' && method !== 'HEAD';
}

/** For pino: what an error says about the program, without what the database says about people. */
export function serializeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint } = error as { code?: string; constraint?: string };
  return {
    type: error.name,
    message: safeMessage(error),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: serializeError(error.cause) }),
  };
}

/** PostgreSQL quotes the value it refused. Class 42, our own wrong SQL, quotes only SQL. */
function safeMessage(error: Error): string {
  const state = sqlState(error);
  return state === undefined || state.startsWith('42') ? error.message : `PostgreSQL said ${state}`;
}

/** A stack begins with the message; only the frames are wanted here. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
