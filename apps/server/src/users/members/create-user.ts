import type { Role } from '@perennial/contracts';
import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { createLink } from '../one-time-link.ts';
import { hashPassword } from '../password.ts';
import { insertUser, setRole, type UserRow } from '../queries.ts';

export interface NewUser {
  email: string;
  name?: string;
  /** Without one, the user chooses it by a one-time link. */
  password?: string | undefined;
  roles: readonly { workspaceId: number; role: Role }[];
  by: Origin;
}

export interface CreatedUser {
  user: UserRow;
  /** For `linkUrl`; null if there is a password. */
  linkToken: string | null;
}

/** A new account with its roles; who asks for it is outside of every workspace (CLI, first run). */
export async function createUser(tx: Tx, newUser: NewUser): Promise<CreatedUser> {
  const { name = '', password, roles, by } = newUser;
  const email = newUser.email.toLowerCase();
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const user = await insertUser(tx, { email, name, passwordHash, now: by.at });
  if (!user) throw new Problem('already_exists', { detail: `${email} has an account already.` });
  for (const { workspaceId, role } of roles) {
    await setRole(tx, { userId: user.id, workspaceId, role });
    await recordRole(tx, { by, userId: user.id, workspaceId, email, role });
  }
  const linkToken =
    passwordHash === null
      ? await createLink(tx, { userId: user.id, purpose: 'first_login', now: by.at })
      : null;
  return { user, linkToken };
}

async function recordRole(
  tx: Tx,
  entry: { by: Origin; userId: number; workspaceId: number; email: string; role: Role },
): Promise<void> {
  const { by, userId, workspaceId, email, role } = entry;
  await writeAudit(tx, {
    by: { ...by, workspaceId },
    action: 'user.create',
    object: { kind: 'user', id: userId },
    after: { email, role },
  });
}
