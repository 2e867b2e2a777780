import { readFile } from 'node:fs/promises';
import { OPERATOR_NAMES, segmentConditions } from '@perennial/conditions';
import { expect, test } from 'vitest';
import { languageDocs } from './language-docs.ts';

test('docs/guide/segment-language.md tells the language that there is', async () => {
  const page = new URL('../docs/guide/segment-language.md', import.meta.url);
  const written = await readFile(page, 'utf8');
  expect(written, 'run: node tools/generate-language-docs.ts').toBe(await languageDocs());
});

test('every type of condition has an example, and every operator its row', async () => {
  const page = await languageDocs();
  for (const type of Object.keys(segmentConditions)) expect(page).toContain(`"type": "${type}"`);
  for (const op of OPERATOR_NAMES) expect(page).toContain(`\`${op}\``);
});
