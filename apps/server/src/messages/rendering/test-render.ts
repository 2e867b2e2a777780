import { createRenderPool, type RenderPool } from './render-pool.ts';

/** The renderer of a test file; its thread starts with the first template and ends with the file. */
const pool = createRenderPool({
  publicUrl: 'https://perennial.test',
  tokenKey: new Uint8Array(32),
  size: 1,
});

export const testRender: RenderPool['render'] = (batch) => pool.render(batch);

export const testRenderPool: RenderPool = pool;
