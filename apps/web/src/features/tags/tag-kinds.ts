/** Kinds of things that have tags, and the list that shows those with one. Reports come as a line here. */
export const tagKinds = {
  message: 'messages',
  segment: 'segments',
  workflow: 'workflows',
  campaign: 'campaigns',
} as const;

export type TagKind = keyof typeof tagKinds;

/** What shows tags, and is read again after one changed. */
export const renewedByTags = ['/tags', ...Object.values(tagKinds).map((path) => `/${path}`)];
