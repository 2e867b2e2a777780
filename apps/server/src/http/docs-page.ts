import Fastify, { type FastifyInstance } from 'fastify';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Perennial management API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="/docs/reference.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// Nothing here may ask another host: no fonts, no telemetry, no proxy, no hosted assistant.
const start = `Scalar.createApiReference('#app', ${JSON.stringify({
  url: '/manage/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  authentication: { preferredSecurityScheme: 'key' },
})});
`;

/** The rendered documentation at `/docs`. */
export function serveDocs(app: FastifyInstance): void {
  let reference: Promise<string> | undefined;
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs/', async (_request, reply) => reply.redirect('/docs'));
  app.get('/docs/start.js', async (_request, reply) => reply.type(javascript).send(start));
  app.get('/docs/reference.js', async (_request, reply) => {
    reference ??= loadReference();
    return reply
      .type(javascript)
      .header('cache-control', 'public, max-age=86400')
      .send(await reference);
  });
}

const javascript = 'text/javascript; charset=utf-8';

/**
 * Scalar's browser script. Its package only hands it out through a Fastify plugin, and takes a
 * quarter of a second and 26 MB to load, so it is asked for when somebody opens the page.
 */
async function loadReference(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const inner = Fastify();
  await inner.register(scalar, { routePrefix: '/', configuration: { url: '/' } });
  const { body } = await inner.inject('/js/scalar.js');
  await inner.close();
  return body;
}
