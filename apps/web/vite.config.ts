import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fixtures } from './dev/fixtures.ts';

/** `vite --mode fixtures` answers the management API by itself; otherwise a server does. */
export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === 'fixtures' ? [fixtures()] : [])],
  build: {
    outDir: 'dist',
    target: 'es2023',
    // Source maps would double what is shipped; stacks carry component names as it is.
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: mode === 'fixtures' ? {} : { '/manage': 'http://127.0.0.1:7070' },
  },
}));
