import { auditRoutes } from '../audit/index.ts';
import type { ManageRoute } from '../http/index.ts';
import type { Inbox, Results } from '../inbox/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { tagRoutes } from '../tags/index.ts';
import { userRoutes } from '../users/index.ts';
import { workspaceRoutes } from '../workspaces/index.ts';

/** What rooms need beyond the database to answer their calls. */
export interface RouteParts {
  box: SecretBox;
  publicUrl: string | undefined;
  inbox: Inbox;
  results: Results;
}

/** The management API: a line a room. */
export function manageRoutes(parts: RouteParts): ManageRoute[] {
  return [...auditRoutes, ...workspaceRoutes, ...userRoutes(parts), ...tagRoutes];
}
