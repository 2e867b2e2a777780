import { describe, expect, test } from 'vitest';
import type { FieldWrite } from '../step.ts';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { updateFieldsBlock } from './block.ts';
import { newValue } from './new-value.ts';
import { updateFieldsStep } from './step.ts';

describe('the new value of a field', () => {
  test.each([
    ['set', 'old', 'new', 'new'],
    ['set', 'old', undefined, null],
    ['clear', 'old', undefined, null],
    ['increment', undefined, 2, 2],
    ['increment', 40, 2, 42],
    ['increment', 0.1, 0.2, 0.3],
    ['increment', '7', '1', 8],
    ['decrement', 1, 3, -2],
    ['decrement', 0.3, 0.1, 0.2],
    ['append', undefined, 'a', ['a']],
    ['append', ['a'], 'b', ['a', 'b']],
    ['append', ['a'], 'a', ['a']],
    ['append', ['a'], ['a', 'c'], ['a', 'c']],
  ] as const)('%s of %j by %j is %j', (operation, current, operand, expected) => {
    expect(newValue(operation, current, operand)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['increment', 'many', 1, 'holds "many", expected a number'],
    ['increment', 1, undefined, 'is changed by nothing, expected a number'],
    ['append', 'a', 'b', 'holds "a", expected a list'],
    ['append', ['a'], undefined, 'is given nothing, expected a value'],
  ] as const)('%s of %j by %j is refused', (operation, current, operand, reason) => {
    expect(newValue(operation, current, operand)).toEqual({ ok: false, reason });
  });
});

describe('update_fields', () => {
  const settings = updateFieldsBlock.settings.parse({
    set: { 'custom.plan': { $event: 'plan' } },
    increment: { 'custom.orders': 1 },
    clear: ['custom.trial'],
  });
  const visit = aVisit(settings, { run: aRun({ trigger: { params: { plan: 'gold' } } }) });

  test('writes all changes of a contact', async () => {
    const written: FieldWrite[] = [];
    const context = aContext({
      fields: { 'custom.orders': 4 },
      writeFields: async (writes) => {
        written.push(...writes);
        return writes.map(() => undefined);
      },
    });
    const [outcome] = await updateFieldsStep([visit], context);
    const expected = { 'custom.plan': 'gold', 'custom.orders': 5, 'custom.trial': null };
    expect(outcome).toEqual({
      kind: 'next',
      exit: 'next',
      result: expected,
      decidedBy: expected,
    });
    expect(Object.fromEntries(written.map(({ field, value }) => [field, value]))).toEqual(expected);
  });

  test('writes nothing when one of the values cannot be computed', async () => {
    const written: FieldWrite[] = [];
    const context = aContext({
      fields: { 'custom.orders': 'four' },
      writeFields: async (writes) => {
        written.push(...writes);
        return [];
      },
    });
    const [outcome] = await updateFieldsStep([visit], context);
    expect(outcome).toEqual({
      kind: 'fail',
      reason: 'custom.orders holds "four", expected a number',
    });
    expect(written).toEqual([]);
  });

  test('fails when a value does not fit its field', async () => {
    const context = aContext({
      writeFields: async (writes) => writes.map((_, i) => (i === 0 ? 'not a choice' : undefined)),
    });
    const [outcome] = await updateFieldsStep([visit], context);
    expect(outcome).toEqual({ kind: 'fail', reason: 'custom.plan: not a choice' });
  });

  test('refuses to change a field twice, or none', () => {
    const problems = (json: unknown) =>
      updateFieldsBlock.problems!(updateFieldsBlock.settings.parse(json));
    expect(problems({})).toHaveLength(1);
    expect(problems({ set: { a: 1 }, clear: ['a'] })).toEqual([
      { path: '/clear/0', message: 'The field a is changed twice.' },
    ]);
  });
});
