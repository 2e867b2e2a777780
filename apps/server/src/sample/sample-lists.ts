import { createRandom } from './random.ts';

export interface SampleList {
  key: string;
  name: string;
  purpose: string;
  tags: string[];
  /** Whether a user is in it; `imported`: came along when the app was connected. */
  holds: (user: { userId: string; imported: boolean }) => boolean;
}

/** Lists that somebody at Stride keeps. */
export const sampleLists: readonly SampleList[] = [
  {
    key: 'first-users',
    name: 'First users',
    purpose: 'Came along when Stride was connected; nobody greets them again.',
    tags: ['Onboarding'],
    holds: ({ imported }) => imported,
  },
  {
    key: 'beta-testers',
    name: 'Beta testers',
    purpose: 'Get new versions a week early and tell what breaks.',
    tags: ['Product'],
    holds: ({ userId }) => isOneOf('beta-testers', userId, 0.04),
  },
  {
    key: 'ambassadors',
    name: 'Ambassadors',
    purpose: 'Recommend Stride to friends; they get a letter every month.',
    tags: ['Product', 'Community'],
    holds: ({ userId, imported }) => imported && isOneOf('ambassadors', userId, 0.02),
  },
];

/** The same user is always in the same lists. */
function isOneOf(list: string, userId: string, share: number): boolean {
  return createRandom(`${list} ${userId}`).chance(share);
}

/** Names of the lists that a user is in. */
export function listsOf(user: { userId: string; imported: boolean }): string[] {
  return sampleLists.filter(({ holds }) => holds(user)).map(({ name }) => name);
}
