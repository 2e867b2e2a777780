import { expect, test } from 'vitest';
import { convertStored, convertValue } from './convert-value.ts';
import type { FieldRule } from './normalize-value.ts';

const plan: FieldRule = { type: 'choice', choices: ['Free', 'Premium'] };
const sports: FieldRule = { type: 'multiple_choice', choices: ['run', 'swim'] };

test.each<[FieldRule, unknown, unknown]>([
  [{ type: 'integer' }, '12 kg', 12],
  [{ type: 'integer' }, 11.6, 12],
  [{ type: 'decimal' }, '1 234,5', 1234.5],
  [{ type: 'decimal' }, ['7'], 7],
  [{ type: 'decimal' }, '1 or 2', undefined],
  [{ type: 'decimal', rules: { max: 100 } }, '120', undefined],
  [{ type: 'boolean' }, 'Yes', true],
  [{ type: 'boolean' }, 0, false],
  [{ type: 'boolean' }, 'perhaps', undefined],
  [{ type: 'date' }, '28.03.1990', '1990-03-28'],
  [{ type: 'date' }, '31/02/1990', undefined],
  [{ type: 'date_time' }, '2026-01-01 10:30', '2026-01-01T10:30:00.000Z'],
  [plan, 'premium', 'Premium'],
  [plan, 'gold', undefined],
  [sports, 'Run, swim', ['run', 'swim']],
  [{ type: 'text' }, 'x'.repeat(1001), 'x'.repeat(1000)],
  [{ type: 'text' }, ['a', 2], 'a, 2'],
  [{ type: 'integer' }, [1, 2], undefined],
  [{ type: 'text' }, { a: 1 }, undefined],
])('%j takes %j over as %j', (rule, value, converted) => {
  expect(convertValue(rule, value as never)).toEqual(converted);
});

test.each<[FieldRule, unknown, unknown]>([
  [{ type: 'integer' }, '12 kg', { ok: true, value: 12 }],
  [{ type: 'integer' }, 'many', { ok: false, reason: 'not a whole number' }],
  // Rules hold for new values.
  [{ type: 'decimal', rules: { max: 100 } }, '120', { ok: true, value: 120 }],
  [{ type: 'text' }, ['run', 'swim'], { ok: true, value: 'run, swim' }],
  [{ type: 'text' }, 'x'.repeat(1001), { ok: false, reason: 'longer than 1000 characters' }],
  [{ type: 'text' }, Array(501).fill('ab'), { ok: false, reason: 'not a text' }],
  [{ type: 'long_text' }, 'x'.repeat(1001), { ok: true, value: 'x'.repeat(1001) }],
])('stored in a field that becomes %j, %j is %j', (rule, value, outcome) => {
  expect(convertStored(rule, value as never)).toEqual(outcome);
});
