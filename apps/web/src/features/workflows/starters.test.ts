import { parseWorkflow } from '@perennial/blocks';
import { checkNode, fieldCatalogue } from '@perennial/conditions';
import { expect, test } from 'vitest';
import { starters } from './starters.ts';

test.each(starters)('the starter $id has its shape by the rules of the language', (starter) => {
  const parsed = parseWorkflow(starter.definition('1'));
  expect(parsed.ok ? [] : parsed.errors).toEqual([]);
});

test('conditions of the starters are conditions of the language', () => {
  const definition = starters[0]!.definition('1') as { blocks: { active: { condition: never } } };
  const checked = checkNode(definition.blocks.active.condition, { fields: fieldCatalogue({}) });
  expect(checked).toMatchObject({ ok: true });
});
