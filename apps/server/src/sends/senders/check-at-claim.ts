import { findChannel } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import { findCandidates, loadRecipients, type Search } from '../find-candidates.ts';
import { loadMessageCategories } from '../../messages/index.ts';
import { readStoppedFlows } from '../campaign-flows.ts';
import { findCategoryMemberships } from '../find-category-memberships.ts';
import { askGates } from '../gates/ask-gates.ts';
import type { CategoryMembership } from '../gates/gate.ts';
import { leavesAt, type HoursQuestion } from '../gates/leaves-at.ts';
import { findHours } from './find-hours.ts';
import type { Delay } from './delay-planned.ts';
import { postponeDeliveries, type Stop, type WorkRow } from './work-queries.ts';

interface Checked {
  go: WorkRow[];
  stops: Stop[];
  delays: Delay[];
}

/**
 * Asks once more, immediately before they leave, what was decided when the deliveries were
 * planned: what changed meanwhile stops them. Suppressions are asked in a statement of their own.
 */
export async function checkAtClaim(
  db: Db,
  { rows, now }: { rows: readonly WorkRow[]; now: Date },
): Promise<Checked> {
  const campaigns = await checkCampaigns(db, rows);
  const asked = await checkRows(db, { rows: campaigns.go, now });
  await postponeDeliveries(db, { rows: campaigns.paused, until: null });
  return { ...asked, stops: [...campaigns.stops, ...asked.stops] };
}

/** What campaigns let leave; what a paused one keeps back, and what a cancelled one ends. */
async function checkCampaigns(
  db: Db,
  rows: readonly WorkRow[],
): Promise<{ go: WorkRow[]; paused: WorkRow[]; stops: Stop[] }> {
  const flows = await readStoppedFlows(db, {
    campaignIds: rows.flatMap(({ campaign_id: id }) => id ?? []),
  });
  const flowOf = (row: WorkRow) => flows.get(row.campaign_id ?? 0);
  return {
    go: rows.filter((row) => !flowOf(row)),
    paused: rows.filter((row) => flowOf(row) === 'paused'),
    stops: rows
      .filter((row) => flowOf(row) === 'cancelled')
      .map((row) => ({ row, status: 'cancelled', reason: 'campaign cancelled' })),
  };
}

async function checkRows(
  db: Db,
  { rows, now }: { rows: readonly WorkRow[]; now: Date },
): Promise<Checked> {
  const recipients = await loadRecipients(db, {
    contactIds: [...new Set(rows.map((row) => row.contact_id))],
  });
  const searches = rows.map((row): Search => {
    const channel = findChannel(row.channel);
    if (!channel) throw new Error(`Delivery ${row.id} is for the unknown channel ${row.channel}.`);
    return { contactId: row.contact_id, workspaceId: row.workspace_id, channel };
  });
  const candidates = await findCandidates(db, { searches, recipients, now });
  const memberships = await findMembershipsOf(db, rows);
  const hours = await findHours(db, { rows, recipients });
  const go: WorkRow[] = [];
  const stops: Stop[] = [];
  const delays: Delay[] = [];
  for (const [i, row] of rows.entries()) {
    const stop = stopFor(row, {
      candidates: candidates[i]!,
      recipient: recipients.get(row.contact_id),
      membership: memberships[i],
      now,
    });
    if (stop) {
      stops.push({ row, ...stop });
      continue;
    }
    const late = afterHours(row, { hours: hours[i], now });
    if (!late) go.push(row);
    else if ('until' in late) delays.push({ row, ...late });
    else stops.push({ row, ...late });
  }
  return { go, stops, delays };
}

/** What waited for a provider until its send hours were over goes on in the next ones, if it lives. */
function afterHours(
  row: WorkRow,
  { hours, now }: { hours: HoursQuestion | undefined; now: Date },
): Omit<Delay, 'row'> | Omit<Stop, 'row'> | undefined {
  const until = hours && leavesAt(hours, now.getTime());
  if (until === undefined || until <= now.getTime()) return undefined;
  if (row.expires_at && until >= row.expires_at.getTime()) {
    return { status: 'expired', reason: 'time to live ends before the send hours begin' };
  }
  return { until: new Date(until), reason: 'send hours' };
}

async function findMembershipsOf(
  db: Db,
  rows: readonly WorkRow[],
): Promise<(CategoryMembership | undefined)[]> {
  const categories = await loadMessageCategories(db, {
    ids: rows.map(({ message_id: id }) => id),
  });
  return findCategoryMemberships(db, {
    questions: rows.map(({ contact_id: contactId, message_id: messageId }) => ({
      contactId,
      categoryIds: categories.get(messageId) ?? [],
    })),
  });
}

function stopFor(
  row: WorkRow,
  {
    candidates,
    recipient,
    membership,
    now,
  }: {
    candidates: Awaited<ReturnType<typeof findCandidates>>[number];
    recipient: { workspace_id: number; deleted: boolean } | undefined;
    membership: CategoryMembership | undefined;
    now: Date;
  },
): Omit<Stop, 'row'> | undefined {
  if (row.expires_at && row.expires_at <= now) {
    return { status: 'expired', reason: 'time to live is over' };
  }
  // A test that somebody ordered goes where they typed, whoever that is.
  if (row.test && row.run_id === null) return undefined;
  const own = candidates.filter((candidate) => candidate.address === row.address);
  // The contact left this address behind.
  if (own.length === 0 && recipient && !recipient.deleted) {
    return { status: 'cancelled', reason: 'address changed' };
  }
  const verdict = askGates({
    recipient: {
      exists: recipient?.workspace_id === row.workspace_id,
      deleted: recipient?.deleted ?? false,
    },
    transactional: row.transactional,
    membership,
    candidates: own,
    maxAddresses: Infinity,
    at: now.getTime(),
  });
  return verdict.decision === 'refused'
    ? { status: 'cancelled', reason: verdict.reason }
    : undefined;
}
