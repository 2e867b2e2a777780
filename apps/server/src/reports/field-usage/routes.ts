import { fieldUsageSchema } from '@perennial/contracts';
import { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { defineRoute, type ManageRoute } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { findUsingField } from '../../segments/index.ts';
import { mentionsField } from './mentions-field.ts';

type Usage = z.output<typeof fieldUsageSchema>;

const usage = defineRoute({
  method: 'GET',
  url: '/fields/usage',
  right: 'member',
  summary: 'List the workflows, segments and messages that mention a field',
  description: 'Drafts and published versions of workflows, current versions of messages.',
  query: z.object({
    field: z.string().min(1).max(300).describe('As in the segment language: `custom.plan`.'),
  }),
  response: fieldUsageSchema,
  handler: async ({ db, workspace, query: { field } }) => {
    const workspaceId = workspace.id;
    return {
      workflows: await findWorkflows(db, { workspaceId, field }),
      segments: (await findUsingField(db, { workspaceId, field })).map(({ id, name }) => ({
        id,
        name,
      })),
      messages: await findMessages(db, { workspaceId, field }),
    };
  },
});

async function findWorkflows(
  db: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<Usage['workflows']> {
  const { rows } = await db.query<
    Usage['workflows'][number] & { draft: JsonObject; published: JsonObject | null }
  >(
    `select w.id, w.name, w.state, w.draft, v.definition as published
       from workflows w
       left join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
      where w.workspace_id = $1 and w.state <> 'archived'
      order by lower(w.name), w.id`,
    [workspaceId],
  );
  return rows
    .filter(({ draft, published }) =>
      [draft, published].some((each) => each !== null && mentionsField(each, field)),
    )
    .map(({ id, name, state }) => ({ id, name, state }));
}

async function findMessages(
  db: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<Usage['messages']> {
  const { rows } = await db.query<
    Usage['messages'][number] & { content: JsonObject; compiled: JsonObject }
  >(
    `select m.id, m.name, m.channel, v.content, v.compiled
       from messages m
       join message_versions v on v.message_id = m.id and v.version = m.version
      where m.workspace_id = $1 and m.archived_at is null
      order by lower(m.name), m.id`,
    [workspaceId],
  );
  return rows
    .filter(({ content, compiled }) =>
      [content, compiled].some((each) => mentionsField(each, field)),
    )
    .map(({ id, name, channel }) => ({ id, name, channel }));
}

export const fieldUsageRoutes: ManageRoute[] = [usage];
