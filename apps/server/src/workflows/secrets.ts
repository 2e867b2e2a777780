import { originOf } from '@perennial/blocks';
import type { Db, Tx } from '../db/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import type { SecretBox } from '../secret/index.ts';

/**
 * A definition in which the secrets of its webhooks are numbers. What is given as text is sealed and
 * never shown again, and goes nowhere but to the host that it was given for.
 */
export async function sealSecrets(
  tx: Tx,
  box: SecretBox,
  { workspaceId, definition, now }: { workspaceId: number; definition: JsonObject; now: Date },
): Promise<JsonObject> {
  const { blocks } = definition;
  if (!isObject(blocks)) return definition;
  const keep = async (text: string, origin: string): Promise<JsonObject> => ({
    $secret: String(await insertSecret(tx, { workspaceId, origin, sealed: box.seal(text), now })),
  });
  const sealed: JsonObject = {};
  for (const [id, block] of Object.entries(blocks)) {
    sealed[id] =
      isObject(block) && block['type'] === 'webhook' ? await sealBlock(block, keep) : block;
  }
  return { ...definition, blocks: sealed };
}

async function sealBlock(
  block: JsonObject,
  keep: (text: string, origin: string) => Promise<JsonObject>,
): Promise<JsonObject> {
  const { secret, headers, url } = block;
  const origin = (typeof url === 'string' ? originOf(url.trim()) : undefined) ?? '';
  const sealed: JsonObject = { ...block };
  if (typeof secret === 'string' && secret !== '') sealed['secret'] = await keep(secret, origin);
  if (!isObject(headers)) return sealed;
  const hidden: JsonObject = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = isObject(value) ? value['secret'] : undefined;
    hidden[name] = typeof text === 'string' && text !== '' ? await keep(text, origin) : value;
  }
  return { ...sealed, headers: hidden };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function insertSecret(
  tx: Tx,
  {
    workspaceId,
    origin,
    sealed,
    now,
  }: { workspaceId: number; origin: string; sealed: string; now: Date },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into workflow_secrets (workspace_id, origin, sealed, created_at) values ($1, $2, $3, $4) returning id`,
    [workspaceId, origin, sealed, now],
  );
  return rows[0]!.id;
}

/** The texts of these secrets, as far as they were given for this origin. Index: workflow_secrets_pkey. */
export async function openWorkflowSecrets(
  db: Db,
  box: SecretBox,
  {
    workspaceId,
    origin,
    numbers,
  }: { workspaceId: number; origin: string; numbers: readonly string[] },
): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; sealed: string }>({
    name: 'read_workflow_secrets',
    text: `select id, sealed from workflow_secrets
            where workspace_id = $1 and origin = $2 and id = any($3::bigint[])`,
    values: [workspaceId, origin, numbers],
  });
  return new Map(rows.map(({ id, sealed }) => [String(id), box.open(sealed)]));
}

/** For which origin each secret of a workspace was given. Index: workflow_secrets_of_workspace. */
export async function originsOfSecrets(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: number; origin: string }>(
    `select id, origin from workflow_secrets where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ id, origin }) => [String(id), origin]));
}
