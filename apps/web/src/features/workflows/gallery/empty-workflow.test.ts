import { parseWorkflow } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { emptyWorkflow } from './empty-workflow.ts';

test('the empty workflow has its shape by the rules of the language', () => {
  expect(parseWorkflow(emptyWorkflow)).toMatchObject({ ok: true });
});
