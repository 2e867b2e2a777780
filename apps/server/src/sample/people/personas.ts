/** How somebody uses the app; what they do on a day follows from it. */
export interface Habit {
  persona: Persona;
  /** Of 100 people. */
  share: number;
  /** Chance of a workout, on a weekday and on a weekend day. */
  weekday: number;
  weekend: number;
  /** Chance to look into the app on a day without a workout. */
  looks: number;
  /** Chance to train again on a day after a day with a workout, where habit has become a streak. */
  keepsGoing?: number;
  /** Days after which they are gone, from and to. */
  leavesAfter?: readonly [number, number];
  /** Chance to try the paid plans, and to stay after the trial. */
  tries: number;
  stays: number;
}

export type Persona =
  'streaker' | 'regular' | 'weekender' | 'casual' | 'fading' | 'one_week' | 'never_started';

export const HABITS: readonly Habit[] = [
  {
    persona: 'streaker',
    share: 13,
    weekday: 0.72,
    weekend: 0.7,
    keepsGoing: 0.955,
    looks: 0.5,
    tries: 0.85,
    stays: 0.72,
  },
  {
    persona: 'regular',
    share: 22,
    weekday: 0.46,
    weekend: 0.34,
    looks: 0.3,
    tries: 0.62,
    stays: 0.5,
  },
  {
    persona: 'weekender',
    share: 14,
    weekday: 0.08,
    weekend: 0.78,
    looks: 0.16,
    tries: 0.5,
    stays: 0.42,
  },
  {
    persona: 'casual',
    share: 18,
    weekday: 0.12,
    weekend: 0.15,
    looks: 0.2,
    tries: 0.3,
    stays: 0.2,
  },
  {
    persona: 'fading',
    share: 16,
    weekday: 0.42,
    weekend: 0.36,
    looks: 0.25,
    leavesAfter: [18, 75],
    tries: 0.5,
    stays: 0.25,
  },
  {
    persona: 'one_week',
    share: 11,
    weekday: 0.4,
    weekend: 0.4,
    looks: 0.4,
    leavesAfter: [3, 12],
    tries: 0.55,
    stays: 0.08,
  },
  {
    persona: 'never_started',
    share: 6,
    weekday: 0,
    weekend: 0,
    looks: 0.35,
    leavesAfter: [1, 6],
    tries: 0.1,
    stays: 0,
  },
];
