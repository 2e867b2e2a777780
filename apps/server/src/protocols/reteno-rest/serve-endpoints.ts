import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJson, sanitizeJson, toProblem } from '../../http/index.ts';
import { InboxFull } from '../../inbox/index.ts';
import { authenticateRest, type Authenticated } from './authenticate-rest.ts';
import { Answer, type Endpoint, type RestContext, type RestParts } from './endpoint.ts';
import { BadEvent } from './event-body.ts';
import { legacyAnswer } from './legacy-answer.ts';
import { createRateLimits } from './rate-limits.ts';
import { serveReference } from './reference.ts';
import { RestError } from './rest-error.ts';
import { readPart } from './schemas.ts';

const DEFAULT_BODY_LIMIT = 1024 * 1024;

/** Everything below `/api`: the endpoints, and plain texts for what is none. */
export function serveEndpoints(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  parts: RestParts,
): void {
  readJsonOnly(app);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  const limits = createRateLimits();
  const callers = new WeakMap<FastifyRequest, Authenticated>();
  for (const [url, some] of Map.groupBy(endpoints, (endpoint) => endpoint.url)) {
    for (const path of [`/api${url}`, `/api${url}/`]) {
      for (const endpoint of some) serve(path, endpoint);
      refuseOtherMethods(app, path, some);
    }
  }
  serveReference(app, endpoints, parts);
  app.all('/api/*', () => {
    throw new RestError(404, 'There is no such call. The reference lists all: /docs/api.');
  });

  function serve(path: string, endpoint: Endpoint): void {
    const { method, bodyLimit = DEFAULT_BODY_LIMIT, rate = 'shared' } = endpoint;
    app.route({
      method,
      url: path,
      bodyLimit,
      exposeHeadRoute: false,
      onRequest: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        // Before the body: nobody unknown makes us read one.
        const caller = await authenticateRest(parts, endpoint, request);
        callers.set(request, caller);
        const { key } = caller;
        const { rate_limits: limited } = await parts.settingsOf(key.workspace.id);
        if (limited && !limits.take(key.workspace.id, rate, parts.clock())) {
          throw new RestError(429, 'Too many calls in this second.', { 'retry-after': '1' });
        }
      },
      handler: async (request, reply) => {
        const context = await contextOf(parts, endpoint, request, callers.get(request)!);
        return send(reply, endpoint, context, await endpoint.handler(context));
      },
    });
  }
}

/** JSON is all it takes; its absence is said with 415. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/json/,
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => parseJson(body, { exact: true }),
  );
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

function refuseOtherMethods(app: FastifyInstance, path: string, some: Endpoint[]): void {
  const known = some.map(({ method }) => method as string);
  app.route({
    method: METHODS.filter((method) => !known.includes(method)),
    url: path,
    exposeHeadRoute: false,
    onRequest: async () => {
      const allow = known.join(', ');
      throw new RestError(405, `This call takes ${allow}.`, { allow });
    },
    handler: () => undefined,
  });
}

async function contextOf(
  parts: RestParts,
  { params, query, body }: Endpoint,
  request: FastifyRequest,
  { key, token }: Authenticated,
): Promise<RestContext> {
  const now = parts.clock();
  const workspaceId = key.workspace.id;
  const settings = await parts.settingsOf(workspaceId);
  return {
    parts,
    db: parts.pool,
    now,
    key,
    token,
    workspaceId,
    settings,
    country: settings.phone_country || undefined,
    by: {
      workspaceId,
      actor: { kind: 'key', id: key.id, name: key.name },
      at: now,
      requestId: request.id,
      ip: request.ip,
    },
    callHash: () => hashOf(request),
    params: params && readPart(params, sanitizeJson(request.params), 'the path'),
    query: query && readPart(query, sanitizeJson(request.query), 'the query'),
    body: body && readPart(body, request.body, 'the body'),
  };
}

function hashOf({ method, url, body }: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
}

function send(
  reply: FastifyReply,
  { oldAnswer = false }: Endpoint,
  { settings }: RestContext,
  answer: unknown,
): FastifyReply {
  const { body, status, headers } = answer instanceof Answer ? answer : new Answer(answer);
  reply.code(status).headers(headers);
  if (body === undefined) return reply.send();
  if (typeof body === 'string') return sendText(reply, status, body);
  const value = oldAnswer && settings.legacy_answers ? legacyAnswer(body) : body;
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(value));
}

function sendText(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(message);
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RestError)
    return sendText(reply.headers(error.headers), error.status, error.message);
  if (error instanceof BadEvent) return sendText(reply, 400, error.message);
  if (error instanceof InboxFull) {
    return sendText(
      reply.header('retry-after', String(error.retryAfterSeconds)),
      429,
      error.message,
    );
  }
  const code = (error as { code?: string }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return sendText(reply, 400, `The body is larger than ${bytesOf(request)}.`);
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return sendText(reply, 415, 'Send application/json; charset=UTF-8.');
  const problem = toProblem(error);
  if (problem.status < 500) {
    const status = [404, 409, 415, 429].includes(problem.status) ? problem.status : 400;
    return sendText(reply.headers(problem.headers), status, problem.message);
  }
  request.log.error({ err: error }, 'REST call failed');
  return sendText(
    reply.header('retry-after', '1'),
    503,
    'The call could not be carried out; send it again.',
  );
}

function bytesOf(request: FastifyRequest): string {
  const limit = request.routeOptions.bodyLimit ?? DEFAULT_BODY_LIMIT;
  return limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MB` : `${limit / 1024} KB`;
}
