import { tagSchema } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { nothing } from './content.ts';
import { defineRoute } from './route.ts';

const base = { method: 'GET', url: '/things', summary: 'List' } as const;

// The compiler is the test here: each directive below is an error when there is nothing to expect.
test('a route without a right does not compile', () => {
  // @ts-expect-error -- no right
  defineRoute({ ...base, response: nothing, handler: () => undefined });
  // @ts-expect-error -- a right that is not in the list
  defineRoute({ ...base, right: 'things.read', response: nothing, handler: () => undefined });
  // @ts-expect-error -- "anyone" is for the log-in alone
  defineRoute({ ...base, right: 'anyone', response: nothing, handler: () => undefined });
  const route = defineRoute({
    ...base,
    right: 'member',
    response: nothing,
    handler: () => undefined,
  });
  expect(route.right).toBe('member');
});

test('a handler gets what the schemas say, and answers what they say', () => {
  const route = defineRoute({
    ...base,
    method: 'PATCH',
    right: 'member',
    params: z.object({ id: z.coerce.number() }),
    body: z.object({ name: z.string() }),
    response: tagSchema,
    example: { body: { name: 'x' } },
    handler: ({ params, body, query, now }) => {
      const id: number = params.id;
      const none: undefined = query;
      return { id, name: body.name, uses: 0, uses_by_kind: {}, created_at: now, none };
    },
  });
  defineRoute({
    ...base,
    right: 'member',
    response: tagSchema,
    // @ts-expect-error -- the answer lacks `uses`
    handler: ({ now }) => ({ id: 1, name: 'x', created_at: now }),
  });
  expect(route.example?.body).toEqual({ name: 'x' });
});
