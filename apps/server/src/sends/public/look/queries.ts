import type { Db, Tx } from '../../../db/index.ts';
import type { JsonObject } from '../../../inbox/index.ts';

/** What a workspace chose of its recipients' pages, as it is stored. */
export interface PagesRow {
  theme: JsonObject;
  texts: JsonObject;
  reasons: JsonObject;
  logo_type: string | null;
  logo_width: number | null;
  logo_height: number | null;
  logo_hash: string | null;
  logo_bytes: number | null;
  updated_at: Date;
}

export async function findPages(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<PagesRow | undefined> {
  const { rows } = await db.query<PagesRow>(
    `select theme, texts, reasons, logo_type, logo_width, logo_height, logo_hash,
            length(logo) as logo_bytes, updated_at
       from recipient_pages where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0];
}

/** Keeps others from changing the pages of the workspace until the commit; makes its row. */
export async function lockPages(
  tx: Tx,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<void> {
  await tx.query(
    `insert into recipient_pages (workspace_id, updated_at) values ($1, $2)
         on conflict on constraint recipient_pages_pkey do update set updated_at = excluded.updated_at`,
    [workspaceId, now],
  );
}

export async function updatePages(
  tx: Tx,
  {
    workspaceId,
    theme,
    texts,
    reasons,
  }: { workspaceId: number; theme: object; texts: object; reasons: object },
): Promise<void> {
  await tx.query(
    `update recipient_pages set theme = $2, texts = $3, reasons = $4 where workspace_id = $1`,
    [workspaceId, JSON.stringify(theme), JSON.stringify(texts), JSON.stringify(reasons)],
  );
}

export interface LogoRow {
  data: Buffer;
  type: string;
  width: number;
  height: number;
  hash: string;
}

/** Null takes it away. */
export async function updateLogo(
  tx: Tx,
  { workspaceId, logo }: { workspaceId: number; logo: LogoRow | null },
): Promise<void> {
  await tx.query(
    `update recipient_pages
        set logo = $2, logo_type = $3, logo_width = $4, logo_height = $5, logo_hash = $6
      where workspace_id = $1`,
    [
      workspaceId,
      logo?.data ?? null,
      logo?.type ?? null,
      logo?.width ?? null,
      logo?.height ?? null,
      logo?.hash ?? null,
    ],
  );
}

/** Whoever has the hash has seen the picture. Index: recipient_pages_logo_hash. */
export async function findLogo(
  db: Db,
  { hash }: { hash: string },
): Promise<{ logo: Buffer; logo_type: string } | undefined> {
  const { rows } = await db.query<{ logo: Buffer; logo_type: string }>(
    `select logo, logo_type from recipient_pages where logo_hash = $1 limit 1`,
    [hash],
  );
  return rows[0];
}
