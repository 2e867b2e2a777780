import { blocks } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { hasIcon } from './block-icons.ts';

test('every kind of block has its icon on the canvas', () => {
  const without = Object.values(blocks).filter((block) => !hasIcon(block.type, block.icon));
  expect(without.map((block) => block.type)).toEqual([]);
});
