import { isDeepStrictEqual } from 'node:util';
import { inTransaction } from '../../db/transaction.ts';
import type { InboxItem, JsonObject } from '../../inbox/index.ts';
import { archiveWorkflow } from '../../runs/archive-workflow.ts';
import { setState } from '../../workflows/queries.ts';
import { setWorkflowState } from '../../workflows/set-workflow-state.ts';
import { beginStartingMembers, startOfMembers } from '../../workflows/start-members.ts';
import { settle as settleSegments } from '../around-contacts.ts';
import { user } from '../test-workflows.ts';
import { itemsOf } from './test-deeds.ts';
import { MOST_BLOCKS } from './test-drawing.ts';
import { readOutcome } from './test-engine-outcome.ts';
import { byAda, nameThings } from './test-naming-deeds.ts';
import { leave, makePlace, named, type Place, type Stage, type Stop } from './test-place.ts';
import { nextTime, type Schedule } from './test-reference-schedules.ts';
import { settle } from './test-settle.ts';
import {
  CONTACT_ZONES,
  DAY,
  PEOPLE,
  isNaming,
  isTurn,
  type Batching,
  type Moment,
  type Publication,
  type Scenario,
  type WorkflowState,
} from './test-scenario.ts';

/** Runs that go round and round do not make a case endless. */
const MOST_STOPS = 150;

/**
 * Plays a scenario in the engine. The clock stops at every instant at which something is due, as it
 * would while the program runs, and at some more.
 */
export async function playInEngine(
  stage: Stage,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
) {
  const place = await makePlace(stage, { scenario, batching });
  const { world, stops } = place;
  await settle(place, []);
  for (const [n, moment] of scenario.moments.entries()) {
    const until = world.now() + moment.later;
    if (stops.length > MOST_STOPS) break;
    // It comes up with a later moment, or when all is over.
    if (batching.down.includes(n)) {
      world.setClock(until);
      await arriveUnseen(place, moment);
      continue;
    }
    if (stops.at(-1)?.down) await comeUp(place, until);
    else await passTime(place, { behind: n - 1, until });
    await arrive(place, moment);
  }
  if (stops.at(-1)?.down) await comeUp(place, world.now());
  await passTime(place, { behind: scenario.moments.length - 1, until: world.now() + DAY });
  const outcome = await readOutcome(stage.pool, place);
  await leave(place);
  return { outcome, stops };
}

/** Lets the clock go on, and stop wherever something is due. */
async function passTime(
  place: Place,
  { behind, until }: { behind: number; until: number },
): Promise<void> {
  const { world, batching, stops } = place;
  const from = world.now();
  const looks = batching.looks
    .filter((look) => look.behind === behind)
    .map(({ percent }) => from + Math.floor(((until - from) * percent) / 100));
  while (stops.length <= MOST_STOPS) {
    const now = world.now();
    const next = Math.min(await nextWake(place), ...looks.filter((look) => look > now));
    if (next >= until) break;
    world.setClock(Math.max(next, now + 1));
    await look(place);
  }
  if (stops.length <= MOST_STOPS) world.setClock(until);
}

/** When the engine itself has something to do next. */
async function nextWake(place: Place): Promise<number> {
  const { pool, world } = place;
  const { rows } = await pool.query<{ at: Date | null }>(
    `select least((select min(wake_at) from runs where workspace_id = $1),
                  (select min(changes_at) from memberships where workspace_id = $1),
                  (select min(due_at) from date_starts where workspace_id = $1),
                  (select min(due_at) from regular_starts r join workflow_versions v using (workflow_id, version)
                    where workspace_id = $1 and v.definition #>> '{start,schedule,zone}' is distinct from 'contact')) as at`,
    [world.workspaceId],
  );
  const own = await nextOfContacts(place);
  return Math.min(rows[0]!.at?.getTime() ?? Infinity, own);
}

/** The engine looks again and again whether new zones came up; nothing happens then but at these times. */
async function nextOfContacts({ pool, world, scenario }: Place): Promise<number> {
  const { rows } = await pool.query<{ schedule: Schedule }>(
    `select v.definition #> '{start,schedule}' as schedule
       from regular_starts r join workflow_versions v using (workflow_id, version)
      where workspace_id = $1 and v.definition #>> '{start,schedule,zone}' = 'contact'`,
    [world.workspaceId],
  );
  const zones = [scenario.zone, ...CONTACT_ZONES];
  const nexts = rows.flatMap(({ schedule }) =>
    zones.map((zone) => nextTime(schedule, world.now(), zone)),
  );
  return Math.min(Infinity, ...nexts);
}

async function arrive(place: Place, moment: Moment): Promise<void> {
  const { world } = place;
  for (const { workflow, to } of moment.switched) await switchTo(place, workflow, to);
  for (const publication of moment.published) await publish(place, publication);
  // Before what takes the way of the inbox.
  const named = await nameThings(place, moment.deeds);
  await world.append(...itemsOf(moment.deeds, place, named));
  await look(place, { moment });
}

async function switchTo(place: Place, workflow: number, to: WorkflowState): Promise<void> {
  const { pool, world, workflows, states, definitions } = place;
  const from = states[workflow]!;
  if (!isTurn(from, to)) return;
  states[workflow] = to;
  const id = workflows[workflow]!;
  const { workspaceId } = world;
  const by = byAda(place);
  if (to !== 'active') {
    const turn = { workspaceId, id, by };
    return void (await inTransaction(pool, (tx) =>
      to === 'archived'
        ? archiveWorkflow(tx, turn)
        : setWorkflowState(tx, { ...turn, state: 'paused' }),
    ));
  }
  // Drawn at random it may be of no use, which a person who activates it is told.
  await inTransaction(pool, (tx) => setState(tx, { id, state: 'active', now: by.at }));
  await world.raise();
  if (from === 'archived') await startMembersOf(place, workflow, definitions[workflow]!);
}

async function publish(place: Place, publication: Publication): Promise<void> {
  const { world, ids, workflows, versions, definitions } = place;
  const { workflow } = publication;
  const from = versions[workflow]!;
  versions[workflow] = from + 1;
  const definition = named(publication.definition, ids) as JsonObject;
  await world.publish(workflows[workflow]!, from + 1, definition);
  const asked = startOfMembers(definitions[workflow]!);
  const isNew = !isDeepStrictEqual(asked, startOfMembers(definition));
  if (isNew && place.states[workflow] === 'active') {
    await startMembersOf(place, workflow, definition);
  }
  definitions[workflow] = definition;
  await world.append(...movesOf(place, publication, from));
}

/** Who is in the segment already starts too, if the workflow asks for that. */
async function startMembersOf(
  place: Place,
  workflow: number,
  definition: JsonObject,
): Promise<void> {
  const start = startOfMembers(definition);
  if (!start) return;
  const { pool, world, workflows } = place;
  const { workspaceId } = world;
  const by = byAda(place);
  const about = { id: workflows[workflow]!, name: 'of a scenario' };
  await inTransaction(pool, (tx) =>
    beginStartingMembers(tx, { workspaceId, workflow: about, start, by, settle: settleSegments }),
  );
}

/** Everybody's runs of a version follow the next one. */
function movesOf(
  { world, workflows }: Place,
  { workflow, definition, moves }: Publication,
  from: number,
): InboxItem[] {
  if (moves === undefined) return [];
  const left = Array.from({ length: MOST_BLOCKS }, (_, n) => `b${n}`).filter(
    (block) => !Object.hasOwn(definition['blocks'] as JsonObject, block),
  );
  const target = moves === 'end' ? null : 'b0';
  const blocks = Object.fromEntries(left.map((block) => [block, target]));
  return PEOPLE.map((who) => ({
    kind: 'steer',
    ids: [user(who)],
    at: world.now(),
    source: 'manual',
    workflowId: workflows[workflow]!,
    way: { kind: 'move', from, to: from + 1, blocks },
  }));
}

/** The engine does all that is to be done now. */
async function look(place: Place, what: Pick<Stop, 'moment'> = {}): Promise<void> {
  const stop: Stop = { at: place.world.now(), ...what, asked: [] };
  place.stops.push(stop);
  await settle(place, stop.asked);
}

/** The engine finds what arrived while it was down, before anything else happens. */
async function comeUp(place: Place, at: number): Promise<void> {
  place.world.setClock(at);
  await look(place);
}

/** Nobody looks; a switch of a workflow would be seen before what arrived earlier. */
async function arriveUnseen(place: Place, { later, deeds: all }: Moment): Promise<void> {
  // What they name may not be there yet.
  const deeds = all.filter((deed) => !isNaming(deed));
  const { world, stops } = place;
  stops.push({
    at: world.now(),
    moment: { later, switched: [], published: [], deeds },
    down: true,
    asked: [],
  });
  await world.append(...itemsOf(deeds, place, new Map()));
}
