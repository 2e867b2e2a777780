import { readFile } from 'node:fs/promises';
import { blocks } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { blockDocs } from './block-docs.ts';

test('docs/guide/blocks.md tells the blocks that there are', async () => {
  const page = await readFile(new URL('../docs/guide/blocks.md', import.meta.url), 'utf8');
  expect(page, 'run: node tools/generate-block-docs.ts').toBe(await blockDocs());
});

test('every kind of block has its section', async () => {
  const page = await blockDocs();
  for (const type of Object.keys(blocks)) expect(page).toContain(`(\`${type}\`)`);
});
