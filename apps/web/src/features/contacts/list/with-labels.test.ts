import { expect, test } from 'vitest';
import { withLabels } from './with-labels.ts';

const subjects = [
  {
    key: 'field:source',
    label: 'Source',
    group: '',
    type: 'text' as const,
    choices: [{ value: 'sdk', label: 'App or site' }],
  },
];

test('choices are said by their labels, in negated conditions too; other values stay', () => {
  const condition = { type: 'field', field: 'source', op: 'one_of', value: ['sdk', 'api'] };
  const said = { ...condition, value: ['App or site', 'api'] };
  expect(withLabels(condition, subjects)).toEqual(said);
  expect(withLabels({ not: condition }, subjects)).toEqual({ not: said });
  const city = { type: 'field', field: 'city', op: 'equals', value: 'sdk' };
  expect(withLabels(city, subjects)).toEqual(city);
});
