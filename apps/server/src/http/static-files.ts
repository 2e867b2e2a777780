import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticPlugin from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './error-handler.ts';
import { Problem } from './problem.ts';

/** Paths that belong to programs: what is not found there is a problem, not a page. */
const programPaths =
  /^\/(manage|api|v1|logs|in-app|site-script|hooks|r|o|u|c|v|preferences|forms|sdk|docs|assets|metrics|healthz|readyz)(\/|$)/;

/**
 * The built interface. Files below `assets/` bear a hash of their content and never change; every
 * other path a person may have in the address bar is the same page, asked for anew each time.
 */
export async function serveInterface(
  app: FastifyInstance,
  { root }: { root: string },
): Promise<void> {
  const built = existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(staticPlugin, {
      root,
      // A route for each file that is there: a path cannot lead anywhere else.
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes(`${root}/assets/`) ? forever : anew);
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isForPeople(request)) return sendProblem(request, reply, new Problem('not_found'));
    return built ? sendPage(reply) : sendNotBuilt(reply);
  });
}

const forever = 'public, max-age=31536000, immutable';
const anew = 'no-cache';

function isForPeople({ method, url }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '/';
  if (method !== 'GET' && method !== 'HEAD') return false;
  // A file that is missing must not come back as a page: a script that parses as HTML is a riddle.
  return !programPaths.test(path) && !/\.[a-z0-9]+$/i.test(path);
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.status(200).header('cache-control', anew).sendFile('index.html');
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .status(503)
    .type('text/plain; charset=utf-8')
    .send('The interface is not built. "npm start" builds it; the API is at /docs.\n');
}
