import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const folders = ['packages/ui/src', 'packages/blocks/src', 'packages/channels/src', 'apps/web/src'];
const styles = join(dirname(fileURLToPath(import.meta.resolve('@mantine/core'))), '../styles');
const loaded = readFileSync(join(import.meta.dirname, 'mantine-styles.ts'), 'utf8');

/** Names that the sources take from Mantine. */
function usedNames(): Set<string> {
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );
  const imports = sources.flatMap((source) => [
    ...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g),
  ]);
  return new Set(imports.flatMap(([, names = '']) => names.split(',').map((name) => name.trim())));
}

test('the styles of every Mantine component in use are loaded', () => {
  const missing = [...usedNames()].filter(
    (name) =>
      existsSync(join(styles, `${name}.layer.css`)) && !loaded.includes(`/${name}.layer.css`),
  );
  expect(missing).toEqual([]);
});

test('the check looks at the real styles', () => {
  expect(existsSync(join(styles, 'Button.layer.css'))).toBe(true);
  expect(usedNames().has('Button')).toBe(true);
});
