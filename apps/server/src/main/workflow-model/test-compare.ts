import { expect } from 'vitest';
import { outcomeOf, without } from './test-outcome.ts';
import type { Stage, Stop } from './test-place.ts';
import { playInEngine } from './test-play.ts';
import { end } from './test-reference-facts.ts';
import { undoMerge } from './test-reference-merges.ts';
import { report, type Told } from './test-reference-reports.ts';
import { endByHand, hasFailed, retry, runOf, steerAll } from './test-reference-steering.ts';
import { noteMembers, publish } from './test-reference-versions.ts';
import { contactOf, isActive, note } from './test-reference-state.ts';
import type { Draw, Happening, RefRun, RefState } from './test-reference-state.ts';
import { resume, startMembers, startWaiting, turnCalendar } from './test-reference-calendar.ts';
import { answerOutside, arrive, createReference, nextDue, stepAll } from './test-reference.ts';
import { PEOPLE } from './test-scenario.ts';
import { isNaming, isTurn } from './test-scenario.ts';
import type { Batching, Deed, Moment, NamingDeed, Scenario } from './test-scenario.ts';

export interface Case {
  scenario: Scenario;
  batching: Batching;
}

/** How much a case tried. */
export interface Tried {
  runs: number;
  steps: number;
  /** People whose runs raced, about whom nothing is said. */
  raced: number;
  happened: ReadonlyMap<Happening, number>;
}

/** Plays a case in the engine and by the reference; they must tell the same. */
export async function compare(stage: Stage, one: Case): Promise<Tried> {
  const { outcome, stops } = await playInEngine(stage, one);
  const { draws, ...told } = outcome;
  const state = playByReference(one.scenario, stops, ({ who, workflow, n, steps }) => {
    const drawn = draws.get(`${who} W${workflow} #${n} ${steps.length}`);
    return drawn ?? 'a';
  });
  const contacts = [...state.contacts.values()];
  const raced = new Set<string>(PEOPLE.filter((who) => contactOf(state, who).raced));
  expect(without(told, raced)).toEqual(without(outcomeOf(state), raced));
  expectSameDraws(contacts.flatMap(({ runs }) => runs));
  const kept = contacts.filter((each) => !each.raced).flatMap(({ runs }) => runs);
  const steps = kept.reduce((sum, run) => sum + run.steps.length, 0);
  return { runs: kept.length, steps, raced: raced.size, happened: state.happened };
}

/** Whoever comes to a split again leaves it as before; another version may weigh otherwise. */
function expectSameDraws(runs: readonly RefRun[]): void {
  for (const { version, steps } of runs) {
    if (steps.some(({ exit }) => exit === 'moved')) continue;
    const drawn = steps.filter(({ block }) => version.blocks[block]!.type === 'split');
    const exits = new Set(drawn.map(({ block, exit }) => `${block} ${exit}`));
    expect(exits.size).toBe(new Set(drawn.map(({ block }) => block)).size);
  }
}

/** Answers what is done with the runs of what was archived. */
function switchTo(
  state: RefState,
  { workflow, to }: Moment['switched'][number],
  at: number,
): () => void {
  const from = state.states[workflow]!;
  if (!isTurn(from, to)) return () => {};
  state.states[workflow] = to;
  if (to === 'archived') return () => endAll(state, workflow, at);
  if (to !== 'active') return () => {};
  note(state, 'workflow is active again');
  resume(state, workflow, at);
  // What was paused goes on; what was archived begins anew, with those who are members by then.
  if (from === 'archived') noteMembers(state, workflow, at);
  return () => {};
}

function endAll(state: RefState, workflow: number, at: number): void {
  for (const { runs, dates } of state.contacts.values()) {
    dates.delete(workflow);
    for (const run of runs.filter((one) => one.workflow === workflow && isActive(one))) {
      note(state, 'archiving ends a run');
      end(state, run, 'archived', at);
    }
  }
}

/** Finds what deeds name before the others are done. */
function nameThings(
  state: RefState,
  deeds: readonly Deed[],
  at: number,
): { reports: Told[]; turns: ReadonlyMap<Deed, () => void> } {
  const reports = deeds.flatMap((deed) =>
    deed.do === 'report' ? (report(state, deed, at) ?? []) : [],
  );
  const turns = new Map<Deed, () => void>();
  for (const deed of deeds) {
    const turn = isNaming(deed) && deed.do !== 'report' ? nameThing(state, deed, at) : undefined;
    if (turn) turns.set(deed, turn);
  }
  return { reports, turns };
}

function nameThing(
  state: RefState,
  deed: Exclude<NamingDeed, { do: 'report' }>,
  at: number,
): (() => void) | undefined {
  if (deed.do === 'undo') {
    const holding = state.merges.filter(({ isUndone }) => !isUndone);
    const merge = holding[deed.n % holding.length];
    return merge && (() => undoMerge(state, merge, at));
  }
  if (deed.do === 'stop_all' || deed.do === 'retry_all') {
    const { workflow } = deed;
    if (deed.do === 'retry_all' && state.states[workflow] === 'archived') return undefined;
    const what = deed.do === 'stop_all' ? 'stop' : 'retry';
    return void state.steering.push({ workflow, what, at });
  }
  const run = runOf(state, deed, deed.do === 'stop_run' ? isActive : hasFailed);
  if (!run) return undefined;
  if (deed.do === 'stop_run') return () => endByHand(state, run, at);
  return () => retry(state, contactOf(state, deed.who), run, at);
}

/** What is done beside the slots: says whether there was anything. */
function goOnBeside(state: RefState, at: number): boolean {
  const isAnswered = answerOutside(state, at);
  const isStarted = startMembers(state, at);
  return steerAll(state, at) || isStarted || isAnswered;
}

function isAnswerDue({ contacts }: RefState): boolean {
  return [...contacts.values()].some(({ outside }) => outside.length > 0);
}

/** Everything that is to be done at an instant. */
function workOff(state: RefState, asked: Stop['asked'], at: number): void {
  let isOver: boolean;
  do {
    const left = asked.length;
    stepAll(state, at);
    turnCalendar(state, at);
    startWaiting(state, asked, at);
    const goesOn = goOnBeside(state, at);
    stepAll(state, at);
    isOver = !goesOn && asked.length === left && !isAnswerDue(state);
  } while (!isOver);
  expect(asked, 'the engine asks whom an event starts a workflow for').toEqual([]);
  expect(state.waiting, 'the engine asks whom an event starts a workflow for').toEqual([]);
}

/** The reference is told when the engine looked, and must have nothing to do in between. */
function playByReference(scenario: Scenario, stops: readonly Stop[], draw: Draw): RefState {
  const state = createReference(scenario, draw);
  let wasDown = false;
  for (const [i, { at, moment, down, asked }] of stops.entries()) {
    state.looksAt = stops.slice(i).find((stop) => !stop.down)!.at;
    if (!wasDown && !down) {
      expect(nextDue(state), 'the engine looks when something is due').toBeGreaterThanOrEqual(at);
    }
    const deeds = moment?.deeds ?? [];
    const ends = (moment?.switched ?? []).map((each) => switchTo(state, each, at));
    const moves = (moment?.published ?? []).map((publication) => publish(state, publication, at));
    const { reports, turns } = nameThings(state, deeds, at);
    for (const { urgent } of reports) urgent();
    for (const endRuns of ends) endRuns();
    for (const { inTurn } of reports) inTurn();
    for (const move of moves) move();
    for (const deed of deeds) {
      if (isNaming(deed)) turns.get(deed)?.();
      else arrive(state, deed, at);
    }
    if (!down) workOff(state, [...asked], at);
    wasDown = down ?? false;
  }
  return state;
}
