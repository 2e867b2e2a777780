export { linkTags } from './link-tags.ts';
export {
  deleteTagLinks,
  ensureTags,
  findTagIds,
  namesOfTags,
  tagIdsOf,
  tagNamesOf,
} from './queries.ts';
export { tagRoutes } from './routes.ts';
export { taggedWith } from './tagged-with.ts';
