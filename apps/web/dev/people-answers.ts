import type { ContactView, DuplicateGroup, Export, Job, JobError } from '@perennial/contracts';
import type { Answer } from './answer.ts';
import { control } from './control.ts';
import { contact } from './people.ts';
import { get, paged, post, some } from './replies.ts';
import { minutesAgo } from './seeded.ts';

function job(n: number, rest: Partial<Job>): Job {
  return {
    id: String(n),
    kind: 'contacts.bulk',
    about: { kind: 'add_to_list', list: '1', undoing: false },
    state: 'done',
    total: 12_408,
    done: 12_408,
    failed: 0,
    rate: 4210.5,
    remaining_seconds: null,
    result: { changed: 12_001 },
    reason: null,
    undoable: true,
    cancel_asked: false,
    undoable_until: minutesAgo(-3 * 24 * 60),
    created_by: 'Ada Park',
    created_at: minutesAgo(n * 7),
    started_at: minutesAgo(n * 7),
    ended_at: minutesAgo(n * 7 - 1),
    ...rest,
  };
}

const exported: Partial<Job> = {
  kind: 'contacts.export',
  about: { columns: 7 },
  undoable: false,
};

const jobs: Job[] = [
  job(1, {
    about: { kind: 'set_field', field: 'custom.plan', undoing: false },
    state: 'running',
    total: 904_331,
    done: 231_004,
    failed: 12,
    remaining_seconds: 160,
    undoable: false,
    ended_at: null,
  }),
  job(2, exported),
  job(3, { failed: 48, done: 12_360 }),
  job(4, {
    about: { kind: 'delete', undoing: false },
    state: 'failed',
    done: 4000,
    reason: 'could not extend file "base/16384/24601": No space left on device',
    undoable: true,
  }),
];

const views: ContactView[] = [
  ['Ukraine, newest first', true],
  ['Не відкривали місяць', false],
  ['Everybody who was imported from the old system and has no confirmed address of any kind', true],
].map(([name, shared], n) => ({
  id: String(n + 1),
  name: String(name),
  shared: Boolean(shared),
  mine: n !== 0,
  arrangement: {
    filter: { type: 'field', field: 'country', op: 'equals', value: 'UA' },
    sort: '-created_at',
  },
  created_at: minutesAgo(5000),
  updated_at: minutesAgo(400),
}));

const errors: JobError[] = Array.from({ length: 12 }, (_, n) => ({
  n: n + 1,
  contact: String(100_000 + n),
  subject: null,
  message: 'This contact is deleted already.',
}));

function duplicates(n: number): DuplicateGroup {
  const first = contact(n * 3);
  const email = first.email ?? `shared-${n}@example.com`;
  const others = Array.from({ length: 1 + (n % 3) }, (_, i) => contact(n * 3 + i + 1));
  const contacts = [first, ...others].map((each) => ({ ...each, email }));
  return { value: email, contacts, total: contacts.length };
}

/** Long work, saved views and duplicates. */
export const peopleAnswers: readonly Answer[] = [
  post(/^\/contacts\/bulk$/, ({ body }) => {
    const { action } = body as { action: { kind: string } };
    const begun = job(0, { about: { ...action, undoing: false }, state: 'queued', ended_at: null });
    return { ...begun, id: '1', undoable: false };
  }),
  get(/^\/jobs$/, (request) => some(request, jobs)),
  get(/^\/jobs\/\d+\/errors$/, (request) => some(request, errors)),
  post(/^\/jobs\/(\d+)\/(?:cancel|undo|resume)$/, (_request, [id = '1']) => jobs[Number(id) - 1]),
  get(/^\/exports\/(\d+)$/, (_request, [id = '2']): Export => ({
    ...job(Number(id), exported),
    file: {
      name: 'contacts-2026-10-14-2.csv',
      rows: 12_408,
      path: '/exports/2/file',
      expires_at: minutesAgo(-4000),
    },
  })),
  post(/^\/exports$/, (): Export => ({ ...job(2, exported), file: null })),
  get(/^\/contact_views$/, (request) => some(request, views)),
  post(/^\/contact_views$/, ({ body }) => ({ ...views[0], ...body, id: '9' })),
  { method: 'DELETE', path: /^\/contact_views\/\d+$/, reply: () => undefined },
  get(/^\/contact_duplicates$/, (request) =>
    paged(request, Math.min(control.items, 60), duplicates),
  ),
  post(/^\/contact_duplicates\/merge$/, () =>
    job(5, { kind: 'contacts.merge_duplicates', state: 'queued', ended_at: null }),
  ),
  post(/^\/contacts\/(\d+)\/restore$/, (_request, [id = '']) => contact(Number(id) - 100_000)),
];
