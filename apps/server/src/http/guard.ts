import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Access, Authenticate, Caller, Denial, Origin } from './caller.ts';
import { Problem } from './problem.ts';
import type { ManageRoute } from './route.ts';

/** Whom a request was admitted for. */
export interface Admission {
  caller: Caller | undefined;
  /** Set on routes inside a workspace. */
  access: Access | undefined;
}

export interface GuardParts {
  authenticate: Authenticate;
  clock: () => Date;
  onDenied: (denial: Denial) => void;
}

/**
 * Decides before the body is read whether the caller may make this call. Every way in passes
 * here: who, from a page of ours or not, into which workspace, with which right.
 */
export async function admit(
  request: FastifyRequest,
  route: ManageRoute,
  { authenticate, clock, onDenied }: GuardParts,
): Promise<Admission> {
  if (route.right === 'anyone') return { caller: undefined, access: undefined };
  const now = clock();
  const caller = await authenticate(request, { now });
  if (!caller) throw unauthenticated();
  try {
    requireCsrfToken(request, caller);
    return { caller, access: requireAccess(request, route, caller) };
  } catch (error) {
    if (error instanceof Problem && error.status === 403) {
      onDenied({
        origin: originOf(request, { caller, workspaceId: attempted(request, caller), now }),
        method: request.method,
        route: route.url,
        right: route.right,
        reason: error.code as Denial['reason'],
      });
    }
    throw error;
  }
}

export function originOf(
  request: FastifyRequest,
  { caller, workspaceId, now }: { caller: Caller; workspaceId: number | null; now: Date },
): Origin {
  return { workspaceId, actor: caller.actor, at: now, requestId: request.id, ip: request.ip };
}

function unauthenticated(): Problem {
  return new Problem('unauthenticated', {
    detail: 'Send a management key as "Authorization: Bearer KEY", or log in.',
    headers: { 'www-authenticate': 'Bearer realm="perennial"' },
  });
}

/** A cookie is sent by the browser whoever asks; the token only by a page that could read it. */
function requireCsrfToken(request: FastifyRequest, caller: Caller): void {
  if (!caller.session || request.method === 'GET' || request.method === 'HEAD') return;
  const sent = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const expected = Buffer.from(caller.session.csrfToken);
  if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
  throw new Problem('csrf_failed', {
    detail: 'Send the csrf_token of GET /manage/v1/session as X-CSRF-Token.',
  });
}

function requireAccess(
  request: FastifyRequest,
  route: ManageRoute,
  caller: Caller,
): Access | undefined {
  if (route.right === 'self') return requireUser(caller);
  const access = chooseAccess(request, caller);
  if (route.right === 'anyone' || route.right === 'member') return access;
  if (access.rights.has(route.right)) return access;
  throw new Problem('forbidden', { detail: `This takes the right ${route.right}.` });
}

function requireUser(caller: Caller): undefined {
  if (caller.session) return undefined;
  throw new Problem('forbidden', { detail: 'This is for users who are logged in, not for keys.' });
}

/**
 * A key has one workspace. A user says by `X-Workspace` which of theirs they mean, and need not
 * if there is only one.
 */
function chooseAccess(request: FastifyRequest, { access }: Caller): Access {
  const wanted = request.headers['x-workspace'];
  if (wanted === undefined) {
    const [only, ...others] = access;
    if (only && others.length === 0) return only;
    throw only
      ? new Problem('workspace_required', {
          detail: 'Send the ID of the workspace as X-Workspace.',
        })
      : new Problem('workspace_forbidden', { detail: 'You have no role in any workspace.' });
  }
  const found = access.find(({ workspace }) => String(workspace.id) === wanted);
  if (found) return found;
  throw new Problem('workspace_forbidden');
}

/** Of a refused call: the workspace it was meant for if the caller has a place there. */
function attempted(request: FastifyRequest, { access }: Caller): number | null {
  const wanted = request.headers['x-workspace'];
  const found =
    wanted === undefined
      ? access.length === 1
        ? access[0]
        : undefined
      : access.find(({ workspace }) => String(workspace.id) === wanted);
  return found?.workspace.id ?? null;
}
