import { createCategory } from '../categories/index.ts';
import { createField } from '../contacts/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { createMessage, type RenderPool } from '../messages/index.ts';
import { createList } from '../segments/index.ts';
import { createWorkflow } from '../workflows/index.ts';
import { sampleMessages } from './messages/sample-messages.ts';
import { findIdsByKey } from './queries.ts';
import { sampleCategories } from './sample-categories.ts';
import { sampleFields } from './sample-fields.ts';
import { sampleLists } from './sample-lists.ts';
import { sampleWorkflows } from './workflows/sample-workflows.ts';

interface Making {
  workspaceId: number;
  by: Origin;
}

/** Fields, lists, categories, messages and drafts of workflows; what is there already is left as it is. */
export async function createDefinitions(
  pool: Pool,
  { renderPool, ...making }: Making & { renderPool: RenderPool },
): Promise<void> {
  await createFields(pool, making);
  await createLists(pool, making);
  await createCategories(pool, making);
  const messages = await createMessages(pool, { renderPool, ...making });
  await createWorkflows(pool, { messages, ...making });
}

async function createFields(pool: Pool, { workspaceId, by }: Making): Promise<void> {
  const known = await findIdsByKey(pool, { table: 'fields', workspaceId });
  await inTransaction(pool, async (tx) => {
    for (const field of sampleFields) {
      if (!known.has(field.key)) await createField(tx, { workspaceId, by, ...field });
    }
  });
}

async function createLists(pool: Pool, { workspaceId, by }: Making): Promise<void> {
  const known = await findIdsByKey(pool, { table: 'segments', workspaceId });
  await inTransaction(pool, async (tx) => {
    for (const { holds: _holds, ...list } of sampleLists) {
      if (!known.has(list.key)) await createList(tx, { workspaceId, by, ...list });
    }
  });
}

async function createCategories(pool: Pool, { workspaceId, by }: Making): Promise<void> {
  const known = await findIdsByKey(pool, { table: 'categories', workspaceId });
  await inTransaction(pool, async (tx) => {
    for (const category of sampleCategories) {
      if (!known.has(category.key)) await createCategory(tx, { workspaceId, by, ...category });
    }
  });
}

async function createMessages(
  pool: Pool,
  { workspaceId, by, renderPool }: Making & { renderPool: RenderPool },
): Promise<Map<string, number>> {
  const ids = await findIdsByKey(pool, { table: 'messages', workspaceId });
  for (const message of sampleMessages) {
    if (ids.has(message.key)) continue;
    const created = await createMessage(
      pool,
      { renderPool },
      { ...message, workspaceId, by, channel: 'email', default_language: 'en' },
    );
    ids.set(message.key, created.id);
  }
  return ids;
}

async function createWorkflows(
  pool: Pool,
  { workspaceId, by, messages }: Making & { messages: Map<string, number> },
): Promise<void> {
  const known = await findIdsByKey(pool, { table: 'workflows', workspaceId });
  const messageId = (key: string): string => {
    const id = messages.get(key);
    if (id === undefined) throw new Error(`The sample has no message ${key}.`);
    return String(id);
  };
  await inTransaction(pool, async (tx) => {
    for (const { key, name, tags, define } of sampleWorkflows) {
      if (known.has(key)) continue;
      await createWorkflow(tx, { workspaceId, by, key, name, tags, definition: define(messageId) });
    }
  });
}
