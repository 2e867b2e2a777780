import { writeFile } from 'node:fs/promises';
import { blockDocs } from './block-docs.ts';

// Writes docs/guide/blocks.md from the record of blocks.
await writeFile(new URL('../docs/guide/blocks.md', import.meta.url), await blockDocs());
