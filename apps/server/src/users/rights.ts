import { KEY_KINDS, ROLES, type KeyKind, type Right, type Role } from '@perennial/contracts';
import { Problem } from '../http/index.ts';

export type Rights = ReadonlySet<Right>;

/** A role that this release does not know (an older one wrote it) gives nothing. */
export function isRole(role: string): role is Role {
  return Object.hasOwn(ROLES, role);
}

export function rightsOfRole(role: Role): Rights {
  return new Set(ROLES[role].rights);
}

/**
 * The rights of a new key: those asked for, or all of its kind. Throws when the kind does not
 * take one of them: a public key that reads cards must not exist.
 */
export function rightsOfKey(kind: KeyKind, wanted: readonly Right[] | undefined): Right[] {
  const possible: readonly Right[] = KEY_KINDS[kind].rights;
  const rights = [...new Set(wanted ?? possible)];
  const misfit = rights.find((right) => !possible.includes(right));
  if (misfit === undefined) return rights;
  throw new Problem('unprocessable', {
    detail: `A ${kind} key cannot have the right ${misfit}; it may have: ${possible.join(', ')}.`,
  });
}

/** Nobody gives away what they do not have. */
export function requireGrantable(own: Rights, granted: Iterable<Right>): void {
  for (const right of granted) {
    if (own.has(right)) continue;
    throw new Problem('forbidden', { detail: `You cannot give the right ${right}: you lack it.` });
  }
}

/** Whether the names, addresses and texts of contacts may be shown as they are. */
export function mayReadPersonal(rights: Rights): boolean {
  return rights.has('contacts.read_personal');
}
