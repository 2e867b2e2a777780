import { checkDefinition, fieldCatalogue } from '@perennial/conditions';
import { expect, test } from 'vitest';
import { audienceOf } from './start-audience.ts';

test.each([
  [{ type: 'event', event: 'Bought' }],
  [{ type: 'event', event: 'Bought', where: { param: 'total', op: 'greater', value: 5 } }],
  [{ type: 'event', event: 'Bought', segment: '7' }],
  [{ type: 'segment', segment: '7', mode: 'entry' }],
  [{ type: 'date', field: 'birthday', anniversary: true }],
  [{ type: 'date', field: 'birthday', anniversary: true, offset: { n: -1, unit: 'week' } }],
])('the audience of %j is a rule of the segment language', (start) => {
  const { definition } = audienceOf(start)!;
  const checked = checkDefinition(definition, { fields: fieldCatalogue(new Map()) });
  expect(checked).toMatchObject({ ok: true });
});

test.each([
  [{ type: 'event', event: '' }],
  [{ type: 'segment', mode: 'entry' }],
  [{ type: 'date', field: 'birthday' }],
  [{ type: 'date', field: 'birthday', anniversary: true, offset: { n: 1, unit: 'month' } }],
  [{ type: 'manual' }],
  [{}],
])('of %j nobody is counted', (start) => {
  expect(audienceOf(start)).toBeUndefined();
});

test('three days before a birthday, those count whose birthday comes in three to nine days', () => {
  const start = { type: 'date', field: 'birthday', anniversary: true };
  const audience = audienceOf({ ...start, offset: { n: -3, unit: 'day' } });
  expect(audience).toHaveProperty('definition.include.value', { from: 3, to: 9 });
});
