import type { TestMove } from '@perennial/contracts';
import { isJsonObject } from '@perennial/conditions';
import { loadContacts, type ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { rehearsalIndex, type WorkflowIndex } from '../../workflows/index.ts';
import { createCounts } from '../counts.ts';
import type { DueRun } from '../due-run.ts';
import { renderSettings } from '../render-settings.ts';
import { walkRuns } from '../walk-runs.ts';
import { createFieldWriter } from '../write-fields.ts';
import { LOST_AFTER_MS, MOST_CALLS, type HeardCall, type PendingCall } from './call-in-test.ts';
import { knownTypes } from './known-types.ts';
import type { TestRow } from './queries.ts';
import { createRehearsal, type Noted } from './rehearsal-context.ts';
import { stoppedBy } from './stopped-by.ts';
import type { TestParts } from './parts.ts';
import { settleTest, stepOf, toRun, versionOf } from './run-of-test.ts';

/** So many visits are made by one call; the line goes on with the rest. */
const VISITS_AT_ONCE = 100;
/** A test that goes round and round is ended: its steps are kept in its row. */
const MOST_STEPS = 500;
/** How often a launch that waits for something looks whether it has happened. */
const LOOK_EVERY_MS = 2_000;

interface Going {
  row: TestRow;
  now: Date;
  move?: (Pick<TestMove, 'happened'> & { pace: TestRow['pace'] }) | undefined;
  /** What came of the call that it waited for. */
  heard?: HeardCall | undefined;
}

/** What a walk is made with. */
interface Stage {
  row: TestRow;
  run: DueRun;
  now: Date;
  index: WorkflowIndex;
  contact: ContactState;
  eventTypes: EventTypeIds;
  /** By visits that only began to rest: told with the step that leaves the block. */
  noted: Noted;
  /** The call that it waits for from here on. */
  call?: PendingCall;
}

const NOTHING: Noted = { would: [], sends: [] };

function join(a: Noted, b: Noted): Noted {
  return { would: [...a.would, ...b.would], sends: [...a.sends, ...b.sends] };
}

/**
 * Takes steps until the launch rests, ends, or has taken the one that was asked for. Answers the call
 * that it rests for, which is made once this is committed.
 */
export async function walkTest(
  tx: Tx,
  parts: TestParts,
  { row, now, move, heard }: Going,
): Promise<PendingCall | undefined> {
  const run = toRun(row, parts);
  const index = await indexOf(tx, row);
  const eventTypes = await knownTypes(tx, { workspaceId: row.workspace_id });
  const contact = (await loadContacts(tx, { ids: [row.contact_id] })).get(row.contact_id);
  if (move) row.pace = move.pace;
  if (!contact || contact.deletedAt !== null) {
    stop(row, run, now, 'deleted');
    return undefined;
  }
  const stage: Stage = { row, run, now, index, contact, eventTypes, noted: NOTHING };
  const reason = await stoppedBy(tx, stage);
  if (reason !== undefined) {
    stop(row, run, now, reason);
    return undefined;
  }
  await showFields(tx, parts, stage);
  if (run.state === 'waiting') {
    if (isCalling(stage)) hear(stage, heard);
    else await endWait(tx, parts, stage, move);
  }
  await goOn(tx, parts, stage);
  settleTest(row, run, now, dueAt(stage));
  return stage.call;
}

/** Only a call in earnest lets a webhook block rest. */
function isCalling({ run, index }: Stage): boolean {
  const { blocks } = index.version(run.workflowId, run.version).definition;
  return run.state === 'waiting' && blocks[run.block]!.type === 'webhook';
}

/** Until the other system has answered the launch stands there, by hand or not; but not for ever. */
function hear(stage: Stage, heard: HeardCall | undefined): void {
  const { row, run, now } = stage;
  const isLost = row.due_at !== null && row.due_at <= now;
  if (!heard && !isLost) return;
  const request = heard && (heard.call.request as unknown as JsonObject);
  const lost = { failed: 'The call was lost: the program stopped before it was answered.' };
  run.results = { ...run.results, [run.block]: heard?.result ?? lost };
  run.waited = true;
  // Told with the step that leaves the block, which also says how many were made.
  const details: JsonObject = request ? { request } : {};
  stage.noted = { would: [{ act: 'called', details }], sends: [] };
}

/** The index that knows the launch's own definition. */
export async function indexOf(tx: Tx, row: TestRow): Promise<WorkflowIndex> {
  const index = await rehearsalIndex(tx, {
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    version: versionOf(row),
    definition: row.definition,
  });
  if (!index) throw new Error('The definition cannot be read by this release.');
  return index;
}

function stop(row: TestRow, run: DueRun, now: Date, reason: string): void {
  settleTest(row, { ...run, state: 'stopped', reason, wakeAt: null }, now);
}

/** Now, by the launch's own clock: epoch milliseconds. */
function clockOf({ row, now }: Stage): number {
  return now.getTime() + row.ahead_ms;
}

/** What blocks set so far is seen by those that follow, and by nobody else. */
async function showFields(tx: Tx, { fields }: TestParts, stage: Stage): Promise<void> {
  const { row, run, contact } = stage;
  const contacts = new Map([[contact.id, contact]]);
  const writer = createFieldWriter({ contacts, fields, now: clockOf(stage) });
  const set = Object.entries(row.fields).map(([field, value]) => ({ run, field, value }));
  await writer.write(tx, set);
}

/** By hand a wait ends at once: what is waited for happens, or time passes. By itself it is looked at. */
async function endWait(tx: Tx, parts: TestParts, stage: Stage, move: Going['move']): Promise<void> {
  const { run } = stage;
  if (move?.happened) {
    const heard = { by_hand: true, params: move.happened.params as JsonObject };
    run.results = { ...run.results, [run.block]: heard };
    run.waited = true;
  } else if (move || clockOf(stage) >= (run.wakeAt ?? 0)) passTime(stage);
  else await lookAgain(tx, parts, stage);
}

/** Puts the launch's clock to when its wait ends. */
function passTime({ row, run, now }: Stage): void {
  row.ahead_ms = Math.max(row.ahead_ms, (run.wakeAt ?? 0) - now.getTime());
  run.waited = true;
}

/** Whether what it waits for has happened since it came; else it goes on waiting as before. */
async function lookAgain(tx: Tx, parts: TestParts, stage: Stage): Promise<void> {
  const { run } = stage;
  const { wakeAt, results } = run;
  const since = results[run.block];
  const came = isJsonObject(since) ? since['since'] : undefined;
  run.wakeAt = typeof came === 'string' ? Date.parse(came) : clockOf(stage);
  await visit(tx, parts, stage);
  if (run.state !== 'waiting') return;
  run.wakeAt = wakeAt;
  run.results = results;
}

async function goOn(tx: Tx, parts: TestParts, stage: Stage): Promise<void> {
  const { row, run } = stage;
  const steps = row.steps.length;
  for (let visits = 0; visits < VISITS_AT_ONCE; visits += 1) {
    const rests = run.state === 'waiting' && !run.waited;
    if (rests && isCalling(stage)) return;
    if (rests && (row.pace === 'step' || row.options.timers === 'real')) return;
    if (rests) passTime(stage);
    if (run.state !== 'running' && run.state !== 'waiting') return;
    if (row.pace === 'step' && row.steps.length > steps) return;
    if (row.steps.length >= MOST_STEPS) return giveUp(run);
    if (run.state === 'running') run.wakeAt = clockOf(stage);
    await visit(tx, parts, stage);
    if (row.pace === 'step' && run.state === 'waiting') return;
  }
}

function giveUp(run: DueRun): void {
  run.state = 'failed';
  run.reason = `more than ${MOST_STEPS} steps in a test`;
  run.wakeAt = null;
}

/** One visit of its block, by the engine. */
async function visit(
  tx: Tx,
  { fields: catalogue, slots, render }: TestParts,
  stage: Stage,
): Promise<void> {
  const { row, run, now, index, contact, eventTypes } = stage;
  const clock = clockOf(stage);
  const { deliver } = row.options;
  const rehearsal = createRehearsal(tx, {
    index,
    contact,
    catalogue,
    eventTypes,
    addresses: deliver === 'sandbox' ? {} : deliver,
    calls: callsLeft(row),
    fields: row.fields,
    slots,
    clock,
    now: now.getTime(),
  });
  const { context, writer } = rehearsal;
  const { history } = await walkRuns([run], {
    index,
    context,
    writer,
    renderSettings: (visits) =>
      renderSettings(visits, {
        index,
        render,
        contacts: new Map([[contact.id, contact]]),
        now: clock,
      }),
    counts: createCounts(),
    // What it would set is set nowhere.
    isFollowed: () => false,
    unheard: new Set(),
    now: clock,
    longest: 1,
  });
  row.fields = rehearsal.fields;
  const taken = rehearsal.take();
  if (taken.call) {
    stage.call = { block: run.block, step: row.steps.length, request: taken.call };
  }
  stage.noted = join(stage.noted, taken);
  for (const step of history) {
    row.steps.push(stepOf(step, { noted: stage.noted, now, clock }));
    stage.noted = NOTHING;
  }
}

function callsLeft({ options, steps }: TestRow): number | 'shown' {
  // Launches of earlier releases do not say.
  if (options.webhooks !== 'call') return 'shown';
  const made = steps.filter(({ would }) => would.some(({ act }) => act === 'called')).length;
  return Math.max(0, MOST_CALLS - made);
}

/** When the program looks at the launch by itself. */
function dueAt(stage: Stage): Date | null {
  const { row, run, now, index } = stage;
  if (isCalling(stage)) return stage.call ? new Date(now.getTime() + LOST_AFTER_MS) : row.due_at;
  if (row.pace === 'step') return null;
  if (run.state === 'running') return now;
  const wakesAt = (run.wakeAt ?? 0) - row.ahead_ms;
  const { type } = index.version(run.workflowId, run.version).definition.blocks[run.block]!;
  const looks = type === 'wait_for';
  return new Date(looks ? Math.min(wakesAt, now.getTime() + LOOK_EVERY_MS) : wakesAt);
}
