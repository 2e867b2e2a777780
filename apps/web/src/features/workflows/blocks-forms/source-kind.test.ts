import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemaAt } from './schema-at.ts';
import { pathOfSource, sourceAt, sourceKindOf, sourceKindsOf } from './source-kind.ts';

test.each([
  ['text', 'literal', ''],
  [7, 'literal', ''],
  [undefined, 'literal', ''],
  [{ $event: 'cart.total' }, 'event', 'cart.total'],
  [{ $contact: 'custom.plan' }, 'contact', 'custom.plan'],
  [{ $run: 'b1.status' }, 'run', 'b1.status'],
  [{ $event: 'a', other: 1 }, 'literal', ''],
  ['Hi {{ contact.first_name }}', 'liquid', ''],
  ['{% if event.n %}x{% endif %}', 'liquid', ''],
] as const)('%j is given as %s', (value, kind, path) => {
  expect([sourceKindOf(value), pathOfSource(value)]).toEqual([kind, path]);
});

test('a reference is read as it is written', () => {
  for (const kind of ['event', 'contact', 'run'] as const) {
    const written = sourceAt(kind, 'b1.total');
    expect([sourceKindOf(written), pathOfSource(written)]).toEqual([kind, 'b1.total']);
  }
});

test('the schema of a setting says in which ways it may be given', () => {
  expect(sourceKindsOf(schemaAt('timer', 'wait', 'n'))).toEqual(
    expect.arrayContaining(['literal', 'event', 'contact', 'run']),
  );
  expect(sourceKindsOf(schemaAt('add_to_list', 'list'))).toEqual(['literal']);
  expect(sourceKindsOf(schemaAt('end', 'reason'))).toEqual(['literal', 'liquid']);
  expect(sourceKindsOf(z.json())).toEqual(['literal', 'event', 'contact', 'run', 'liquid']);
  expect(sourceKindsOf(undefined)).toEqual(['literal']);
});

test('schemas are found below what may be left out, in records and in unions', () => {
  expect(schemaAt('update_fields', 'increment', 'custom.visits')).toBeDefined();
  expect(schemaAt('launch_event', 'contact', 'email')).toBeDefined();
  expect(schemaAt('create_contact', 'fields', 'city')).toBeDefined();
  expect(schemaAt('timer', 'wait', 'nothing')).toBeUndefined();
  expect(schemaAt('no such kind', 'wait')).toBeUndefined();
});
