import type { ContactMerges, Merge, MergePreview } from '@perennial/contracts';
import type { Answer } from './answer.ts';
import { get, paged, post, some } from './replies.ts';
import { minutesAgo } from './seeded.ts';

const undone = new Set<string>();

function merge(n: number): Merge {
  const byHand = n % 3 === 0;
  const id = String(500 - n);
  const isUndone = undone.has(id) || n % 5 === 4;
  return {
    id,
    survivor: String(100_001 + (n % 7)),
    survivor_is: n === 2 ? 'deleted' : n === 5 ? 'merged' : 'there',
    merged: String(104_200 + n),
    state: isUndone ? 'undone' : 'applied',
    reason: byHand ? 'by_hand' : n % 3 === 1 ? 'identify' : 'event',
    identifier: byHand ? null : { kind: 'anonymous_id', value: `5f1c0a2e-77${n}4-4d1b-9a59-2f6c` },
    event: null,
    source: byHand ? 'manual' : 'sdk',
    by: byHand ? 'Ada Park' : null,
    decided_at: minutesAgo(n * 400 + 3),
    applied_at: minutesAgo(n * 400 + 3),
    undone_at: isUndone ? minutesAgo(n * 400) : null,
    undone_by: isUndone ? 'Grace Oduya-Wilhelmsen' : null,
    fields: [],
  };
}

const set = (value: string | null, ago: number, source = 'sdk') => ({
  value,
  set_at: value === null ? null : minutesAgo(ago),
  source: value === null ? null : source,
});

function preview(survivor: string, merged: string): MergePreview {
  return {
    survivor,
    merged,
    fields: [
      {
        field: 'email',
        survivor: set('ada.lovelace@example.com', 9000, 'identify'),
        merged: set('a.very.long.address.that.goes.on.and.on@subdomain.example.org', 40),
        takes: 'merged',
      },
      { field: 'first_name', survivor: set('Ada', 9000), merged: set(null, 0), takes: 'survivor' },
      { field: 'city', survivor: set('Bath', 60), merged: set('Ghent', 4000), takes: 'survivor' },
      {
        field: 'custom.plan',
        survivor: set('free', 9000),
        merged: set('premium', 30, 'api'),
        takes: 'merged',
      },
    ],
    identifiers: [
      { kind: 'external_id', value: 'fit-10001', of: 'survivor', becomes: 'kept' },
      { kind: 'external_id', value: 'fit-10204', of: 'merged', becomes: 'former' },
      { kind: 'email', value: 'ada.lovelace@example.com', of: 'survivor', becomes: 'dropped' },
    ],
    moves: { events: 1204, devices: 2, addresses: 1, sends: 14, runs: 3, memberships: 2 },
    ends: [{ run: '77', workflow: '3', workflow_name: 'Welcome to the gym' }],
  };
}

const ofContact: ContactMerges = {
  items: [merge(0), merge(1), merge(4)],
  refusals: [
    {
      kind: 'anonymous_id',
      reason: 'too_many',
      n: 212,
      last_value: 'kiosk-lobby-7',
      first_at: minutesAgo(9000),
      last_at: minutesAgo(20),
    },
    {
      kind: 'merge',
      reason: 'kept_apart',
      n: 1,
      last_value: '104204',
      first_at: minutesAgo(300),
      last_at: minutesAgo(300),
    },
  ],
};

export const mergeAnswers: readonly Answer[] = [
  get(/^\/merges$/, (request) =>
    request.query.get('state') === 'decided' ? some(request, []) : paged(request, 60, merge),
  ),
  get(/^\/contacts\/(\d+)\/merges$/, () => ofContact),
  get(/^\/contacts\/(\d+)\/merge_preview$/, ({ query }, [id = '']) =>
    preview(id, query.get('other') ?? ''),
  ),
  post(/^\/contacts\/(\d+)\/merge$/, (_request, [id = '']) => ({ ...merge(0), survivor: id })),
  post(/^\/contacts\/(\d+)\/merges\/(\d+)\/undo$/, (_request, [, id = '']) => {
    undone.add(id);
    return { ...merge(500 - Number(id)), state: 'undone' };
  }),
];
