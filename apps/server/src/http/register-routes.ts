import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from '../db/index.ts';
import { Content } from './content.ts';
import { admit, originOf, type Admission, type GuardParts } from './guard.ts';
import {
  answerOnce,
  hashCall,
  noRepetition,
  readIdempotencyKey,
  type Answer,
  type Repetition,
} from './idempotency.ts';
import type { ManageRoute } from './route.ts';
import { sanitizeJson } from './sanitize-json.ts';
import { fromWire, toWire } from './wire.ts';

export interface RouteParts extends GuardParts {
  pool: Pool;
  /** Of this program in `processes`. */
  processId?: number | undefined;
}

/** What was read from a request, decoded. */
interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

const defaultBodyLimit = 1024 * 1024;

/** Puts the rooms' routes below the prefix that `app` was given. */
export function registerRoutes(
  app: FastifyInstance,
  routes: readonly ManageRoute[],
  parts: RouteParts,
): void {
  const admissions = new WeakMap<FastifyRequest, Admission>();
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.url,
      bodyLimit: route.bodyLimit ?? defaultBodyLimit,
      onRequest: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        admissions.set(request, await admit(request, route, parts));
      },
      handler: async (request, reply) => {
        const admission = admissions.get(request);
        if (!admission) throw new Error(`${route.method} ${route.url} was not guarded`);
        return answer(request, reply, { route, admission, parts });
      },
    });
  }
}

interface Call {
  route: ManageRoute;
  admission: Admission;
  parts: RouteParts;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { route, admission, parts }: Call,
): Promise<FastifyReply> {
  const now = parts.clock();
  const input = readInput(request, route);
  const base = {
    ...input,
    db: parts.pool,
    now,
    request,
    reply,
    requestId: request.id,
    ip: request.ip,
  };
  const { caller, access } = admission;
  const by =
    caller && originOf(request, { caller, workspaceId: access?.workspace.id ?? null, now });
  const known = caller && { caller, actor: caller.actor, by };
  const inside = access && { workspace: access.workspace, rights: access.rights };
  const act = async (repetition: Repetition): Promise<Answer> => {
    const value = await route.handler({ ...base, ...known, ...inside, repetition });
    return toAnswer(route, reply, value);
  };
  const key = route.method === 'POST' && access ? readKey(request) : undefined;
  if (key === undefined || !access) return send(reply, await act(noRepetition));
  const { replayed, ...kept } = await answerOnce(
    parts.pool,
    {
      workspaceId: access.workspace.id,
      key,
      hash: hashCall([request.url, caller?.actor.kind, caller?.actor.id, request.body]),
      now,
      processId: parts.processId,
      secret: route.secretAnswer ?? false,
    },
    act,
  );
  if (replayed) reply.header('idempotency-replayed', 'true');
  return send(reply, kept);
}

function readKey(request: FastifyRequest): string | undefined {
  return readIdempotencyKey(request.headers['idempotency-key']);
}

function readInput(request: FastifyRequest, { params, query, body }: ManageRoute): Input {
  return {
    params: params && fromWire(params, sanitizeJson(request.params), 'path'),
    query: query && fromWire(query, sanitizeJson(request.query), 'query'),
    body: body && fromWire(body, request.body, 'body'),
  };
}

function toAnswer(route: ManageRoute, reply: FastifyReply, value: unknown): Answer {
  const body = toWire(route.response, value);
  return { status: statusOf(route, reply, body), body };
}

/** What the handler set by itself wins; 200 is what a reply has when nobody set anything. */
function statusOf(route: ManageRoute, reply: FastifyReply, body: unknown): number {
  if (reply.statusCode !== 200) return reply.statusCode;
  return route.status ?? (body === undefined ? 204 : 200);
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  reply.status(status);
  if (body instanceof Content) return reply.headers(body.headers).type(body.type).send(body.body);
  if (status === 204 || body === undefined) return reply.send();
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return reply.type(`${type}; charset=utf-8`).send(JSON.stringify(body));
}
