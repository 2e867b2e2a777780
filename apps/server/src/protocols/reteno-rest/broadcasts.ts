import type { CampaignPace, CampaignSchedule } from '@perennial/contracts';
import { z } from 'zod';
import {
  cancelCampaign,
  createCampaign,
  listBroadcasts,
  readCampaign,
  resumeCampaign,
  startCampaign,
  type CampaignRow,
} from '../../campaigns/index.ts';
import { inTransaction } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import { orRefuse } from './campaign-problems.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { idParams, listOf, restId, restPage, restText } from './schemas.ts';

const MOST_GROUPS = 100;
/** Below it, batches would be single messages. */
const LEAST_BATCH = 10;

const UNITS = { MINUTE: 'minute', HOUR: 'hour', DAY: 'day', MONTH: 'month' } as const;
const unitNames = Object.keys(UNITS) as (keyof typeof UNITS)[];

const groups = listOf(restId, { most: MOST_GROUPS });

const body = z.object({
  title: restText(200).nullish(),
  messageId: restId,
  groups,
  excludedGroups: groups.nullish(),
  startDate: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'expected a time like 2026-03-01T09:30')
    .nullish(),
  batchSize: z.int().min(LEAST_BATCH).max(10_000_000).nullish(),
  batchIntervalUnit: z.enum(unitNames).nullish(),
  appId: restText(300).nullish(),
  domain: restText(300).nullish(),
});
type Body = z.output<typeof body>;

const create = defineEndpoint({
  method: 'POST',
  url: '/v1/broadcast',
  summary: 'Send a message to lists and segments',
  description:
    'Now, or at `startDate` by the clock of the workspace. With `batchSize` and ' +
    '`batchIntervalUnit`, so many contacts in each unit; a month is 30 days. With `appId`, only to ' +
    'devices of that app (mobile push); a `domain` is refused, since browsers are not kept by site.',
  rights: ['messages.send'],
  body,
  example: { title: 'Spring sale', messageId: 1, groups: [1] },
  handler: async (context) => {
    const { key, by } = context;
    const campaign = await orRefuse(
      () =>
        inTransaction(context.db, async (tx) => {
          const { id } = await createCampaign(tx, {
            workspaceId: context.workspaceId,
            by,
            ...draftOf(context.body),
          });
          return startCampaign(tx, { workspace: key.workspace, id, by });
        }),
      NAMES,
    );
    return broadcastOf(campaign);
  },
});

function draftOf({ title, messageId, groups: include, excludedGroups, ...how }: Body) {
  const { appId, domain } = how;
  if (domain)
    throw new RestError(400, 'domain: browsers are not kept by their site, so none can be chosen');
  return {
    name: title?.trim() || `Broadcast of message ${messageId}`,
    message: messageId,
    include,
    exclude: excludedGroups ?? [],
    follows: null,
    schedule: scheduleOf(how.startDate),
    pace: paceOf(how),
    hold_out: 0,
    split: null,
    ...(appId && { terms: { app: appId } }),
    tags: [],
  };
}

function scheduleOf(startDate: string | null | undefined): CampaignSchedule {
  if (!startDate) return { kind: 'now' };
  const [date, time] = startDate.split('T');
  if (!z.iso.date().safeParse(date).success)
    throw new RestError(400, 'startDate: there is no such day');
  return { kind: 'once', date: date!, time: time!, zone: 'workspace' };
}

function paceOf({
  batchSize,
  batchIntervalUnit,
}: Pick<Body, 'batchSize' | 'batchIntervalUnit'>): CampaignPace | null {
  if (!batchSize && !batchIntervalUnit) return null;
  if (!batchSize) throw new RestError(400, 'batchSize: expected it with batchIntervalUnit');
  if (!batchIntervalUnit) throw new RestError(400, 'batchIntervalUnit: expected it with batchSize');
  return { n: batchSize, per: UNITS[batchIntervalUnit] };
}

const list = defineEndpoint({
  method: 'GET',
  url: '/v1/broadcasts',
  summary: 'List broadcasts, newest first',
  rights: ['reports.read'],
  query: z.object(restPage),
  handler: async ({ db, workspaceId, query: { startindex, maxrows } }) => {
    const rows = await listBroadcasts(db, { workspaceId, offset: startindex - 1, limit: maxrows });
    return rows.map(broadcastOf);
  },
});

const read = defineEndpoint({
  method: 'GET',
  url: '/v1/broadcast/:id',
  summary: 'Read a broadcast',
  rights: ['reports.read'],
  params: idParams,
  handler: async (context) => broadcastOf(await find(context)),
});

const cancel = defineEndpoint({
  method: 'DELETE',
  url: '/v1/broadcast/:id',
  summary: 'Cancel a broadcast that waits for its time',
  rights: ['messages.send'],
  params: idParams,
  handler: async (context) => {
    const { db, key, by, params } = context;
    const { state } = await find(context);
    if (state !== 'scheduled')
      throw new RestError(
        400,
        `Only a scheduled broadcast can be cancelled; this one is ${state}.`,
      );
    await orRefuse(() =>
      inTransaction(db, (tx) => cancelCampaign(tx, { workspace: key.workspace, by, ...params })),
    );
  },
});

const start = defineEndpoint({
  method: 'POST',
  url: '/v1/campaigns/:id/start',
  summary: 'Start a campaign that is there (an old call)',
  description:
    'A draft starts as its schedule says, one that waits for its time starts now, and a paused one ' +
    'goes on. Answers it as `GET /v1/broadcast/{id}` does.',
  rights: ['messages.send'],
  params: idParams,
  handler: async (context) => {
    const { db, key, by, params } = context;
    const { state } = await find(context, 'campaign');
    const turn = { workspace: key.workspace, by, ...params };
    const campaign = await orRefuse(
      () =>
        inTransaction(db, (tx) =>
          state === 'paused'
            ? resumeCampaign(tx, turn)
            : startCampaign(tx, { ...turn, now: state === 'scheduled' }),
        ),
      NAMES,
    );
    return broadcastOf(campaign);
  },
});

async function find(
  { db, workspaceId, params: { id } }: RestContext<{ id: number }>,
  what = 'broadcast',
): Promise<CampaignRow> {
  return readCampaign(db, { workspaceId, id }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'not_found')
      throw new RestError(404, `There is no ${what} with id='${id}'.`);
    throw error;
  });
}

const NAMES: Record<string, string> = {
  message: 'messageId',
  include: 'groups',
  exclude: 'excludedGroups',
  schedule: 'startDate',
  pace: 'batchSize',
  'terms/app': 'appId',
};

const STATUSES: Record<CampaignRow['state'], string> = {
  draft: 'DRAFT',
  scheduled: 'SCHEDULED',
  running: 'STARTED',
  paused: 'PAUSED',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
};

export function broadcastOf(row: CampaignRow): object {
  return {
    broadcastId: row.id,
    title: row.name,
    messageId: row.message_id,
    groups: row.include,
    excludedGroups: row.exclude,
    status: STATUSES[row.state],
    startDate: (row.starts_at ?? row.started_at)?.toISOString() ?? null,
    ...(row.pace && {
      batchSize: row.pace.n,
      batchIntervalUnit: unitNames.find((name) => UNITS[name] === row.pace?.per) ?? null,
    }),
    ...(row.terms.app !== undefined && { appId: row.terms.app }),
  };
}

export const broadcastEndpoints: Endpoint[] = [create, list, read, cancel, start];
