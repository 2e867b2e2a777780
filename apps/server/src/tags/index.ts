export { linkTags } from './link-tags.ts';
export {
  deleteTagLinks,
  ensureTags,
  findTagIds,
  listTagIds,
  namesOfTags,
  tagIdsOf,
  tagNamesOf,
} from './queries.ts';
export { tagRoutes } from './routes.ts';
export { taggedWith } from './tagged-with.ts';
