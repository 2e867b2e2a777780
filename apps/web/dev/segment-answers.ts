import type {
  ContactSegment,
  Member,
  MembersChanged,
  MembershipLogEntry,
  ListedSegment,
  SegmentDetail,
} from '@perennial/contracts';
import type { Answer, Request } from './answer.ts';
import { control } from './control.ts';
import { days, dynamicAnswers, dynamicRule } from './dynamic-answers.ts';
import { contact } from './people.ts';
import { get, paged, post } from './replies.ts';
import { minutesAgo, pick, seeded } from './seeded.ts';

const names: [name: string, purpose: string, tags: string[]][] = [
  ['Beta testers', 'Get new versions a week early and answer two questions a month', ['Product']],
  ['Black Friday 2026', '', ['Campaign', 'Sale']],
  ['Ambassadors', 'Trainers who recommend us; they get the monthly letter', ['Partners']],
  ['Клуб бігунів Києва', 'Зустрічі щосереди', ['Community']],
  [
    'Imported from the old system on 14 March, to be checked by the support team before anything is sent',
    'Addresses that came without consent texts',
    [],
  ],
  ['أصدقاء التطبيق', '', ['Community']],
  ['Do not call', 'Asked support not to be phoned', ['Support']],
  ['Silent for nine days', 'Gets the win-back letter', ['Product']],
  ['Strong and steady', '', []],
];

const sizes = [1284, 48_120, 37, 212, 904_331, 5, 0, 12_408, 3_120];

const segments: SegmentDetail[] = names.map(([name, purpose, tags], n) => ({
  id: String(n + 1),
  key:
    n === 3 || n === 5
      ? `list-${n}`
      : name
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .slice(0, 57),
  name,
  kind: n < 7 ? 'list' : 'dynamic',
  purpose,
  tags,
  source: n === 4 ? 'import' : 'manual',
  size: sizes[n]!,
  state: n === 8 ? 'computing' : 'ready',
  definition: n < 7 ? null : dynamicRule,
  version: n < 7 ? 0 : 2,
  latest_version: n < 7 ? 0 : n === 8 ? 3 : 2,
  computing:
    n === 8
      ? {
          version: 3,
          job: '9',
          progress: { done: 41_000, total: 118_000 },
          started_at: minutesAgo(1),
        }
      : null,
  computed_at: n < 7 ? null : minutesAgo(4_000),
  took_ms: n < 7 ? null : 812,
  created_at: minutesAgo(60_000 + n * 9000),
  updated_at: minutesAgo(50_000),
  changed_at: minutesAgo(12 + n * 700),
  archived_at: null,
  used_by: n === 0 ? [{ kind: 'workflow', id: '1', name: 'Welcome', state: 'active' }] : [],
}));

function listed({ query }: Request): ListedSegment[] {
  const search = query.get('search')?.toLowerCase() ?? '';
  const tag = query.get('tag')?.toLowerCase();
  const archived = query.get('archived') === 'true';
  if (control.items === 0) return [];
  return segments.filter(
    (segment) =>
      segment.name.toLowerCase().includes(search) &&
      (segment.archived_at !== null) === archived &&
      (!tag || segment.tags.some((each) => each.toLowerCase() === tag)),
  );
}

function find(id: string | undefined): SegmentDetail {
  return segments.find((segment) => segment.id === id) ?? segments[0]!;
}

function member(n: number): Member {
  return { contact: contact(n * 3), entered_at: minutesAgo(n * 190 + 4) };
}

function logEntry(n: number): MembershipLogEntry {
  const who = contact(n * 5);
  return {
    id: `l${n}`,
    entered: seeded('entered', n) < 0.7,
    at: minutesAgo(n * 47 + 3),
    contact: n % 9 === 8 ? null : who,
    contact_id: who.id,
    cause: pick(['manual', 'import', 'api', 'contact_deleted', 'data'], 'cause', n),
    by: n % 3 ? null : 'event:WorkoutCompleted',
    source: 'manual',
  };
}

function changed({ body }: Request): MembersChanged {
  const add = (body['add'] ?? []) as MembersChanged['not_found'];
  const remove = (body['remove'] ?? []) as MembersChanged['not_found'];
  const missing = add.filter((each) => typeof each !== 'string').filter((_, n) => n % 4 === 3);
  const unchanged = Math.floor((add.length - missing.length) / 5);
  return {
    added: add.length - missing.length - unchanged,
    removed: remove.length,
    unchanged,
    not_found: missing,
  };
}

const held: ContactSegment[] = [0, 3, 4, 7].map((n) => {
  const { id, key, name, kind } = segments[n]!;
  return { id, key, name, kind, entered_at: minutesAgo(9000 * (n + 1)), next_change_at: null };
});

export const segmentAnswers: readonly Answer[] = [
  ...dynamicAnswers,
  get(/^\/segments\/(\d+)\/sizes$/, (_request, [id]) => ({
    days: days(find(id).size, Number(id)),
  })),
  get(/^\/segments\/sizes$/, ({ query }) => {
    const ids = (query.get('ids') ?? '').split(',');
    const items = ids.map((id) => ({ id, days: days(find(id).size, Number(id)) }));
    return {
      days: items[0]?.days.map(({ day }) => day) ?? [],
      items: items.map((item) => ({ id: item.id, sizes: item.days.map(({ size }) => size) })),
    };
  }),
  get(/^\/segments$/, (request) => {
    const found = listed(request);
    return { items: found, next_cursor: null, total: found.length };
  }),
  post(/^\/segments$/, ({ body }) => {
    if (segments.some(({ name }) => name === body['name'])) {
      return { problem: 409, code: 'already_exists' };
    }
    const made = {
      ...segments[6]!,
      ...body,
      id: String(segments.length + 1),
      used_by: [],
      size: 0,
      created_at: minutesAgo(0),
      changed_at: minutesAgo(0),
    };
    segments.push(made);
    return made;
  }),
  get(/^\/segments\/(\d+)$/, (_request, [id]) => find(id)),
  {
    method: 'PATCH',
    path: /^\/segments\/(\d+)$/,
    reply: ({ body: { archived, ...body } }, [id]) =>
      Object.assign(find(id), body, {
        ...(archived !== undefined && { archived_at: archived ? minutesAgo(0) : null }),
      }),
  },
  get(/^\/segments\/(\d+)\/members$/, (request, [id]) => {
    const size = control.items === 0 ? 0 : find(id).size;
    return paged(request, request.query.get('search') ? Math.min(size, 3) : size, member);
  }),
  post(/^\/segments\/(\d+)\/members$/, changed),
  post(/^\/segments\/(\d+)\/empty$/, (_request, [id]) => ({ ...find(id), size: 0 })),
  get(/^\/segments\/(\d+)\/log$/, (request, [id]) =>
    paged(request, control.items === 0 ? 0 : find(id).size, logEntry),
  ),
  get(/^\/contacts\/(\d+)\/segments$/, () => ({
    items: control.items === 0 ? [] : held,
    next_cursor: null,
  })),
];
