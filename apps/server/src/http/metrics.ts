import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { Counter, Histogram, type Registry } from 'prom-client';
import { Problem } from './problem.ts';

export interface MetricsParts {
  registry: Registry;
  /** Lets others than this machine read the metrics. */
  token?: string | undefined;
}

/** Counts and times requests by route pattern, and serves `/metrics`. */
export function serveMetrics(app: FastifyInstance, { registry, token }: MetricsParts): void {
  const requests = new Counter({
    name: 'perennial_http_requests_total',
    help: 'HTTP requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'perennial_http_request_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown' };
    requests.inc({ ...labels, status: reply.statusCode });
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request) && !hasToken(request, token)) {
      throw new Problem('forbidden', { detail: 'For this machine, or with the metrics token.' });
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** A proxy on this machine speaks for others, and says so. */
function isFromHere(request: FastifyRequest): boolean {
  const { remoteAddress } = request.socket;
  const proxied = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
  return remoteAddress !== undefined && !proxied && isLoopback(remoteAddress);
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  const sent = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || sent === undefined) return false;
  return timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
