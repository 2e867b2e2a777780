import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{packages,apps}/*/{src,test,bin}/**/*.test.{ts,tsx}', '{tools,bench}/**/*.test.ts'],
    globalSetup: ['apps/server/src/db/test-global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
