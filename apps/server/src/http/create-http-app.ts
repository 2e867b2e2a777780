import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Pool } from '../db/index.ts';
import type { Authenticate, Denial } from './caller.ts';
import { serveDocs } from './docs-page.ts';
import { answerErrors, sendProblem } from './error-handler.ts';
import { databaseReadiness, serveHealth, type Readiness } from './health.ts';
import { serveMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { parseJson } from './parse-json.ts';
import { registerRoutes } from './register-routes.ts';
import { logRequests } from './request-log.ts';
import type { ManageRoute } from './route.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { serveInterface } from './static-files.ts';

export interface HttpParts {
  pool: Pool;
  routes: readonly ManageRoute[];
  authenticate: Authenticate;
  clock: () => Date;
  /** Of this program in `processes`. */
  processId?: number | undefined;
  logger: FastifyBaseLogger;
  registry: Registry;
  version: string;
  /** The built interface. */
  webRoot: string;
  /** Other protocols, each in a scope of its own: body parsers and hooks stay inside. */
  protocols?: readonly ((app: FastifyInstance) => Promise<void> | void)[];
  onDenied?: (denial: Denial) => void;
  metricsToken?: string | undefined;
  readiness?: Readiness;
}

/** The whole of HTTP, ready to `listen` or `inject`. `close` waits for answers under way. */
export async function createHttpApp(parts: HttpParts): Promise<FastifyInstance> {
  const app = createBareApp(parts.logger);
  const { registry, metricsToken: token } = parts;
  addSecurityHeaders(app);
  answerErrors(app);
  readJson(app);
  logRequests(app);
  serveMetrics(app, { registry, token });
  await app.register(cookie);
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  serveHealth(app, { readiness: parts.readiness ?? databaseReadiness(parts.pool) });
  serveDocs(app);
  await app.register(async (scope) => serveManagement(scope, parts), { prefix: '/manage/v1' });
  for (const protocol of parts.protocols ?? []) {
    await app.register(async (scope) => protocol(scope));
  }
  await serveInterface(app, { root: parts.webRoot });
  return app;
}

function createBareApp(loggerInstance: FastifyBaseLogger): FastifyInstance {
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => acceptableId(headers['x-request-id']) ?? randomUUID(),
    // A reverse proxy on this machine or a private network says whom it speaks for; nobody else is
    // believed.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, error);
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  return app;
}

function acceptableId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : undefined;
}

/** JSON is the only body; a scope that takes others adds its parsers. */
function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  for (const type of ['application/json', /^application\/[\w.-]+\+json$/]) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
      parseJson(body),
    );
  }
}

function serveManagement(scope: FastifyInstance, parts: HttpParts): void {
  const { pool, routes, authenticate, clock, version } = parts;
  registerRoutes(scope, routes, {
    pool,
    authenticate,
    clock,
    processId: parts.processId,
    onDenied: parts.onDenied ?? ignore,
  });
  let document: string | undefined;
  scope.get('/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes, { version }));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}

function ignore(): void {}
