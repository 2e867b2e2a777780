import { problemSchema, RIGHTS, type Right } from '@perennial/contracts';
import { z } from 'zod';
import { contentSchema } from './content.ts';
import type { ManageRoute, RouteRight } from './route.ts';

type JsonSchema = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the management API, from the same schemas that check its calls.
 * Schemas with `.meta({ id })` become components under that name.
 */
export function openApiDocument(routes: readonly ManageRoute[], { version }: { version: string }) {
  const schemas = new SchemaCollection();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/manage/v1${route.url.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Perennial management API',
      version,
      description:
        'Everything the interface does. Lists are paged by `cursor`; a POST may carry an ' +
        '`Idempotency-Key`; errors are problem details (RFC 9457).',
    },
    servers: [{ url: '/' }],
    tags: tagsOf(routes),
    paths,
    components: { schemas: schemas.components(), securitySchemes },
  };
}

const securitySchemes = {
  key: { type: 'http', scheme: 'bearer', description: 'A management key.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'perennial_session',
    description:
      'A log-in. Changes also take the header `X-CSRF-Token`; with several workspaces, every ' +
      'call takes `X-Workspace`.',
  },
};

function operation(route: ManageRoute, schemas: SchemaCollection): JsonSchema {
  const name = operationId(route);
  return {
    operationId: name,
    summary: route.summary,
    description: [route.description, rightSentence(route.right)].filter(Boolean).join('\n\n'),
    tags: [tagOf(route)],
    security: securityOf(route.right),
    parameters: [
      ...parameters(route.params, 'path', schemas),
      ...parameters(route.query, 'query', schemas),
      ...(route.method === 'POST' && isInWorkspace(route) ? [idempotencyKey] : []),
    ],
    ...(route.body && { requestBody: requestBody(route, `${name}Body`, schemas) }),
    responses: {
      [String(successStatus(route))]: success(route, `${name}Answer`, schemas),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: schemas.ref(problemSchema, 'Problem') } },
      },
    },
    'x-right': route.right,
  };
}

function requestBody(route: ManageRoute, name: string, schemas: SchemaCollection): JsonSchema {
  const media = {
    schema: schemas.ref(route.body as z.ZodType, name),
    ...(route.example?.body !== undefined && { example: route.example.body }),
  };
  return { required: true, content: { 'application/json': media } };
}

function success(route: ManageRoute, name: string, schemas: SchemaCollection): JsonSchema {
  if (route.response === contentSchema) return { description: 'The content' };
  if (successStatus(route) === 204) return { description: 'Done' };
  const schema = schemas.ref(route.response, name);
  return { description: 'Done', content: { 'application/json': { schema } } };
}

function successStatus(route: ManageRoute): number {
  return route.status ?? (route.response instanceof z.ZodUndefined ? 204 : 200);
}

function parameters(
  schema: z.ZodType | undefined,
  where: 'path' | 'query',
  schemas: SchemaCollection,
): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || !part.safeParse(undefined).success,
    schema: schemas.inline(part),
  }));
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same call with the same key is carried out once. Kept for a day.',
  schema: { type: 'string', maxLength: 255 },
};

function rightSentence(right: RouteRight): string {
  if (right === 'member') return 'For everyone with access to the workspace.';
  if (right === 'self') return 'For users who are logged in.';
  if (right === 'anyone') return '';
  return `Takes the right \`${right}\`: ${RIGHTS[right satisfies Right].toLowerCase()}.`;
}

function securityOf(right: RouteRight): JsonSchema[] {
  if (right === 'anyone') return [];
  return right === 'self' ? [{ session: [] }] : [{ key: [] }, { session: [] }];
}

function isInWorkspace({ right }: ManageRoute): boolean {
  return right !== 'self' && right !== 'anyone';
}

/** `PATCH /tags/:id` is `patchTagsById`. */
function operationId({ method, url }: ManageRoute): string {
  const words = url
    .split('/')
    .filter(Boolean)
    .map((part) => (part.startsWith(':') ? `by_${part.slice(1)}` : part))
    .join('_')
    .split(/[^A-Za-z0-9]+/);
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + capitalised.join('');
}

function tagOf({ url }: ManageRoute): string {
  const name = (url.split('/')[1] ?? '').replaceAll('_', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function tagsOf(routes: readonly ManageRoute[]): { name: string }[] {
  return [...new Set(routes.map(tagOf))].map((name) => ({ name }));
}

/** Gathers schemas, then writes all of them at once, so that they can refer to each other. */
class SchemaCollection {
  readonly #registry = z.registry<{ id: string }>();
  readonly #names = new Map<z.ZodType, string>();

  ref(schema: z.ZodType, fallback: string): JsonSchema {
    this.#registerNamed(schema);
    const name = this.#names.get(schema) ?? this.#register(schema, fallback);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Without names, with descriptions: a parameter is written out where it stands. */
  inline(schema: z.ZodType): JsonSchema {
    const metadata = z.registry<{ id?: string }>();
    const describe: typeof settings.override = (part) => {
      settings.override(part);
      const description = z.globalRegistry.get(part.zodSchema as z.ZodType)?.description;
      if (description !== undefined) part.jsonSchema['description'] ??= description;
    };
    const { $schema: _, ...json } = z.toJSONSchema(schema, {
      ...settings,
      metadata,
      override: describe,
    }) as JsonSchema;
    return json;
  }

  components(): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#registry, {
      ...settings,
      uri: (name) => `#/components/schemas/${name}`,
    });
    const { __shared: shared, ...named } = withoutDetours(schemas);
    const unnamed = (shared?.['$defs'] ?? {}) as Record<string, JsonSchema>;
    return Object.fromEntries(
      Object.entries({ ...named, ...unnamed }).map(
        ([name, { $schema: _, $id: __, id: ___, ...json }]) => [name, json],
      ),
    );
  }

  #register(schema: z.ZodType, name: string): string {
    this.#names.set(schema, name);
    this.#registry.add(schema, { id: name });
    return name;
  }

  /** Names given in the schemas themselves; taken from zod's own registry as they are met. */
  #registerNamed(schema: z.ZodType): void {
    const visit = (part: z.ZodType): void => {
      const name = z.globalRegistry.get(part)?.id;
      if (name !== undefined && !this.#names.has(part)) this.#register(part, name);
    };
    visit(schema);
    z.toJSONSchema(schema, {
      ...settings,
      override: ({ zodSchema }) => visit(zodSchema as unknown as z.ZodType),
    });
  }
}

/** Recursive schemas without a name are kept apart by zod; here they are components, too. */
function withoutDetours(schemas: Record<string, unknown>): Record<string, JsonSchema> {
  const text = JSON.stringify(schemas);
  return JSON.parse(text.replaceAll('/__shared#/$defs/', '/')) as Record<string, JsonSchema>;
}

/** `input` is the wire side of a codec. */
const settings = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: JsonSchema; zodSchema: unknown }) => {
    // The format says it; the pattern of all valid days is 200 characters.
    if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
  },
} as const;
