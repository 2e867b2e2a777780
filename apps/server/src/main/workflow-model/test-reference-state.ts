import type { Json, JsonObject } from '../../inbox/index.ts';
import type { Channel } from './test-channels.ts';
import type { Scenario, Status, WorkflowState, Who } from './test-scenario.ts';
import { instantOf, localOf, monthsOn } from './test-zones.ts';

/** Something that became true of a contact. */
export interface RefFact {
  /** Facts are counted as they are applied. */
  seq: number;
  type: string;
  /** By whose identifiers it came, who may be one with somebody by then. */
  by: Who;
  at: number;
  received: number;
  params: JsonObject;
  key: string | undefined;
  past: boolean;
  depth: number;
  source: 'sdk' | 'api' | 'manual' | 'workflow';
  /** Of which message it tells. */
  send?: RefSend;
  /** Of an entry: which segment, and whether what led to it was past, came late, or was that two contacts became one. */
  segment?: string;
  why?: 'past' | 'late' | 'merge' | undefined;
}

export interface RefRun {
  workflow: number;
  version: RefWorkflow;
  /** Whose it was when it began. */
  who: Who;
  /** By which firing of a schedule it started. */
  firing: string | undefined;
  /** Which of the contact's runs of this workflow. */
  n: number;
  id: number;
  key: string;
  startedAt: number;
  /** When what started it happened. */
  beganAt: number;
  params: JsonObject;
  depth: number;
  heardUpTo: number;
  state: 'running' | 'waiting' | 'completed' | 'stopped' | 'failed';
  block: string;
  /** When its next step is due. */
  wake: number | undefined;
  /** It has been on this block, and rests there. */
  rests: boolean;
  /** Of a wait for something: since when it stands there, and what it heard. */
  since: number | undefined;
  heard: boolean;
  /** What the block does is on its way. */
  awaits: boolean;
  /** The exit by which that lets it go. */
  told: string | undefined;
  steps: { block: string; exit: string | null; at: number }[];
  endedAt: number | undefined;
  /** What ended it from outside. */
  reason: EndReason | undefined;
  converted: boolean;
}

/** What ends a run from outside. */
export type EndReason = 'stop' | 'by hand' | 'archived' | 'merged' | 'moved';

export interface RefSend {
  /** Whose it was when it was made; of a run that went back to somebody, that one's. */
  who: Who;
  workflow: number;
  block: string;
  at: number;
  decision: 'sent' | 'refused';
  cancelled: boolean;
  run: RefRun;
  channel: Channel;
  /** What each of the addresses that it goes to has come to. */
  deliveries: Status[];
  /** Whose address it is, of channels that go to one alone. */
  address: string | undefined;
  /** Facts that are told of it once and were. */
  told: Set<string>;
}

export interface RefRefusal {
  who: Who;
  workflow: number;
  key: string;
  reason: string;
  at: number;
}

export interface RefContact {
  who: Who;
  /** What was set of it, while it was one with others too; and when, to whatever value. */
  card: Map<string, { value: Json; at: number }>;
  /** The values that count: its own, and those of whom it is one with. */
  fields: Record<string, Json>;
  /** Lists that it was put into, while it was one with others too. */
  lists: Set<string>;
  /** Those that it is in, and lists. */
  segments: Set<string>;
  /** Until when it is known what time alone did to each dynamic segment. */
  followed: Map<string, number>;
  /** When its dates start workflows, by workflow. */
  dates: Map<number, number>;
  events: RefFact[];
  /** By name. */
  devices: Map<string, { app: string; pushes: boolean }>;
  orders: Map<string, { status: string; total: number }>;
  /** Somebody whom a run created for it. */
  hasFriend: boolean;
  runs: RefRun[];
  /** What runs did that is applied in its turn. */
  queue: { by: RefRun; isUrgent?: boolean; apply: (now: number) => void }[];
  /** What others answer, beside the runs. */
  outside: ((now: number) => void)[];
  /**
   * Two of its runs were due at once and one did what is applied in its turn: in which order the
   * other sees it is left open by the language.
   */
  raced: boolean;
}

/** The exit by which a run leaves a split: the only thing that the reference does not know. */
export type Draw = (run: RefRun) => string;

export interface RefState {
  scenario: Scenario;
  /** As they are published now. */
  workflows: RefWorkflow[];
  zone: string;
  /** When the engine looks that takes what happens now: later, while it is down. */
  looksAt: number;
  contacts: Map<Who, RefContact>;
  /** Also those who became one with another. */
  people: ReadonlyMap<Who, RefContact>;
  merges: RefMerge[];
  states: WorkflowState[];
  /** Of a regular start until when it is done, and of a start by date whether all are to look again. */
  calendar: { doneUntil: number; lookAgain: boolean }[];
  /** Events that start a workflow for everybody in a segment, who are not found yet. */
  waiting: RefWaiting[];
  /** Who was in a segment when a workflow began to start with its members, and is to start. */
  members: { who: Who; workflow: number; at: number }[];
  /** All of a workflow's runs are to be ended, or tried again. */
  steering: { workflow: number; what: 'stop' | 'retry'; at: number }[];
  /** Why an address is not written to. */
  suppressed: Map<string, Set<Suppression>>;
  sends: RefSend[];
  refusals: RefRefusal[];
  codes: number;
  /** What the step that is being taken made true. */
  caused: RefFact[];
  seq: number;
  ids: number;
  draw: Draw;
  /** How often what is rare happened. */
  happened: Map<Happening, number>;
}

/** Who said no of an address: a workflow, which may take that back, or the person, or the server. */
export type Suppression = 'by workflow' | 'unsubscribed' | 'complained' | 'bounced';

/** Two who are one, until that is undone. */
export interface RefMerge {
  keep: Who;
  drop: Who;
  isUndone: boolean;
  /** Somebody was put out of a list since; whether the one or both were meant is left open. */
  isOpen: boolean;
  /** Runs that ended by it, as they were. */
  ended: { run: RefRun; before: RefRun }[];
}

/** What scenarios must come to, and how often it did. */
export type Happening =
  | `report of ${Channel}`
  | `told ${string}`
  | 'merge is undone'
  | 'undone merge lets a run go on'
  | 'archiving ends a run'
  | 'workflow is active again'
  | 'run is retried'
  | 'retry is refused'
  | 'run is ended by hand'
  | 'all runs are ended'
  | 'all failed runs are retried';

export interface RefWaiting {
  who: Who;
  workflow: number;
  fact: RefFact;
}

export interface RefBlock {
  type: string;
  exits: Record<string, string>;
  [setting: string]: unknown;
}

export interface RefWorkflow {
  start: JsonObject;
  stop: JsonObject[];
  limits: JsonObject;
  first: string;
  blocks: Record<string, RefBlock>;
}

/** The contact that somebody is by now. */
export function contactOf(state: RefState, who: Who): RefContact {
  const merge = state.merges.find(({ drop, isUndone }) => drop === who && !isUndone);
  return merge ? contactOf(state, merge.keep) : state.people.get(who)!;
}

/** Whom somebody is one with by now, in the order in which they came together. */
export function personOf(state: RefState, who: Who): Who[] {
  const joined = state.merges.filter(({ keep, isUndone }) => keep === who && !isUndone);
  return [who, ...joined.flatMap(({ drop }) => personOf(state, drop))];
}

export function note(state: RefState, what: Happening): void {
  state.happened.set(what, (state.happened.get(what) ?? 0) + 1);
}

export function isActive({ state }: RefRun): boolean {
  return state === 'running' || state === 'waiting';
}

const UNIT_MS: Record<string, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

/** A length of time on from an instant; a month along the local calendar, clipped. */
export function later(from: number, n: number, unit: string, zone: string): number {
  if (unit !== 'month') return from + n * UNIT_MS[unit]!;
  return instantOf(monthsOn(localOf(from, zone), n), zone);
}

/** The zone that a setting names. */
export function zoneOf({ zone }: RefState, contact: RefContact, named: unknown): string {
  if (named === undefined || named === 'workspace') return zone;
  if (named !== 'contact') return named as string;
  return (contact.fields['time_zone'] as string | null | undefined) ?? zone;
}
