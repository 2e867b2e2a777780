import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import type { Endpoint } from './endpoint.ts';

type JsonSchema = Record<string, unknown>;

/** The OpenAPI 3.1 document of the public REST API, from the schemas that check its calls. */
export function restReference(endpoints: readonly Endpoint[], { version }: { version: string }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.url.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Perennial public REST API',
      version,
      description:
        'For servers. A REST key is the password of Basic auth, the user name may be anything. ' +
        'Errors are plain texts that name the place.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'basic', description: 'A REST key as the password.' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Of `POST /api/v1/auth/token`, for event calls.',
        },
      },
    },
  };
}

function operation(endpoint: Endpoint): JsonSchema {
  const { method, url, summary, description, rights, bearer, params, query } = endpoint;
  const takes =
    rights.length > 0 ? `Takes ${rights.map((right) => `\`${right}\``).join(', ')}.` : '';
  return {
    operationId: `${method.toLowerCase()}_${url.replaceAll(/\W+/g, '_').replace(/^_/, '')}`,
    summary,
    description: [description, takes].filter(Boolean).join('\n\n'),
    tags: [chapterOf(url)],
    security: [{ key: [] }, ...(bearer ? [{ token: [] }] : [])],
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...requestBody(endpoint),
    responses: {
      200: { description: 'Done' },
      default: { description: 'What is wrong', content: { 'text/plain': {} } },
    },
  };
}

function requestBody({ body, shape = body, example }: Endpoint): JsonSchema {
  if (!shape) return {};
  const content = { 'application/json': { schema: schemaOf(shape), example } };
  return { requestBody: { required: true, content } };
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || !part.safeParse(undefined).success,
    schema: schemaOf(part),
  }));
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    // Named schemas are written out where they stand: each call reads by itself.
    metadata: z.registry<{ id?: string }>(),
  }) as JsonSchema;
  return json;
}

/** Where calls stand in the reference, by the first part of their path. */
const CHAPTERS: Record<string, string> = {
  contact: 'Contacts',
  contacts: 'Contacts',
  importstatus: 'Contacts',
  addressbooks: 'Contacts',
  subscriptions: 'Subscriptions',
  emails: 'Subscriptions',
  apps: 'Tokens',
  groups: 'Lists',
  group: 'Lists',
  event: 'Events',
  past_events: 'Events',
  auth: 'Events',
  orders: 'Orders',
  promocodes: 'Promo codes',
  workflows: 'Workflows',
  message: 'Messages',
  messages: 'Messages',
  broadcast: 'Broadcasts',
  broadcasts: 'Broadcasts',
  callouts: 'Messages',
  campaigns: 'Broadcasts',
  interactions: 'Interactions',
  account: 'Account',
  version: 'Account',
  interfaces: 'Account',
};

function chapterOf(url: string): string {
  const first = url.split('/')[2] ?? '';
  return CHAPTERS[first] ?? first;
}

/** `/api/openapi.json`, for everybody: it tells nothing about any workspace. */
export function serveReference(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  { version }: { version: string },
): void {
  let document: string | undefined;
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(restReference(endpoints, { version }));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}
