import { writeFile } from 'node:fs/promises';
import { languageDocs } from './language-docs.ts';

// Writes docs/guide/segment-language.md from the language itself.
const page = new URL('../docs/guide/segment-language.md', import.meta.url);
await writeFile(page, await languageDocs());
