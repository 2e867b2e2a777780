import { alarmRoutes } from '../alarms/index.ts';
import { appRoutes } from '../apps/index.ts';
import { auditRoutes, writeAudit } from '../audit/index.ts';
import { callRoutes } from '../calls/index.ts';
import { campaignRoutes, renderingCheckRoutes } from '../campaigns/index.ts';
import { variantRoutes } from '../choices/index.ts';
import { categoryRoutes } from '../categories/index.ts';
import { contactRoutes } from '../contacts/index.ts';
import { evaluationRoutes } from '../evaluation/index.ts';
import { eventRoutes, type ErrorTally } from '../events/index.ts';
import type { Db, Pool } from '../db/index.ts';
import type { ManageRoute } from '../http/index.ts';
import type { Inbox, Results } from '../inbox/index.ts';
import { jobRoutes } from '../jobs/index.ts';
import { orderRoutes } from '../orders/index.ts';
import {
  blockRoutes,
  checkRoutes,
  fetchSecretRoutes,
  messageRoutes,
  type RenderPool,
} from '../messages/index.ts';
import {
  deadEventRoutes,
  erasureRoutes,
  mergeRoutes,
  personExportRoutes,
  previewEvent,
  requestErasure,
} from '../pipeline/index.ts';
import {
  activityRoutes,
  consentRoutes,
  countActivity,
  fieldUsageRoutes,
  findConsequences,
  leavingRoutes,
} from '../reports/index.ts';
import { promoCodeRoutes } from '../promo-codes/index.ts';
import { readRuns, runRoutes } from '../runs/index.ts';
import { sampleRoutes } from '../sample/index.ts';
import type { Egress } from '../egress/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { findUsingCategory, recomputeMeant, segmentRoutes } from '../segments/index.ts';
import { pageRoutes, sendRoutes, type Dns } from '../sends/index.ts';
import { findSuppressions, suppressionRoutes } from '../suppressions/index.ts';
import { tagRoutes } from '../tags/index.ts';
import { userRoutes } from '../users/index.ts';
import { webhookRoutes } from '../webhooks/index.ts';
import { workflowGalleryRoutes, workflowRoutes } from '../workflows/index.ts';
import { readSettings, workspaceRoutes } from '../workspaces/index.ts';
import { aroundContacts, settle } from './around-contacts.ts';
import { aroundMessages } from './around-messages.ts';
import { findSegmentUses } from './find-segment-uses.ts';
import { findTypeUses } from './find-type-uses.ts';
import { longWork } from './long-work.ts';
import { webhookFormats } from './webhook-formats.ts';

/** What rooms need beyond the database to answer their calls. */
export interface RouteParts {
  pool: Pool;
  renderPool: RenderPool;
  slots: number;
  box: SecretBox;
  publicUrl: string | undefined;
  inbox: Inbox;
  results: Results;
  clock: () => Date;
  errorTally?: ErrorTally;
  egress: Egress;
  /** Reads more of an answer than others need; `egress` unless given. */
  callEgress?: Egress;
  dns?: Dns;
  mailHost?: string | undefined;
}

async function countryOf(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string | undefined> {
  return (await readSettings(db, { workspaceId })).phone_country || undefined;
}

/** The management API: a line a room. */
export function manageRoutes(parts: RouteParts): ManageRoute[] {
  return [
    ...auditRoutes,
    ...workspaceRoutes({ onMeantChange: recomputeMeant }),
    ...appRoutes,
    ...userRoutes(parts),
    ...tagRoutes,
    ...categoryRoutes({ findCategoryUses: findUsingCategory }),
    ...contactRoutes({ ...parts, ...aroundContacts, countActivity, requestErasure }),
    ...orderRoutes,
    ...segmentRoutes({ ...parts, findSuppressions, findSegmentUses, settle }),
    ...evaluationRoutes({ ...aroundContacts, settle, readRuns }),
    ...eventRoutes({
      ...parts,
      findConsequences,
      findEventUses: findTypeUses,
      kinds: longWork,
      previewEvent,
      countryOf,
    }),
    ...messageRoutes({ ...parts, around: aroundMessages }),
    ...checkRoutes(parts),
    ...blockRoutes(parts),
    ...fetchSecretRoutes(parts),
    ...sendRoutes(parts),
    ...pageRoutes,
    ...suppressionRoutes(parts),
    ...workflowRoutes({ ...parts, settle }),
    ...workflowGalleryRoutes(parts),
    ...promoCodeRoutes,
    ...callRoutes,
    ...runRoutes({ callEgress: parts.egress, ...parts, settle }),
    ...variantRoutes,
    ...campaignRoutes(aroundContacts),
    ...renderingCheckRoutes({ ...parts, ...aroundContacts }),
    ...activityRoutes,
    ...fieldUsageRoutes,
    ...consentRoutes,
    ...leavingRoutes,
    ...alarmRoutes,
    ...webhookRoutes({ ...parts, formats: webhookFormats }),
    ...sampleRoutes,
    ...mergeRoutes(parts),
    ...deadEventRoutes(parts),
    ...erasureRoutes(parts),
    ...personExportRoutes,
    ...jobRoutes({ kinds: longWork, writeAudit }),
  ];
}
