import { idSchema, instantSchema } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Problem } from './problem.ts';
import { fromWire, pointer, toWire } from './wire.ts';

function problemOf(schema: z.ZodType, value: unknown): Problem {
  try {
    fromWire(schema, value, 'body');
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('no problem');
}

test('a mistake is told by its JSON pointer', () => {
  const schema = z.object({ definition: z.object({ all: z.array(z.object({ op: z.string() })) }) });
  const { code, errors } = problemOf(schema, { definition: { all: [{ op: 'is' }, { op: 3 }] } });
  expect(code).toBe('invalid_request');
  expect(errors).toEqual([
    { in: 'body', path: '/definition/all/1/op', message: expect.stringContaining('string') },
  ]);
});

test('a pointer escapes what means something in pointers', () => {
  expect(pointer(['a/b', '~', 0])).toBe('/a~1b/~0/0');
});

test('each unknown member is named where it is', () => {
  const schema = z.object({ a: z.strictObject({ b: z.string().optional() }) });
  expect(problemOf(schema, { a: { x: 1, y: 2 } }).errors?.map((error) => error.path)).toEqual([
    '/a/x',
    '/a/y',
  ]);
});

test('of a union, the alternative that came nearest is told', () => {
  const schema = z.object({
    node: z.union([
      z.object({ kind: z.literal('a'), value: z.object({ deep: z.object({ n: z.number() }) }) }),
      z.object({ kind: z.literal('b') }),
    ]),
  });
  const { errors } = problemOf(schema, { node: { kind: 'a', value: { deep: { n: 'x' } } } });
  expect(errors?.map((error) => error.path)).toEqual(['/node/value/deep/n']);
});

test('IDs and instants are decoded on the way in and encoded on the way out', () => {
  const schema = z.object({ id: idSchema, at: instantSchema });
  const wire = { id: '42', at: '2026-03-01T10:00:00.000Z' };
  const decoded = { id: 42, at: new Date('2026-03-01T10:00:00Z') };
  expect(fromWire(schema, wire, 'body')).toEqual(decoded);
  expect(toWire(schema, decoded)).toEqual(wire);
});

test.each(['0', '-1', '1.5', '01', '9007199254740993', '99999999999999999', 'x', 7])(
  '%j is no ID',
  (id) => {
    expect(problemOf(z.object({ id: idSchema }), { id }).errors?.[0]?.path).toBe('/id');
  },
);

test.each(['0000-01-01T00:00:00Z', '99999-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01'])(
  '%s is no instant',
  (at) => {
    expect(problemOf(z.object({ at: instantSchema }), { at }).errors?.[0]?.path).toBe('/at');
  },
);

test('an answer loses what its schema does not name', () => {
  const row = { id: 1, password_hash: 'x' };
  expect(toWire(z.object({ id: idSchema }), row)).toEqual({ id: '1' });
});

test('an answer that lacks something is an error of ours, without its values', () => {
  expect(() => toWire(z.object({ name: z.string() }), { name: 5 })).toThrow('/name');
});
