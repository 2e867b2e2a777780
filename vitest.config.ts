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
  },
});
