import { expect } from 'vitest';
import { outcomeOf, without } from './test-outcome.ts';
import type { Stage, Stop } from './test-place.ts';
import { playInEngine } from './test-play.ts';
import { publish } from './test-reference-versions.ts';
import { contactOf } from './test-reference-state.ts';
import type { Draw, RefRun, RefState } from './test-reference-state.ts';
import { resume, startMembers, startWaiting, turnCalendar } from './test-reference-calendar.ts';
import { answerOutside, arrive, createReference, nextDue, stepAll } from './test-reference.ts';
import { PEOPLE } from './test-scenario.ts';
import type { Batching, Deed, Moment, Scenario } from './test-scenario.ts';

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
  return { runs: kept.length, steps, raced: raced.size };
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

function reportsOf(moment: Moment | undefined): Deed[] {
  return (moment?.deeds ?? []).filter((deed) => deed.do === 'report');
}

function switchTo(state: RefState, workflow: number, to: 'active' | 'paused', at: number): void {
  if (to === 'active' && state.states[workflow] === 'paused') resume(state, workflow, at);
  state.states[workflow] = to;
}

/** What is done beside the slots: says whether there was anything. */
function goOnBeside(state: RefState, at: number): boolean {
  const isAnswered = answerOutside(state, at);
  return startMembers(state, at) || isAnswered;
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
  for (const { at, moment, down, asked } of stops) {
    if (!wasDown && !down) {
      expect(nextDue(state), 'the engine looks when something is due').toBeGreaterThanOrEqual(at);
    }
    for (const { workflow, to } of moment?.switched ?? []) switchTo(state, workflow, to, at);
    for (const deed of reportsOf(moment)) arrive(state, deed, at);
    for (const publication of moment?.published ?? []) publish(state, publication, at);
    for (const deed of moment?.deeds ?? []) if (deed.do !== 'report') arrive(state, deed, at);
    if (!down) workOff(state, [...asked], at);
    wasDown = down ?? false;
  }
  return state;
}
