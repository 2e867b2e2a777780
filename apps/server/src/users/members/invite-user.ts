import type { Role } from '@perennial/contracts';
import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { createLink } from '../one-time-link.ts';
import {
  findUserByEmail,
  insertUser,
  listMembers,
  listRoles,
  setRole,
  type MemberRow,
  type UserRow,
} from '../queries.ts';

export interface Invitation {
  workspaceId: number;
  email: string;
  name?: string | undefined;
  role: Role;
  by: Origin;
}

export interface InvitedUser {
  member: MemberRow;
  /** Null when they can log in already, or have a link from another workspace. */
  linkToken: string | null;
}

/**
 * Gives a person a role here, and an account if they have none. A link sets the password of the
 * whole account: it is made only for who has no place in another workspace, or an admin here
 * could walk in there.
 */
export async function inviteUser(tx: Tx, invitation: Invitation): Promise<InvitedUser> {
  const { workspaceId, email, role, by } = invitation;
  const user = await findOrInsert(tx, invitation);
  const roles = await listRoles(tx, { userId: user.id });
  if (roles.some((known) => known.workspace_id === workspaceId)) {
    throw new Problem('already_exists', { detail: `${email} is in this workspace already.` });
  }
  await setRole(tx, { userId: user.id, workspaceId, role });
  await writeAudit(tx, {
    by,
    action: 'user.invite',
    object: { kind: 'user', id: user.id },
    after: { email, role },
  });
  const needsLink = user.password_hash === null && roles.length === 0;
  const linkToken = needsLink
    ? await createLink(tx, { userId: user.id, purpose: 'invitation', now: by.at })
    : null;
  const [member] = await listMembers(tx, { workspaceId, id: user.id, limit: 1 });
  return { member: member as MemberRow, linkToken };
}

async function findOrInsert(tx: Tx, { email, name = '', by }: Invitation): Promise<UserRow> {
  const inserted = await insertUser(tx, { email, name, passwordHash: null, now: by.at });
  const user = inserted ?? (await findUserByEmail(tx, { email }));
  if (!user) throw new Problem('conflict', { detail: `${email} was removed at this moment.` });
  return user;
}
