import type { Membership, Right, Session } from '@perennial/contracts';
import { createContext, useContext } from 'react';
import { createApi, type Api } from '../api.ts';

/** Who is logged in; null when nobody is. */
export const SessionContext = createContext<Session | null>(null);
/** The workspace of the address bar and the calls bound to it. */
export const WorkspaceContext = createContext<{ workspace: Membership; api: Api } | null>(null);

const anonymousApi = createApi({});

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A page that needs a session stands outside of one.');
  return session;
}

export function useWorkspace(): Membership {
  const context = useContext(WorkspaceContext);
  if (!context) throw new Error('A page of a workspace stands outside of one.');
  return context.workspace;
}

/** The calls of the current workspace; outside of one, those that need none. */
export function useApi(): Api {
  return useContext(WorkspaceContext)?.api ?? anonymousApi;
}

/** Whether the user's role in this workspace has a right. */
export function useRight(right: Right): boolean {
  return useContext(WorkspaceContext)?.workspace.rights.includes(right) ?? false;
}
