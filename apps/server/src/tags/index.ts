export { linkTags } from './link-tags.ts';
export { deleteTagLinks, tagNamesOf } from './queries.ts';
export { tagRoutes } from './routes.ts';
