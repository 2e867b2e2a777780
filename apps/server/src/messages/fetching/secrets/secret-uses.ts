import type { Db, Tx } from '../../../db/index.ts';
import type { Compiled } from '../../rendering/compile-content.ts';

/** A message that fetches with a secret. */
export interface SecretUse {
  id: number;
  name: string;
  channel: string;
}

/** Names of the secrets that any language of it fetches with. */
export function secretNames(compiled: Readonly<Record<string, Compiled>>): string[] {
  const named = Object.values(compiled).flatMap(({ secrets = [] }) => secrets);
  return [...new Set(named.map(({ name }) => name))];
}

/** Notes what the current version of a message fetches with, whether it is there or not. */
export async function keepSecretNames(
  tx: Tx,
  { messageId, names }: { messageId: number; names: readonly string[] },
): Promise<void> {
  await tx.query(`delete from message_secrets where message_id = $1 and name <> all($2::text[])`, [
    messageId,
    names,
  ]);
  if (names.length === 0) return;
  await tx.query(
    `insert into message_secrets (message_id, name, workspace_id)
     select m.id, secret, m.workspace_id
       from messages m cross join unnest($2::text[]) as secret
      where m.id = $1
         on conflict on constraint message_secrets_pkey do nothing`,
    [messageId, names],
  );
}

/** Messages in use by the secrets that they fetch with. Index: message_secrets_name. */
export async function findSecretUses(
  db: Db,
  { workspaceId, names }: { workspaceId: number; names: readonly string[] },
): Promise<Map<string, SecretUse[]>> {
  const { rows } = await db.query<SecretUse & { secret: string }>(
    `select s.name as secret, m.id, m.name, m.channel
       from message_secrets s
       join messages m on m.id = s.message_id and m.archived_at is null
      where s.workspace_id = $1 and s.name = any($2::text[])
      order by lower(m.name), m.id`,
    [workspaceId, names],
  );
  const uses = Map.groupBy(rows, ({ secret }) => secret);
  return new Map(
    [...uses].map(([secret, each]) => [secret, each.map(({ secret: _, ...use }) => use)]),
  );
}

/** Which of these secrets the workspace does not have. Index: fetch_secrets_name. */
export async function findUnknownSecrets(
  db: Db,
  { workspaceId, names }: { workspaceId: number; names: readonly string[] },
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await db.query<{ name: string }>(
    `select name from fetch_secrets where workspace_id = $1 and name = any($2::text[])`,
    [workspaceId, names],
  );
  const known = new Set(rows.map((row) => row.name));
  return new Set(names.filter((name) => !known.has(name)));
}

/** Secrets that messages fetch with and that are not there, by message. Index: message_secrets_pkey. */
export async function findMissingSecrets(
  db: Db,
  { messageIds }: { messageIds: readonly number[] },
): Promise<Map<number, string[]>> {
  const { rows } = await db.query<{ message_id: number; names: string[] }>(
    `select s.message_id, array_agg(s.name order by s.name) as names
       from message_secrets s
       left join fetch_secrets f on f.workspace_id = s.workspace_id and f.name = s.name
      where s.message_id = any($1::bigint[]) and f.id is null
      group by s.message_id`,
    [messageIds],
  );
  return new Map(rows.map((row) => [row.message_id, row.names]));
}

export function noSecret(name: string): string {
  return `There is no secret “${name}”.`;
}
