import { auditRoutes } from '../audit/index.ts';
import { contactRoutes } from '../contacts/index.ts';
import { eventRoutes } from '../events/index.ts';
import type { ManageRoute } from '../http/index.ts';
import type { Inbox, Results } from '../inbox/index.ts';
import { deadEventRoutes } from '../pipeline/index.ts';
import { activityRoutes, countActivity, findConsequences } from '../reports/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { findSuppressions } from '../suppressions/index.ts';
import { tagRoutes } from '../tags/index.ts';
import { userRoutes } from '../users/index.ts';
import { workspaceRoutes } from '../workspaces/index.ts';

/** What rooms need beyond the database to answer their calls. */
export interface RouteParts {
  box: SecretBox;
  publicUrl: string | undefined;
  inbox: Inbox;
  results: Results;
  clock: () => Date;
}

/** The management API: a line a room. */
export function manageRoutes(parts: RouteParts): ManageRoute[] {
  return [
    ...auditRoutes,
    ...workspaceRoutes,
    ...userRoutes(parts),
    ...tagRoutes,
    ...contactRoutes({ ...parts, findSuppressions, countActivity }),
    ...eventRoutes({ ...parts, findConsequences }),
    ...activityRoutes,
    ...deadEventRoutes(parts),
  ];
}
