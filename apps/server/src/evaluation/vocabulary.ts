import { CHANNEL_STATES, SYSTEM_FIELDS as LANGUAGE_FIELDS } from '@perennial/conditions';
import { channelKeys } from '@perennial/channels';
import type { segmentVocabularySchema } from '@perennial/contracts';
import type { z } from 'zod';
import { listCategories } from '../categories/index.ts';
import { listCustomFields, MASKED, SYSTEM_FIELDS } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';

type Vocabulary = z.output<typeof segmentVocabularySchema>;

interface Which {
  workspaceId: number;
}

/** What conditions can name in a workspace. Configuration is small, so all of it is read. */
export async function readVocabulary(
  db: Db,
  { workspace, rights }: { workspace: WorkspaceRef; rights: Rights },
): Promise<Vocabulary> {
  const workspaceId = workspace.id;
  const which = { workspaceId };
  const categories = await listCategories(db, which);
  return {
    fields: await readFields(db, which),
    event_types: await readEventTypes(db, { workspaceId, rights }),
    channels: channelKeys.map((key) => ({ key, states: [...CHANNEL_STATES] })),
    categories: categories.map(({ key, name }) => ({ key, name })),
    segments: await readSegments(db, which),
    workflows: await readWorkflows(db, which),
    messages: await readMessages(db, which),
    tags: await readTags(db, which),
    apps: await readApps(db, which),
    time_zone: workspace.timeZone,
    currency: workspace.currency,
  };
}

async function readFields(db: Db, { workspaceId }: Which): Promise<Vocabulary['fields']> {
  const custom = await listCustomFields(db, { workspaceId, archived: false });
  return [
    ...systemFields(),
    ...custom.map(({ key, label, type, choices, group }) => ({
      field: `custom.${key}`,
      name: label,
      type,
      choices,
      group,
    })),
  ];
}

/** Those that callers may set have names that people read; the others are called by their keys. */
function systemFields(): Vocabulary['fields'] {
  const keys = new Set([...Object.keys(LANGUAGE_FIELDS), ...Object.keys(SYSTEM_FIELDS)]);
  return [...keys].map((field) => {
    const { type = 'text', choices } = LANGUAGE_FIELDS[field] ?? {};
    return {
      field,
      name: SYSTEM_FIELDS[field]?.label ?? wordsOf(field),
      type,
      choices: choices ? [...choices] : null,
      group: null,
    };
  });
}

function wordsOf(field: string): string {
  const words = field.replaceAll(/[_.]/g, ' ').replace(/^id$|\bid\b/, 'ID');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Most of what one answer holds; the pages of event types show the rest. */
const MOST_TYPES = 2000;
const MOST_PARAMS = 100;
const MOST_EXAMPLES = 3;

/** Indexes event_types_key, event_type_params_pkey. */
async function readEventTypes(
  db: Db,
  { workspaceId, rights }: Which & { rights: Rights },
): Promise<Vocabulary['event_types']> {
  const { rows: types } = await db.query<Named & { category: string }>(
    `select id, key, name, category from event_types
      where workspace_id = $1
      order by lower(name), key
      limit $2`,
    [workspaceId, MOST_TYPES],
  );
  const { rows } = await db.query<{ event_type_id: number } & Param>(
    `select event_type_id, path, types, examples from event_type_params
      where event_type_id = any($1)
      order by event_type_id, path`,
    [types.map(({ id }) => id)],
  );
  const params = Map.groupBy(rows, (row) => row.event_type_id);
  return types.map(({ id, key, name, category }) => ({
    key,
    name,
    category,
    params: (params.get(id) ?? []).slice(0, MOST_PARAMS).map((row) => ({
      path: row.path,
      types: row.types,
      examples: shown(row.examples, rights),
    })),
  }));
}

type Param = Vocabulary['event_types'][number]['params'][number];

function shown(examples: Param['examples'], rights: Rights): Param['examples'] {
  const some = examples.slice(0, MOST_EXAMPLES);
  return mayReadPersonal(rights) ? some : some.slice(0, 1).map(() => MASKED);
}

interface Named {
  id: number;
  key: string;
  name: string;
}

async function readSegments(db: Db, { workspaceId }: Which): Promise<Vocabulary['segments']> {
  const { rows } = await db.query<Vocabulary['segments'][number]>(
    `select id, name, kind from segments
      where workspace_id = $1 and archived_at is null
      order by name_key, id`,
    [workspaceId],
  );
  return rows;
}

async function readWorkflows(db: Db, { workspaceId }: Which): Promise<Vocabulary['workflows']> {
  const { rows } = await db.query<Vocabulary['workflows'][number]>(
    `select id, name, state from workflows where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

async function readMessages(db: Db, { workspaceId }: Which): Promise<Vocabulary['messages']> {
  const { rows } = await db.query<Vocabulary['messages'][number]>(
    `select id, name, channel from messages
      where workspace_id = $1 and archived_at is null
      order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

/** Index tags_name. */
async function readTags(db: Db, { workspaceId }: Which): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select name from tags where workspace_id = $1 order by lower(name)`,
    [workspaceId],
  );
  return rows.map(({ name }) => name);
}

async function readApps(db: Db, { workspaceId }: Which): Promise<Vocabulary['apps']> {
  const { rows } = await db.query<Vocabulary['apps'][number]>(
    `select key, name from apps where workspace_id = $1 and archived_at is null order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}
