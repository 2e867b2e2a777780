import { templateWordsSchema } from '@perennial/contracts';
import { defineRoute, type ManageRoute } from '../http/index.ts';
import type { RenderPool } from './rendering/render-pool.ts';

/** What an editor completes: the same for every workspace. */
export function wordRoutes({ renderPool }: { renderPool: RenderPool }): ManageRoute[] {
  const words = defineRoute({
    method: 'GET',
    url: '/template_words',
    right: 'member',
    summary: 'List what templates may be written of: elements of MJML, filters and tags of Liquid',
    response: templateWordsSchema,
    handler: () => renderPool.words(),
  });
  return [words];
}
