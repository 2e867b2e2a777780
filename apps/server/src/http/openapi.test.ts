import { idParams, idSchema, instantSchema, pageOf, roleSchema } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { nothing } from './content.ts';
import { openApiDocument } from './openapi.ts';
import { pageQuery } from './paging.ts';
import { defineRoute } from './route.ts';

interface Tree {
  children: Tree[];
}

const tree: z.ZodType<Tree> = z
  .lazy(() => z.object({ children: z.array(tree) }))
  .meta({ id: 'TestTree' });
const thing = z.object({ id: idSchema, at: instantSchema, tree }).meta({ id: 'TestThing' });

const document = openApiDocument(
  [
    defineRoute({
      method: 'GET',
      url: '/things',
      right: 'member',
      summary: 'List',
      query: z.object({ ...pageQuery(z.tuple([z.int()])), role: roleSchema.optional() }),
      response: pageOf(thing),
      handler: () => ({ items: [], next_cursor: null }),
    }),
    defineRoute({
      method: 'POST',
      url: '/things',
      right: 'contacts.write',
      summary: 'Make',
      body: z.strictObject({ name: z.string().default('x'), tree }),
      response: thing,
      status: 201,
      example: { body: { tree: { children: [] } } },
      handler: () => ({ id: 1, at: new Date(), tree: { children: [] } }),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/things/:id',
      right: 'contacts.write',
      summary: 'Delete',
      params: idParams,
      response: nothing,
      handler: () => undefined,
    }),
  ],
  { version: '1' },
);

/** The part of the document at this path, where `~` stands for a slash. */
function read(path: string): ReturnType<typeof JSON.parse> {
  let part = JSON.parse(JSON.stringify(document));
  for (const name of path.split('.')) part = part?.[name.replaceAll('~', '/')];
  return part;
}

test('a list takes a limit and a cursor and answers a page', () => {
  const { parameters, responses } = read('paths.~manage~v1~things.get');
  const names = parameters.map((parameter: { name: string; in: string }) => [
    parameter.name,
    parameter.in,
  ]);
  expect(names).toEqual([
    ['limit', 'query'],
    ['cursor', 'query'],
    ['role', 'query'],
  ]);
  expect(parameters.every((parameter: { required: boolean }) => !parameter.required)).toBe(true);
  expect(responses['200'].content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/getThingsAnswer',
  });
});

test('named schemas are components, in their form on the wire', () => {
  expect(read('components.schemas.TestThing.properties')).toMatchObject({
    id: { type: 'string' },
    at: { type: 'string', format: 'date-time' },
    tree: { $ref: '#/components/schemas/TestTree' },
  });
  expect(read('components.schemas.getThingsAnswer.properties.items.items')).toEqual({
    $ref: '#/components/schemas/TestThing',
  });
});

test('a member with a default may be left out', () => {
  expect(read('components.schemas.postThingsBody.required')).toEqual(['tree']);
});

test('every reference leads somewhere', () => {
  const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
  for (const [, reference = ''] of references) {
    const path = reference.replace('#/', '').split('/');
    const target = path.reduce(
      (part: unknown, name) => (part as Record<string, unknown>)?.[name],
      document,
    );
    expect(target, reference).toBeDefined();
  }
});

test('a route says its right, its path parameters and that it answers nothing', () => {
  const operation = read('paths.~manage~v1~things~{id}.delete');
  expect(operation['x-right']).toBe('contacts.write');
  expect(operation.parameters[0]).toMatchObject({ name: 'id', in: 'path', required: true });
  expect(Object.keys(operation.responses)).toEqual(['204', 'default']);
});

test('a POST may carry an idempotency key', () => {
  const { parameters } = read('paths.~manage~v1~things.post');
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }),
  );
});
