import {
  alarmChangeSchema,
  alarmDetailSchema,
  alarmPreviewSchema,
  alarmRuleSchema,
  alarmSchema,
  idParams,
  newAlarmSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../http/index.ts';
import { previewAlarm } from './preview-alarm.ts';
import {
  findOpenEpisodes,
  listAlarms,
  listEpisodes,
  readZone,
  type AlarmRow,
  type EpisodeRow,
} from './queries.ts';
import { changeAlarm, createAlarm, removeAlarm, requireAlarm, requireNamed } from './save-alarm.ts';

/** So many of its past episodes an alarm is shown with. */
const EPISODES_SHOWN = 50;

const list = defineRoute({
  method: 'GET',
  url: '/alarms',
  right: 'member',
  summary: 'List alarms by name, each with the episode that goes on',
  response: pageOf(alarmSchema),
  handler: async ({ db, workspace }) => {
    const rows = await listAlarms(db, { workspaceId: workspace.id });
    const open = await findOpenEpisodes(db, { alarmIds: rows.map(({ id }) => id) });
    return { items: rows.map((row) => show(row, open.get(row.id))), next_cursor: null };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/alarms',
  right: 'settings.write',
  summary: 'Watch a number',
  description:
    'An hour or a day is judged when it is over; too many is noticed within a minute. An alarm is raised once, ' +
    'until a number is well again: the events `AlarmRaised` and `AlarmEnded` tell of it.',
  body: newAlarmSchema,
  response: alarmSchema,
  status: 201,
  example: {
    body: {
      name: 'Orders stopped',
      level: 'alarm',
      rule: {
        series: { kind: 'event', event: 'OrderPlaced' },
        period: 'hour',
        direction: 'below',
        threshold: { kind: 'usual', tolerance: 4 },
      },
    },
  },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) =>
      show(await createAlarm(tx, { workspaceId: workspace.id, by, ...body }), undefined),
    ),
});

const read = defineRoute({
  method: 'GET',
  url: '/alarms/:id',
  right: 'member',
  summary: 'Read an alarm with its last episodes',
  params: idParams,
  response: alarmDetailSchema,
  handler: async ({ db, workspace, params }) => {
    const row = await requireAlarm(db, { workspaceId: workspace.id, ...params });
    const episodes = await listEpisodes(db, { alarmId: row.id, limit: EPISODES_SHOWN });
    return {
      ...show(
        row,
        episodes.find(({ ended_at }) => ended_at === null),
      ),
      episodes: episodes.map(showEpisode),
    };
  },
});

const change = defineRoute({
  method: 'PATCH',
  url: '/alarms/:id',
  right: 'settings.write',
  summary: 'Change an alarm; another rule is judged from now on',
  params: idParams,
  body: alarmChangeSchema,
  response: alarmSchema,
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) => {
      const row = await changeAlarm(tx, { workspaceId: workspace.id, by, ...params, ...body });
      return show(row, await openOf(tx, row));
    }),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/alarms/:id',
  right: 'settings.write',
  summary: 'Remove an alarm with its episodes',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) => removeAlarm(tx, { workspaceId: workspace.id, by, ...params }));
    return undefined;
  },
});

const preview = defineRoute({
  method: 'POST',
  url: '/alarms/preview',
  right: 'member',
  summary: 'Tell what a rule would have done in the last 30 days',
  body: z.strictObject({ rule: alarmRuleSchema }),
  response: alarmPreviewSchema,
  example: {
    body: {
      rule: {
        series: { kind: 'starts' },
        period: 'day',
        direction: 'above',
        threshold: { kind: 'number', value: 1_000 },
      },
    },
  },
  handler: async ({ db, now, workspace, body: { rule } }) => {
    const workspaceId = workspace.id;
    await requireNamed(db, { workspaceId, rule });
    const zone = await readZone(db, { workspaceId });
    return previewAlarm(db, { workspaceId, rule, zone, now });
  },
});

/** The calls about alarms. */
export const alarmRoutes: ManageRoute[] = [list, create, preview, read, change, remove];

async function openOf(db: Db, { id }: AlarmRow): Promise<EpisodeRow | undefined> {
  return (await findOpenEpisodes(db, { alarmIds: [id] })).get(id);
}

function show(row: AlarmRow, open: EpisodeRow | undefined): z.output<typeof alarmSchema> {
  const { id, name, level, enabled, judged_until, created_at, updated_at } = row;
  return {
    id,
    name,
    level,
    enabled,
    judged_until,
    created_at,
    updated_at,
    rule: alarmRuleSchema.parse(row.rule),
    contact: row.contact_id,
    open: open ? showEpisode(open) : null,
  };
}

function showEpisode(row: EpisodeRow): NonNullable<z.output<typeof alarmSchema>['open']> {
  const { id, from_at: from, raised_at, ended_at, value, bound, expected } = row;
  return { id, from, raised_at, ended_at, value, bound, expected };
}
