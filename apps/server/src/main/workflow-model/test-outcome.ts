import { T0 } from '../test-workflows.ts';
import type { RefState } from './test-reference-state.ts';

/** What became of a scenario, in lines that begin with whom they are about. */
export interface Outcome {
  runs: string[];
  sends: string[];
  refusals: string[];
  fields: string[];
}

interface RunTold {
  /** Whose it was when it began, and whose it is. */
  who: string;
  owner: string;
  workflow: number;
  n: number;
  key: string;
  state: string;
  block: string;
  startedAt: number;
  wake: number | undefined;
  endedAt: number | undefined;
  reason: string | null | undefined;
  steps: { block: string; exit: string | null; at: number }[];
}

/** One run with its path; times are seconds since the beginning. */
export function runLine(run: RunTold): string {
  const path = run.steps.map(({ block, exit, at }) => `${block} ${exit ?? '.'} ${seconds(at)}`);
  const stands = run.endedAt === undefined ? `${run.block} until ${wakeText(run)}` : '';
  return [
    `${run.who} as ${run.owner} W${run.workflow} #${run.n} (${run.key}) from ${seconds(run.startedAt)}`,
    `${run.state === 'running' ? 'waiting' : run.state} ${reasonText(run)}${seconds(run.endedAt)} ${stands}`,
    ...path,
  ].join(' | ');
}

/** What ended a run from outside; which stop of several is no matter. */
function reasonText({ state, reason }: RunTold): string {
  if (state !== 'stopped') return '';
  const isByStop = /^(stop|event|segment|order)/.test(reason!);
  return isByStop ? 'by a stop ' : `${reason!.replace(/ to version.*/, '')} `;
}

/** An act's answer comes when it comes: the day after which it is given up is no matter. */
function wakeText({ wake }: RunTold): string {
  return seconds(wake);
}

function seconds(at: number | undefined): string {
  return at === undefined ? '-' : String((at - T0) / 1000);
}

/** What the reference says. */
export function outcomeOf(state: RefState): Outcome {
  const contacts = [...state.contacts.values()];
  return {
    runs: contacts
      .flatMap(({ who: owner, runs }) => runs.map((run) => runLine({ ...run, owner })))
      .toSorted(),
    sends: state.sends
      .map(({ who, workflow, block, at, decision, deliveries, cancelled }) => {
        const line = `${who} W${workflow} ${block} ${rounded(at)}`;
        // A send of which nothing leaves any more was refused in the end.
        const states = Array<string>(deliveries.length).fill(cancelled ? 'cancelled' : 'planned');
        const ended = cancelled ? 'refused' : 'sent';
        return decision === 'sent'
          ? `${line} ${ended} ${states.join(' ')}`
          : `${line} refused none`;
      })
      .toSorted(),
    refusals: state.refusals
      .map(({ who, workflow, key, reason, at }) => {
        return `${who} W${workflow} ${key} ${reason} ${rounded(at)}`;
      })
      .toSorted(),
    fields: contacts.map(({ who, fields }) => fieldsLine(who, fields)).toSorted(),
  };
}

/** Those fields that scenarios change. */
export function fieldsLine(who: string, fields: Readonly<Record<string, unknown>>): string {
  const values = ['city', 'custom.score', 'custom.seen'].map((field) => fields[field] ?? null);
  return `${who} ${JSON.stringify(values)}`;
}

/** As PostgreSQL makes whole numbers of a part of a second. */
function rounded(at: number): number {
  return Math.round(at / 1000) - T0 / 1000;
}

/** The lines that are about others than these. */
export function without(outcome: Outcome, people: ReadonlySet<string>): Outcome {
  const keep = (lines: string[]) => lines.filter((line) => !people.has(line.split(' ')[0]!));
  const { runs, sends, refusals, fields } = outcome;
  return {
    runs: keep(runs),
    sends: keep(sends),
    refusals: keep(refusals),
    fields: keep(fields),
  };
}
