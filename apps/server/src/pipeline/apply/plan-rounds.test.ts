import { expect, test } from 'vitest';
import type { Stamped } from '../../inbox/index.ts';
import { beyondRounds, splitBlocked } from './plan-rounds.ts';

/** The n-th thing that a contact did; every other one is looked at by something. */
function entriesOf(contactId: number, n: number): Stamped[] {
  return Array.from({ length: n }, (_, i) => ({
    workspaceId: 1,
    contactId,
    receivedAt: i,
    lane: 1,
    item: {
      kind: 'event',
      ids: [],
      event: i % 2 === 0 ? 'Loud' : 'Quiet',
      params: {},
      at: i,
      source: 'sdk',
      ownTime: false,
      createContact: true,
    },
  }));
}

const isLoud = ({ item }: Stamped): boolean => item.kind === 'event' && item.event === 'Loud';

test('who does a thousand things at once waits with the rest, in order, and nobody else does', () => {
  const [busy, calm] = [entriesOf(7, 1000), entriesOf(8, 6)];
  const entries = busy.flatMap((entry, i) => (calm[i] ? [entry, calm[i]] : [entry]));
  const held = beyondRounds(entries, isLoud, 50);
  expect([...held]).toEqual([busy[100]]);
  const { ready, blocked } = splitBlocked(entries, { held });
  expect(ready.filter((entry) => entry.contactId === 7)).toEqual(busy.slice(0, 100));
  expect(ready.filter((entry) => entry.contactId === 8)).toEqual(calm);
  expect(blocked).toEqual(busy.slice(100));
});
