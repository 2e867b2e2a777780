import {
  campaignBalanceSchema,
  campaignChangeSchema,
  campaignListItemSchema,
  campaignPreviewSchema,
  campaignReportSchema,
  campaignSchema,
  campaignStateSchema,
  idParams,
  idSchema,
  newCampaignSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import type { ContactQuestions } from '../contacts/index.ts';
import { inTransaction, type Tx } from '../db/index.ts';
import { defineRoute, pageFrom, pageQuery, whenClosed, type ManageRoute } from '../http/index.ts';
import { countBalance } from './count-balance.ts';
import { chooseWinner } from './decide-winner.ts';
import { previewCampaign } from './preview-campaign.ts';
import { listCampaigns } from './queries.ts';
import { createReports } from './report/kept-reports.ts';
import {
  changeCampaign,
  copyCampaign,
  createCampaign,
  deleteCampaign,
  readCampaign,
  type CampaignWithTags,
} from './save-campaign.ts';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
  unscheduleCampaign,
  type Turn,
} from './set-campaign-state.ts';
import { showCampaign, showCampaigns } from './show-campaign.ts';

export interface CampaignRouteParts {
  questions: ContactQuestions;
}

const list = defineRoute({
  method: 'GET',
  url: '/campaigns',
  right: 'member',
  summary: 'List campaigns, newest first',
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    search: z.string().max(200).optional(),
    state: campaignStateSchema.optional(),
    series: idSchema.optional().describe('Occurrences of this recurring campaign.'),
  }),
  response: pageOf(campaignListItemSchema),
  handler: async ({ db, workspace, query }) => {
    const rows = await listCampaigns(db, {
      workspaceId: workspace.id,
      search: query.search,
      state: query.state,
      series: query.series,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
    return { ...page, items: await showCampaigns(db, page.items) };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/campaigns',
  right: 'messages.write',
  summary: 'Create a campaign as a draft',
  body: newCampaignSchema,
  response: campaignSchema,
  status: 201,
  example: { body: { name: 'Spring sale', include: ['1'], message: '1' } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) =>
      showCampaign(tx, await createCampaign(tx, { workspaceId: workspace.id, by, ...body })),
    ),
});

const read = defineRoute({
  method: 'GET',
  url: '/campaigns/:id',
  right: 'member',
  summary: 'Read a campaign, with how far it is',
  params: idParams,
  response: campaignSchema,
  handler: async ({ db, workspace, params }) =>
    showCampaign(db, await readCampaign(db, { workspaceId: workspace.id, ...params })),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/campaigns/:id',
  right: 'messages.write',
  summary: 'Change a draft; of what was started, its name and tags',
  params: idParams,
  body: campaignChangeSchema,
  response: campaignSchema,
  example: { body: { name: 'Spring sale, again' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      showCampaign(
        tx,
        await changeCampaign(tx, { workspaceId: workspace.id, by, ...params, ...body }),
      ),
    ),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/campaigns/:id',
  right: 'messages.write',
  summary: 'Delete a draft',
  params: idParams,
  response: z.null(),
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) =>
      deleteCampaign(tx, { workspaceId: workspace.id, by, ...params }),
    );
    return null;
  },
});

const copy = defineRoute({
  method: 'POST',
  url: '/campaigns/:id/copy',
  right: 'messages.write',
  summary: 'Make a draft of the same',
  params: idParams,
  body: z.strictObject({ name: z.string().trim().min(1).max(200).optional() }),
  response: campaignSchema,
  status: 201,
  example: { body: {} },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      showCampaign(
        tx,
        await copyCampaign(tx, { workspaceId: workspace.id, by, ...params, ...body }),
      ),
    ),
});

const start = defineRoute({
  method: 'POST',
  url: '/campaigns/:id/start',
  right: 'messages.send',
  summary: 'Start a campaign now, or let it wait for its time',
  description:
    'Its message is fixed as it stands at the moment of the start; its audience is who is in the segments then.',
  params: idParams,
  body: z.strictObject({
    now: z.boolean().default(false).describe('At once, whatever its schedule says.'),
  }),
  response: campaignSchema,
  example: { body: {} },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      showCampaign(tx, await startCampaign(tx, { workspace, by, ...params, ...body })),
    ),
});

function turnRoute(
  verb: string,
  summary: string,
  turn: (tx: Tx, of: Turn) => Promise<CampaignWithTags>,
): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: `/campaigns/:id/${verb}`,
    right: 'messages.send',
    summary,
    params: idParams,
    response: campaignSchema,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) =>
        showCampaign(tx, await turn(tx, { workspace, by, ...params })),
      ),
  });
}

const turns: ManageRoute[] = [
  turnRoute('pause', 'Let nothing more leave until it is resumed', pauseCampaign),
  turnRoute('resume', 'Go on where it was paused', resumeCampaign),
  turnRoute('cancel', 'Let nothing more leave, for good', cancelCampaign),
  turnRoute('unschedule', 'Make a draft again of what waits for its time', unscheduleCampaign),
];

const choose = defineRoute({
  method: 'POST',
  url: '/campaigns/:id/winner',
  right: 'messages.send',
  summary: 'Choose the variant that the others of the audience get',
  description: 'Once, before the rule has found one. What was decided already stays.',
  params: idParams,
  body: z.strictObject({ variant: z.int().min(0).max(7).describe('0 is the first.') }),
  response: campaignSchema,
  example: { body: { variant: 1 } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      showCampaign(tx, await chooseWinner(tx, { workspace, by, ...params, ...body })),
    ),
});

const balance = defineRoute({
  method: 'GET',
  url: '/campaigns/:id/balance',
  right: 'reports.read',
  summary: 'Count where every contact of the audience is',
  params: idParams,
  response: campaignBalanceSchema,
  handler: async ({ db, workspace, params }) =>
    countBalance(db, {
      campaign: await readCampaign(db, { workspaceId: workspace.id, ...params }),
    }),
});

function reportRoute(): ManageRoute {
  const reports = createReports();
  return defineRoute({
    method: 'GET',
    url: '/campaigns/:id/report',
    right: 'reports.read',
    summary: 'Report what became of a campaign',
    params: idParams,
    query: z.object({
      machines: z
        .enum(['true', 'false'])
        .default('false')
        .describe('Whether what machines opened and clicked counts, too.'),
    }),
    response: campaignReportSchema,
    handler: async ({ db, workspace, params, query, now }) =>
      reports.of(db, {
        machines: query.machines === 'true',
        campaign: await readCampaign(db, { workspaceId: workspace.id, ...params }),
        now,
      }),
  });
}

function previewRoute({ questions }: CampaignRouteParts): ManageRoute {
  return defineRoute({
    method: 'GET',
    url: '/campaigns/:id/preview',
    right: 'member',
    summary: 'Count who would get it now, and say why not the others and what stands in the way',
    params: idParams,
    response: campaignPreviewSchema,
    handler: async ({ db, workspace, params, now, reply }) =>
      previewCampaign(db, {
        signal: whenClosed(reply.raw),
        campaign: await readCampaign(db, { workspaceId: workspace.id, ...params }),
        workspace,
        questions,
        now,
      }),
  });
}

export function campaignRoutes(parts: CampaignRouteParts): ManageRoute[] {
  return [
    list,
    create,
    read,
    change,
    remove,
    copy,
    start,
    ...turns,
    choose,
    balance,
    reportRoute(),
    previewRoute(parts),
  ];
}
