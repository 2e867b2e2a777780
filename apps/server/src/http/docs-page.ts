import Fastify, { type FastifyInstance } from 'fastify';

interface DocsPage {
  path: string;
  title: string;
  document: string;
  /** How its calls are authenticated, by the document's name for it. */
  scheme: string;
}

const pages: DocsPage[] = [
  {
    path: '/docs',
    title: 'Perennial management API',
    document: '/manage/v1/openapi.json',
    scheme: 'key',
  },
  {
    path: '/docs/api',
    title: 'Perennial public REST API',
    document: '/api/openapi.json',
    scheme: 'key',
  },
];

const page = ({
  title,
  start: script,
}: {
  title: string;
  start: string;
}): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="/docs/reference.js"></script>
    <script src="${script}"></script>
  </body>
</html>
`;

// Nothing here may ask another host: no fonts, no telemetry, no proxy, no hosted assistant.
const start = ({ document, scheme }: Pick<DocsPage, 'document' | 'scheme'>): string =>
  `Scalar.createApiReference('#app', ${JSON.stringify({
    url: document,
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
    persistAuth: false,
    authentication: { preferredSecurityScheme: scheme },
  })});
`;

/** The rendered documentation: `/docs` of the management API, `/docs/api` of the public one. */
export function serveDocs(app: FastifyInstance): void {
  let reference: Promise<string> | undefined;
  for (const { path, title, document, scheme } of pages) {
    app.get(path, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(page({ title, start: `${path}/start.js` })),
    );
    app.get(`${path}/`, async (_request, reply) => reply.redirect(path));
    app.get(`${path}/start.js`, async (_request, reply) =>
      reply.type(javascript).send(start({ document, scheme })),
    );
  }
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
