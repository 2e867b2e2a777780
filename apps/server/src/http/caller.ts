import type { Right, Role } from '@perennial/contracts';
import type { FastifyRequest } from 'fastify';

/** Who does something. The name is kept with what they did, so that it survives them. */
export interface Actor {
  kind: 'user' | 'key' | 'system' | 'cli';
  id: number | null;
  name: string;
}

/** Who did what from where, as the audit wants to know it. */
export interface Origin {
  /** Null: concerns the installation, or a user as such. */
  workspaceId: number | null;
  actor: Actor;
  at: Date;
  requestId?: string;
  ip?: string;
}

export interface WorkspaceRef {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
  /** ISO 4217. */
  currency: string;
}

/** A workspace that a caller may enter, and what they may do there. */
export interface Access {
  workspace: WorkspaceRef;
  /** Null for keys, which have rights and no role. */
  role: Role | null;
  rights: ReadonlySet<Right>;
}

/** The proof of a log-in: the cookie's hash names the session, the CSRF token guards changes. */
export interface CallerSession {
  tokenHash: Buffer;
  csrfToken: string;
}

/** Whom a request comes from. A key has one workspace and no session. */
export interface Caller {
  actor: Actor;
  session: CallerSession | null;
  access: readonly Access[];
}

/** Finds the caller by header or cookie; undefined when neither is there; throws a `Problem`. */
export type Authenticate = (
  request: FastifyRequest,
  context: { now: Date },
) => Promise<Caller | undefined>;

/** An attempt by someone we know to do what they may not. */
export interface Denial {
  origin: Origin;
  method: string;
  route: string;
  right: string;
  reason: 'forbidden' | 'csrf_failed' | 'workspace_forbidden';
}
