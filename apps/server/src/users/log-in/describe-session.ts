import { type sessionSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import { findUser } from '../queries.ts';
import { isRole, rightsOfRole } from '../rights.ts';
import { findSession } from './queries.ts';

/** Who is logged in, where they may go and what they may do there: all that a page needs first. */
export async function describeSession(
  db: Db,
  { tokenHash, now }: { tokenHash: Buffer; now: Date },
): Promise<z.output<typeof sessionSchema>> {
  const session = await findSession(db, { tokenHash, now });
  const user = session && (await findUser(db, { id: session.user_id }));
  if (!session || !user) throw new Problem('unauthenticated');
  const workspaces = session.memberships.flatMap(({ role, ...workspace }) =>
    isRole(role) ? [{ ...workspace, role, rights: [...rightsOfRole(role)] }] : [],
  );
  return { user, workspaces, csrf_token: session.csrf_token };
}
