import { lastOccurrence, nextOccurrence, parseWorkflow, type Schedule } from '@perennial/blocks';
import { dayOfInstant, dayText, isKnownZone, resolveZone, timeOfDay } from '@perennial/conditions';
import type { SegmentMembership } from '@perennial/conditions';
import { fieldTypesOf, readCustomRules, type ContactQuestions } from '../../contacts/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { evaluateSet } from '../../evaluation/index.ts';
import { LANES, type Stamped } from '../../inbox/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';
import {
  moveRegularStart,
  readZones,
  readZonesOf,
  renewRegularStarts,
  takeRegularStart,
  type RegularStartRow,
} from './regular-queries.ts';

export interface FireParts {
  /** Holds a connection for the row and one for the snapshot. */
  pool: Pool;
  questions: ContactQuestions;
  slots: number;
  clock: () => Date;
}

type Workspace = Awaited<ReturnType<typeof listWorkspaces>>[number];

/** A time that was missed by more than this is left out. */
const LATEST_MS = 24 * 3_600_000;

/** How long the database may look for the members. */
const PATIENCE_MS = 30_000;

/** Contacts whose starts are put into the queues by one statement. */
const PAGE = 20_000;

/** Contacts may come with zones that nobody had: their times are looked for as often. */
const ZONES_EVERY_MS = 15 * 60_000;

/**
 * Starts the members of a segment if it is time, and notes until when that is done as the starts go
 * to their slots' queues: both or neither. Of times that were missed while nobody looked the last one
 * counts, in each zone. False when nothing is due.
 */
export async function fireRegular(parts: FireParts): Promise<boolean> {
  return inTransaction(parts.pool, async (tx) => {
    await renewRegularStarts(tx);
    const now = parts.clock();
    const row = await takeRegularStart(tx, { now });
    if (!row) return false;
    const [workspace] = await listWorkspaces(tx, { ids: [row.workspace_id] });
    const schedule = scheduleOf(row);
    const zones = await zonesFor(tx, schedule, workspace!);
    const firings = firingsOf(schedule, zones, {
      done: row.done_until.getTime(),
      now: now.getTime(),
    });
    if (firings.size > 0)
      await startMembers(tx, parts, { row, workspace: workspace!, firings, now });
    await moveRegularStart(tx, {
      workflowId: row.workflow_id,
      doneUntil: now,
      dueAt: nextOf(schedule, zones, now.getTime()),
    });
    return true;
  });
}

/** With its defaults, as the definition's own reader gives them. */
function scheduleOf({ segment, schedule }: RegularStartRow): Schedule {
  const parsed = parseWorkflow({
    language: 1,
    start: { type: 'segment', mode: 'regular', segment, schedule },
    first: 'b1',
    blocks: { b1: { type: 'end' } },
  });
  if (!parsed.ok)
    throw new Error(`A published schedule cannot be read: ${parsed.errors[0]!.message}`);
  const { start } = parsed.definition;
  return (start as Extract<typeof start, { mode: 'regular' }>).schedule;
}

async function zonesFor(tx: Tx, { zone }: Schedule, workspace: Workspace): Promise<string[]> {
  const { time_zone: own } = workspace;
  if (zone !== 'contact') {
    return [resolveZone(zone, { now: 0, workspaceZone: own, contactZone: null })];
  }
  const zones = await readZones(tx, { workspaceId: workspace.id });
  return [...new Set([own, ...zones.filter(isKnownZone)])];
}

/** By zone, the instant at which it was time. */
type Firings = ReadonlyMap<string, number>;

function firingsOf(
  schedule: Schedule,
  zones: readonly string[],
  { done, now }: { done: number; now: number },
): Firings {
  const after = Math.max(done, now - LATEST_MS - 1);
  return new Map(
    zones.flatMap((zone): [string, number][] => {
      const last = lastOccurrence(schedule, { after, until: now }, zone);
      return last === undefined ? [] : [[zone, last]];
    }),
  );
}

function nextOf(schedule: Schedule, zones: readonly string[], now: number): Date | null {
  const nexts = zones.flatMap((zone) => nextOccurrence(schedule, now, zone) ?? []);
  if (nexts.length === 0) return null;
  const next = Math.min(...nexts);
  return new Date(schedule.zone === 'contact' ? Math.min(next, now + ZONES_EVERY_MS) : next);
}

interface Firing {
  row: RegularStartRow;
  workspace: Workspace;
  firings: Firings;
  now: Date;
}

async function startMembers(tx: Tx, parts: FireParts, firing: Firing): Promise<void> {
  const contactIds = await membersAt(parts, firing);
  for (let from = 0; from < contactIds.length; from += PAGE) {
    const page = contactIds.slice(from, from + PAGE);
    await enqueueStamped(tx, { stamped: await startsOf(tx, page, firing), slots: parts.slots });
  }
}

/** Who is a member now, and what time alone has changed is known though nobody has written it down. */
async function membersAt(
  { pool, questions }: FireParts,
  { row, workspace, now }: Firing,
): Promise<number[]> {
  const { workspace_id: workspaceId, segment } = row;
  const rule: SegmentMembership = { type: 'segment', segment };
  const settled = await questions.settled?.(pool, {
    workspaceId,
    segmentIds: [Number(segment)],
    now,
  });
  const question = {
    rule,
    workspaceId,
    workspaceZone: workspace.time_zone,
    workspaceCurrency: workspace.currency,
    now,
    fields: fieldTypesOf(await readCustomRules(pool, { workspaceId })),
    questions: settled ?? questions,
  };
  return evaluateSet(pool, question, { wanted: 'members', timeoutMs: PATIENCE_MS });
}

async function startsOf(
  tx: Tx,
  contactIds: readonly number[],
  { row, workspace, firings, now }: Firing,
): Promise<Stamped[]> {
  const byContact = row.schedule.zone === 'contact';
  const zones = byContact ? await readZonesOf(tx, { contactIds }) : undefined;
  const [only] = [...firings.keys()];
  return contactIds.flatMap((contactId) => {
    const own = zones?.get(contactId);
    const zone = !byContact ? only! : own && isKnownZone(own) ? own : workspace.time_zone;
    const at = firings.get(zone);
    return at === undefined ? [] : [startOf(row, { contactId, at, zone, now })];
  });
}

/** Named by the time on the contact's clock: who moves to another zone does not get it twice. */
function startOf(
  row: RegularStartRow,
  { contactId, at, zone, now }: { contactId: number; at: number; zone: string; now: Date },
): Stamped {
  const { workspace_id: workspaceId, workflow_id: workflowId, version, segment } = row;
  const minute = Math.floor(timeOfDay(at, zone) / 60_000);
  const occasion = `regular ${workflowId} ${dayText(dayOfInstant(at, zone))} ${minute}`;
  return {
    workspaceId,
    contactId,
    receivedAt: now.getTime(),
    lane: LANES.stream,
    item: {
      kind: 'start',
      ids: [],
      at: now.getTime(),
      source: 'system',
      workflowId,
      params: {},
      by: {
        occasion,
        version,
        context: {
          kind: 'segment',
          segment,
          cause: 'regular',
          occurred_at: new Date(at).toISOString(),
          params: {},
          occasion,
        },
      },
    },
  };
}
