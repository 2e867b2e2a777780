import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const seeded = fileURLToPath(new URL('tools/seeded-properties.ts', import.meta.url));

export default defineConfig({
  plugins: [
    {
      name: 'seeded properties',
      enforce: 'pre',
      resolveId: (id, importer) =>
        id === 'fast-check' && importer !== seeded ? seeded : undefined,
    },
  ],
  test: {
    environment: 'node',
    include: ['{packages,apps}/*/{src,test,bin}/**/*.test.{ts,tsx}', '{tools,bench}/**/*.test.ts'],
    globalSetup: ['apps/server/src/db/test-global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A third of the time went into importing the same modules for each file. What a module keeps
    // for itself must therefore not depend on which file came before: a database has its own rows.
    isolate: false,
    // The default is one worker on two cores, and while PostgreSQL answers it, a core stands idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Or a spy that a failed test left behind would listen to the next files, too.
    restoreMocks: true,
  },
});
