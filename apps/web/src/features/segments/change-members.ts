import {
  MOST_MEMBERS_CHANGED,
  type MemberReference,
  type MembersChanged,
} from '@perennial/contracts';
import type { Api } from '../../api.ts';

interface Changes {
  add?: readonly MemberReference[];
  remove?: readonly MemberReference[];
}

/** As many calls as it takes, one after the other; tells how many contacts are through. */
export async function changeMembers(
  api: Api,
  segment: string,
  { add = [], remove = [] }: Changes,
  onProgress?: (done: number) => void,
): Promise<MembersChanged> {
  const sum: MembersChanged = { added: 0, removed: 0, unchanged: 0, not_found: [] };
  const wanted = [
    ...remove.map((contact) => ({ contact, to: 'remove' as const })),
    ...add.map((contact) => ({ contact, to: 'add' as const })),
  ];
  for (let from = 0; from < wanted.length; from += MOST_MEMBERS_CHANGED) {
    const part = wanted.slice(from, from + MOST_MEMBERS_CHANGED);
    const of = (to: 'add' | 'remove') =>
      part.filter((each) => each.to === to).map(({ contact }) => contact);
    const changed = await api.post<MembersChanged>(`/segments/${segment}/members`, {
      add: of('add'),
      remove: of('remove'),
    });
    sum.added += changed.added;
    sum.removed += changed.removed;
    sum.unchanged += changed.unchanged;
    sum.not_found.push(...changed.not_found);
    onProgress?.(from + part.length);
  }
  return sum;
}
