import type { Db } from '../db/index.ts';

/** Who has a token, and on which device. */
export interface TokenOwner {
  contactId: number;
  deviceId: string | null;
  app: string | null;
  active: boolean;
}

/** Indexes: identifiers_pkey, devices_pkey. Deleted contacts have none. */
export async function findByToken(
  db: Db,
  {
    workspaceId,
    token,
    kind = 'push_token',
  }: { workspaceId: number; token: string; kind?: 'push_token' | 'chat_id' | 'web_push' },
): Promise<TokenOwner | undefined> {
  const { rows: owners } = await db.query<{ id: number }>(
    `select c.id from contacts c
      where c.id = (select contact_id from identifiers
                     where workspace_id = $1 and kind = $2 and value = $3)
        and c.workspace_id = $1 and c.deleted_at is null`,
    [workspaceId, kind, token],
  );
  const contactId = owners[0]?.id;
  if (contactId === undefined) return undefined;
  const { rows } = await db.query<{ device_id: string; app: string | null; active: boolean }>(
    `select device_id, app, push_enabled is not false as active
       from devices
      where contact_id = $1 and push_token = $2
      order by last_seen_at desc, device_id
      limit 1`,
    [contactId, token],
  );
  const device = rows[0];
  return {
    contactId,
    deviceId: device?.device_id ?? null,
    app: device?.app ?? null,
    active: device?.active ?? true,
  };
}
