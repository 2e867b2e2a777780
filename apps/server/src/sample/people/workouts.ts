import type { Random } from '../random.ts';

export const WORKOUTS = [
  { kind: 'Strength', minutes: 42, perMinute: 0.085, pulse: 122 },
  { kind: 'HIIT', minutes: 24, perMinute: 0.155, pulse: 156 },
  { kind: 'Running', minutes: 36, perMinute: 0.15, pulse: 149 },
  { kind: 'Yoga', minutes: 34, perMinute: 0.045, pulse: 92 },
  { kind: 'Cycling', minutes: 47, perMinute: 0.115, pulse: 138 },
  { kind: 'Pilates', minutes: 31, perMinute: 0.055, pulse: 101 },
  { kind: 'Stretching', minutes: 13, perMinute: 0.035, pulse: 84 },
  { kind: 'Boxing', minutes: 33, perMinute: 0.14, pulse: 151 },
] as const;

export type WorkoutKind = (typeof WORKOUTS)[number]['kind'];

export const GOALS = [
  ['Lose weight', 5],
  ['Build muscle', 4],
  ['Move every day', 4],
  ['Run 10 km', 2],
  ['Sleep better', 1.5],
] as const;

export type Goal = (typeof GOALS)[number][0];

export interface Workout {
  kind: WorkoutKind;
  minutes: number;
  burned: number;
  heart_rate: number;
}

/** A workout as the watch measured it; kcal per kilogram and minute make what it burned. */
export function makeWorkout(
  random: Random,
  { favourite, weight }: { favourite: WorkoutKind; weight: number },
): Workout {
  const kind = random.chance(0.55) ? favourite : random.pick(WORKOUTS).kind;
  const plan = WORKOUTS.find((entry) => entry.kind === kind)!;
  const minutes = Math.max(6, Math.round(random.around(plan.minutes, plan.minutes * 0.6)));
  return {
    kind,
    minutes,
    burned: Math.round(minutes * weight * plan.perMinute * random.around(1, 0.25)),
    heart_rate: Math.round(random.around(plan.pulse, 18)),
  };
}
