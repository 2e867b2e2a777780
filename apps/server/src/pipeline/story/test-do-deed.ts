import type { Identifier, InboxItem } from '../../inbox/index.ts';
import { requestErasure } from '../erase/request-erasure.ts';
import { EMAILS, type Act, type ActOf } from './test-deed.ts';
import { cancel, compute, lift, move, redefine, suppress } from './test-manage.ts';
import type { StoryWorld } from './test-story-world.ts';

/** How a kind of deed is done. */
interface Doing<What> {
  /**
   * What is written at once, or chosen among what there is, finds everything applied that came
   * before; `alone`: and nothing else is applied together with it.
   */
  after?: 'all before' | 'alone';
  do(world: StoryWorld, act: ActOf<What>): Promise<InboxItem[] | undefined>;
}

/** Does a deed; answers what arrives by it. */
export async function doDeed(world: StoryWorld, act: Act): Promise<void> {
  const items = await doings[act.what].do(world, act as never);
  if (items && items.length > 0) await world.append(...items);
}

/** Whether everything before it must have been applied. */
export function comesAfterAll({ what }: Act): boolean {
  return doings[what].after !== undefined;
}

export function standsAlone({ what }: Act): boolean {
  return doings[what].after === 'alone';
}

const PEOPLE: Identifier[] = [
  ['external_id', 'u1'],
  ['external_id', 'u2'],
  ['anonymous_id', 'a1'],
  ['anonymous_id', 'a2'],
];

const doings: { [What in Act['what']]: Doing<What> } = {
  track: {
    do: async (world, { who, event, params, ago, past }) => [
      {
        kind: 'event',
        ids: idsOf(who),
        event,
        params,
        at: world.now() - ago,
        source: 'sdk',
        ownTime: true,
        createContact: true,
        ...(past && { flags: 1 }),
      },
    ],
  },
  set: {
    do: async (world, { who, fields, ago, confirmed }) => [
      {
        kind: 'identify',
        // As protocols send it: what a person is found by goes along.
        ids: [
          ...idsOf(who),
          ...(typeof fields['email'] === 'string'
            ? [['email', fields['email']] as Identifier]
            : []),
        ],
        fields,
        at: world.now() - ago,
        source: 'identify',
        confirmed,
      },
    ],
  },
  list: {
    do: async (world, { who, enters }) => [
      {
        kind: 'membership',
        ids: idsOf(who),
        at: world.now(),
        source: 'manual',
        lists: enters ? { add: [world.list] } : { remove: [world.list] },
      },
    ],
  },
  choose: {
    do: async (world, { who, category, subscribed }) => [
      {
        kind: 'consent',
        ids: idsOf(who),
        at: world.now(),
        source: 'web',
        consent: { categories: { [category]: subscribed } },
      },
    ],
  },
  confirm: {
    do: async (world, { who }) => [
      {
        kind: 'consent',
        ids: idsOf(who),
        at: world.now(),
        source: 'web',
        confirm: { channel: 'email', address: EMAILS[who % EMAILS.length]! },
      },
    ],
  },
  login: {
    do: async (world, { user, anonymous }) => [
      {
        kind: 'identify',
        ids: [...idsOf(user), ...idsOf(2 + anonymous)],
        fields: {},
        at: world.now(),
        source: 'identify',
      },
    ],
  },
  name: {
    do: async (world, { user, anonymous, email, webPush }) => [
      {
        kind: 'event',
        ids: [
          ...idsOf(user),
          ...idsOf(2 + anonymous),
          ...(email === null ? [] : [['email', email] as Identifier]),
          ...(webPush === undefined ? [] : [['web_push', webPush] as Identifier]),
        ],
        event: 'Named',
        params: {},
        ...(email !== null && { fields: { email } }),
        at: world.now(),
        source: 'sdk',
        ownTime: true,
        createContact: true,
      },
    ],
  },
  see: {
    do: async (world, { who, device }) => [
      {
        kind: 'event',
        ids: [
          ...idsOf(who),
          ['device_id', device.deviceId],
          ...(device.pushToken ? [['push_token', device.pushToken] as Identifier] : []),
        ],
        event: 'Seen',
        params: {},
        device,
        at: world.now(),
        source: 'sdk',
        ownTime: true,
        createContact: true,
      },
    ],
  },
  order: {
    do: async (world, { who, order, ago }) => [
      {
        kind: 'order',
        ids: idsOf(who),
        at: world.now() - ago,
        source: 'api',
        fields: {},
        order: {
          ...order,
          ...(order.orderedAt !== undefined && { orderedAt: world.now() - order.orderedAt }),
        },
      },
    ],
  },
  report: { do: reportsOf },
  delete: {
    do: async (world, { who }) => [
      { kind: 'delete', ids: idsOf(who), at: world.now(), source: 'manual' },
    ],
  },
  restore: {
    do: async (world, { who }) => [
      {
        kind: 'identify',
        ids: idsOf(who),
        fields: {},
        at: world.now(),
        source: 'api',
        restore: true,
      },
    ],
  },
  erase: { after: 'all before', do: erase },
  merge: { after: 'all before', do: joinOf },
  undo: { after: 'all before', do: partOf },
  suppress: { after: 'all before', do: suppress },
  lift: { after: 'all before', do: lift },
  start: {
    after: 'alone',
    do: async (world, { who, workflow }) => [
      {
        kind: 'start',
        ids: idsOf(who),
        workflowId: world.workflows[workflow]!,
        params: {},
        at: world.now(),
        source: 'api',
      },
    ],
  },
  stop: {
    do: async (world, { who, workflow }) => [
      {
        kind: 'stop',
        ids: idsOf(who),
        workflowId: world.workflows[workflow]!,
        reason: 'by hand',
        at: world.now(),
        source: 'api',
      },
    ],
  },
  redefine: { after: 'alone', do: redefine },
  compute: { after: 'alone', do: async (world, { slices }) => void (await compute(world, slices)) },
  cancel: { after: 'alone', do: cancel },
  move: { after: 'alone', do: move },
  wait: { do: async () => [] },
};

function idsOf(who: number): Identifier[] {
  return [PEOPLE[who]!];
}

/** Of the deliveries that there are; runs that make some stand alone, so all worlds have the same. */
async function reportsOf(
  { pool, workspaceId, now }: StoryWorld,
  { n, reports }: ActOf<'report'>,
): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ contact_id: number; send_id: number; id: number }>(
    `select contact_id, send_id, id from deliveries where workspace_id = $1 order by id`,
    [workspaceId],
  );
  const delivery = rows[n % rows.length];
  if (!delivery) return [];
  const { contact_id: contactId, send_id: sendId, id: deliveryId } = delivery;
  return reports.map(({ status, machine, ago }) => ({
    kind: 'delivery',
    ids: [['contact', String(contactId)]],
    at: now() - ago,
    source: 'web',
    contactId,
    sendId,
    deliveryId,
    status,
    ...(machine && (status === 'opened' || status === 'clicked') && { machine: 'proxy' }),
  }));
}

async function erase(world: StoryWorld, { who }: ActOf<'erase'>): Promise<undefined> {
  const { pool, workspaceId, by, now } = world;
  const [kind, value] = PEOPLE[who]!;
  const { rows } = await pool.query<{ id: number }>(
    `select contact_id as id from identifiers where workspace_id = $1 and kind = $2 and value = $3`,
    [workspaceId, kind, value],
  );
  const contactId = rows[0]?.id;
  if (contactId === undefined) return;
  await requestErasure(pool, { workspaceId, contactId, by: by(), clock: () => new Date(now()) });
}

async function joinOf(
  { pool, workspaceId, now }: StoryWorld,
  { keep: k, drop: d }: ActOf<'merge'>,
): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where workspace_id = $1 and merged_into is null order by id`,
    [workspaceId],
  );
  const [keep, drop] = [rows[k % rows.length], rows[d % rows.length]];
  if (!keep || !drop || keep.id === drop.id) return [];
  const ids: Identifier[] = [['contact', String(keep.id)]];
  return [{ kind: 'join', ids, other: drop.id, at: now(), source: 'manual', by: 'Ada' }];
}

async function partOf(
  { pool, workspaceId, now }: StoryWorld,
  { n }: ActOf<'undo'>,
): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ id: number; keep_id: number }>(
    `select id, keep_id from merges where workspace_id = $1 order by id`,
    [workspaceId],
  );
  const merge = rows[n % rows.length];
  if (!merge) return [];
  const ids: Identifier[] = [['contact', String(merge.keep_id)]];
  return [{ kind: 'part', ids, mergeId: merge.id, at: now(), source: 'manual', by: 'Ada' }];
}
