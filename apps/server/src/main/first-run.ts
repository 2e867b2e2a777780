import { inTransaction, type Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import {
  createLink,
  createUser,
  findUserByEmail,
  foundWorkspace,
  linkUrl,
} from '../users/index.ts';

/** Who the first admin is until somebody says otherwise. */
const FIRST_ADMIN = 'admin@localhost.localdomain';

/**
 * The first run makes a workspace and an admin. Until somebody can log in, every start prints a
 * fresh link with which the admin chooses name, e-mail and password.
 */
export async function firstRun(
  pool: Pool,
  { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<{ link: string | undefined }> {
  if (await somebodyCanLogIn(pool)) return { link: undefined };
  return inTransaction(pool, async (tx) => {
    const by: Origin = {
      actor: { kind: 'system', id: null, name: 'first run' },
      at: now,
    } as Origin;
    const admin = await findUserByEmail(tx, { email: FIRST_ADMIN });
    if (admin) {
      const token = await createLink(tx, { userId: admin.id, purpose: 'first_login', now });
      return { link: linkUrl(publicUrl, token) };
    }
    const { rows } = await tx.query<{ id: number }>(`select id from workspaces order by id`);
    const workspaces =
      rows.length > 0 ? rows : [await foundWorkspace(tx, { slug: 'main', name: 'My app', by })];
    const { linkToken } = await createUser(tx, {
      email: FIRST_ADMIN,
      name: 'Admin',
      roles: workspaces.map(({ id }) => ({ workspaceId: id, role: 'admin' as const })),
      by,
    });
    return { link: linkUrl(publicUrl, linkToken!) };
  });
}

async function somebodyCanLogIn(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query(
    `select from users where password_hash is not null and disabled_at is null limit 1`,
  );
  return rows.length > 0;
}
