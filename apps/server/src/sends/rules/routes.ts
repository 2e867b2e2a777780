import {
  frequencyPreviewSchema,
  frequencyRuleChangeSchema,
  frequencyRuleDraftSchema,
  frequencyRuleSchema,
  idParams,
  newFrequencyRuleSchema,
  pageOf,
} from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../../http/index.ts';
import { previewRule } from './preview-rule.ts';
import { listRules } from './rule-queries.ts';
import { changeRule, createRule, removeRule, toValues, viewRules } from './save-rule.ts';

const cap: z.input<typeof frequencyRuleDraftSchema> = {
  kind: 'cap',
  most: 3,
  window: { type: 'rolling', n: 7, unit: 'day' },
  channels: ['email'],
};

const list = defineRoute({
  method: 'GET',
  url: '/frequency-rules',
  right: 'member',
  summary: 'List the rules that limit how many messages a contact gets',
  response: pageOf(frequencyRuleSchema),
  handler: async ({ db, workspace }) => {
    const workspaceId = workspace.id;
    const rows = await listRules(db, { workspaceId });
    return { items: await viewRules(db, { workspaceId, rows }), next_cursor: null };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/frequency-rules',
  right: 'settings.write',
  summary: 'Limit how many messages a contact gets, or how soon after one another',
  body: newFrequencyRuleSchema,
  response: frequencyRuleSchema,
  status: 201,
  example: { body: cap },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) => createRule(tx, { workspaceId: workspace.id, by, ...body })),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/frequency-rules/:id',
  right: 'settings.write',
  summary: 'Change a rule, or turn it off; it holds for what is decided from now on',
  params: idParams,
  body: frequencyRuleChangeSchema,
  response: frequencyRuleSchema,
  example: { body: { enabled: false } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, (tx) =>
      changeRule(tx, { workspaceId: workspace.id, by, id: params.id, change: body as object }),
    ),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/frequency-rules/:id',
  right: 'settings.write',
  summary: 'Remove a rule',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) => removeRule(tx, { workspaceId: workspace.id, by, ...params }));
    return undefined;
  },
});

const preview = defineRoute({
  method: 'POST',
  url: '/frequency-rules/preview',
  right: 'settings.write',
  summary: 'Count what a rule would have kept back in the past week',
  description:
    'Of the messages that left in the past seven days, as if the rule had been there since they ' +
    'began: what it keeps back does not count for those after it.',
  body: frequencyRuleDraftSchema,
  response: frequencyPreviewSchema,
  example: { body: cap },
  handler: async ({ db, workspace, body, now }) => {
    const workspaceId = workspace.id;
    const rule = await toValues(db, { workspaceId, key: '', draft: body });
    return previewRule(db, { workspaceId, workspaceZone: workspace.timeZone, rule, now });
  },
});

/** Calls about how often contacts are written to. */
export const ruleRoutes: ManageRoute[] = [list, create, change, remove, preview];
