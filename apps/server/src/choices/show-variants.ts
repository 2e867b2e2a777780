import {
  allocate,
  durationMs,
  estimateLift,
  posteriorsOf,
  type OneFromManySettings,
} from '@perennial/blocks';
import type { blockVariantsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { namesOfTags } from '../tags/index.ts';
import { readBlockState, type BlockState } from './block-state.ts';
import { findTagged, readCounts, type VariantCounts } from './queries.ts';
import { readDays, readLooks, type VariantLook } from './variant-queries.ts';

type Shown = z.output<typeof blockVariantsSchema>;

interface Asked {
  workspaceId: number;
  workflowId: number;
  block: string;
  settings: OneFromManySettings;
  /** What machines opened and clicked counts, too: nothing that is learnt does by it. */
  machines: boolean;
  now: Date;
}

/** What a block has learnt of its variants, and what it would do now. */
export async function showVariants(db: Db, asked: Asked): Promise<Shown> {
  const { workspaceId, workflowId, block, settings, now } = asked;
  const { channel, mode, goal, memory } = settings;
  const [include, exclude] = [settings.include.map(Number), settings.exclude.map(Number)];
  const tagged = await findTagged(db, { workspaceId, channel, include, exclude });
  const state = await readBlockState(db, { workflowId, block });
  const counts = await readCounts(db, { workflowId, block, epochs: state.epochs });
  const days = await readDays(db, { workflowId, block, now });
  const looks = await readLooks(db, { ids: [...new Set([...tagged, ...counts.keys()])] });
  const tags = await namesOfTags(db, { workspaceId, ids: [...include, ...exclude] });
  const named = (ids: number[]) => ids.map((id) => ({ id, name: tags.get(id) ?? '' }));
  return {
    block,
    channel,
    mode,
    goal: {
      type: goal.type,
      event: goal.type === 'event' ? goal.event : null,
      within_ms: durationMs(goal.within),
    },
    memory_days: memory,
    include: named(include),
    exclude: named(exclude),
    reset: resetOf(state),
    variants: variantsOf({ tagged, counts, state, looks, asked }),
    lift: mode === 'bandit' ? liftOf([...counts.values()]) : null,
    days: byDay(days),
  };
}

function resetOf({
  reset_at: at,
  reset_by: by,
  epochs_before: before,
}: BlockState): Shown['reset'] {
  return at && { at, by: by ?? '', undoable: before !== null };
}

interface Known {
  tagged: readonly number[];
  counts: ReadonlyMap<number, VariantCounts>;
  state: BlockState;
  looks: ReadonlyMap<number, VariantLook>;
  asked: Asked;
}

/** Those that are chosen first, by how likely each is the best; then the paused, then the gone. */
function variantsOf(known: Known): Shown['variants'] {
  const { tagged, counts, state, looks, asked } = known;
  const gone = [...counts.keys()].filter((id) => !tagged.includes(id));
  const trials = (id: number) => trialsOf(counts.get(id), asked.machines);
  const posteriors = posteriorsOf(tagged.map(trials));
  const running = [...tagged.keys()].filter((i) => !state.paused.includes(tagged[i]!));
  const best = running.length > 0 ? posteriors.best(running) : [];
  // Machines are looked at, and never learnt from.
  const learnt = posteriorsOf(tagged.map((id) => trialsOf(counts.get(id), false)));
  const probabilities = running.length > 0 ? allocate(learnt, running, asked.settings.mode) : [];
  const there = tagged.map((id, i) => ({
    ...figuresOf(id, known),
    use: state.paused.includes(id) ? ('paused' as const) : ('chosen' as const),
    interval: [...posteriors.interval(i, 0.95)] as [number, number],
    best: best[running.indexOf(i)] ?? null,
    probability: probabilities[running.indexOf(i)] ?? null,
  }));
  const left = gone.map((id) => ({
    ...figuresOf(id, known),
    use: 'gone' as const,
    interval: [...posteriorsOf([trials(id)]).interval(0, 0.95)] as [number, number],
    best: null,
    probability: null,
  }));
  return [...there, ...left]
    .flatMap((variant) => {
      const look = looks.get(variant.message);
      return look ? [{ ...variant, ...look }] : [];
    })
    .toSorted((a, b) => PLACES[a.use] - PLACES[b.use] || (b.best ?? 0) - (a.best ?? 0));
}

const PLACES = { chosen: 0, paused: 1, gone: 2 } as const;

function trialsOf(
  counts: VariantCounts | undefined,
  machines: boolean,
): { settled: number; succeeded: number } {
  if (!counts) return { settled: 0, succeeded: 0 };
  const { settled, succeeded, succeeded_machines: withMachines } = counts;
  return { settled, succeeded: machines ? withMachines : succeeded };
}

function figuresOf(id: number, { counts, asked }: Known) {
  const { chosen = 0, void: lost = 0 } = counts.get(id) ?? {};
  const { settled, succeeded } = trialsOf(counts.get(id), asked.machines);
  return {
    message: id,
    chosen,
    open: chosen - settled - lost,
    lost,
    settled,
    succeeded,
    rate: settled > 0 ? succeeded / settled : null,
  };
}

function liftOf(counts: readonly VariantCounts[]): Shown['lift'] {
  const total = (of: (row: VariantCounts) => number) =>
    counts.reduce((sum, row) => sum + of(row), 0);
  const settled = total((row) => row.settled);
  if (settled === 0) return null;
  const sum = total((row) => row.lift);
  const squares = total((row) => row.lift_squares);
  const { mean, low, high, evidence } = estimateLift({ n: settled, sum, squares });
  // What was reached, less what the choice added to it.
  const even = total((row) => row.succeeded) - sum;
  return {
    settled,
    mean,
    low,
    high,
    relative: even > 0 ? sum / even : null,
    sure: 1 - Math.min(1, 1 / evidence),
  };
}

function byDay(
  rows: readonly { day: string; message_id: number; chosen: number }[],
): Shown['days'] {
  return [...Map.groupBy(rows, ({ day }) => day)].map(([day, own]) => ({
    day,
    chosen: Object.fromEntries(own.map((row) => [String(row.message_id), row.chosen])),
  }));
}
