import type { Role } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import { deleteSessions } from '../log-in/queries.ts';
import { createLink } from '../one-time-link.ts';
import {
  countAdmins,
  deleteRole,
  listMembers,
  listRoles,
  setRole,
  updateDisabled,
  type MemberRow,
} from '../queries.ts';
import { isRole, requireGrantable, rightsOfRole, type Rights } from '../rights.ts';

interface MemberId {
  workspaceId: number;
  userId: number;
  by: Origin;
  /** Of the one who makes the change. */
  rights: Rights;
}

/** Another role, or locked out and let in again. Disabling ends all sessions. */
export async function changeMember(
  tx: Tx,
  { role, disabled, ...id }: MemberId & { role?: Role | undefined; disabled?: boolean | undefined },
): Promise<MemberRow> {
  const before = await lockMember(tx, id);
  if (role !== undefined) {
    requireGrantable(id.rights, rightsOfRole(role));
    await setRole(tx, { ...id, role });
  }
  if (disabled !== undefined) await setDisabled(tx, { ...id, disabled });
  await requireAdminStill(tx, id, before);
  const after = await findMember(tx, id);
  await record(tx, id, { action: 'user.change', before, after });
  return after;
}

/** Takes the role in this workspace; an account without any role cannot do anything. */
export async function removeMember(tx: Tx, id: MemberId): Promise<void> {
  const member = await lockMember(tx, id);
  await deleteRole(tx, id);
  await requireAdminStill(tx, id, member);
  await writeAudit(tx, {
    by: id.by,
    action: 'user.remove',
    object: { kind: 'user', id: id.userId },
    before: { email: member.email, role: member.role },
  });
}

/** A link by which the member chooses a new password. The old one works until then. */
export async function resetMemberPassword(tx: Tx, id: MemberId): Promise<string> {
  const { email } = await lockMember(tx, id);
  await requireOnlyHere(tx, id);
  const token = await createLink(tx, {
    userId: id.userId,
    purpose: 'password_reset',
    now: id.by.at,
  });
  await writeAudit(tx, {
    by: id.by,
    action: 'user.reset_password',
    object: { kind: 'user', id: id.userId },
    after: { email },
  });
  return token;
}

/** The workspace's row is held, so that the last two admins cannot remove each other at once. */
async function lockMember(tx: Tx, id: MemberId): Promise<MemberRow> {
  await lockWorkspace(tx, { id: id.workspaceId });
  const member = await findMember(tx, id);
  // Who has more rights is out of reach for who has fewer.
  if (isRole(member.role)) requireGrantable(id.rights, rightsOfRole(member.role));
  return member;
}

async function findMember(tx: Tx, { workspaceId, userId }: MemberId): Promise<MemberRow> {
  const [member] = await listMembers(tx, { workspaceId, id: userId, limit: 1 });
  if (!member) throw notFound('user');
  return member;
}

async function setDisabled(tx: Tx, id: MemberId & { disabled: boolean }): Promise<void> {
  await requireOnlyHere(tx, id);
  const { userId, disabled, by } = id;
  await updateDisabled(tx, { id: userId, disabledAt: disabled ? by.at : null });
  if (disabled) await deleteSessions(tx, { userId });
}

/** What concerns the whole account is not for the admin of one of several workspaces. */
async function requireOnlyHere(tx: Tx, { userId, workspaceId }: MemberId): Promise<void> {
  const roles = await listRoles(tx, { userId });
  if (roles.every((role) => role.workspace_id === workspaceId)) return;
  throw new Problem('conflict', {
    detail: 'This user is in other workspaces, too. You can remove them from this one.',
  });
}

/** A workspace that is run by keys alone may have no admin; one that had keeps one. */
async function requireAdminStill(
  tx: Tx,
  { workspaceId }: MemberId,
  changed: MemberRow,
): Promise<void> {
  if (changed.role === 'admin' && (await countAdmins(tx, { workspaceId })) === 0) {
    throw new Problem('last_admin', { detail: 'Make somebody else an admin first.' });
  }
}

async function record(
  tx: Tx,
  { userId, by }: MemberId,
  { action, before, after }: { action: string; before: MemberRow; after: MemberRow },
): Promise<void> {
  const changes = changesBetween(
    { role: before.role, state: before.state },
    { role: after.role, state: after.state },
  );
  if (changes)
    await writeAudit(tx, { by, action, object: { kind: 'user', id: userId }, ...changes });
}
