import type { JsonObject } from '../../inbox/index.ts';

/** A workflow of the sample; messages are named by their keys, and known by ID once they exist. */
export interface SampleWorkflow {
  key: string;
  name: string;
  tags: string[];
  define: (messageId: (key: string) => string) => JsonObject;
}

/** Places on the canvas: blocks are 240 by 104, with room for the ways between them. */
function place(column: number, row: number): { x: number; y: number } {
  return { x: column * 288, y: row * 176 };
}

const HAS_TRAINED = { type: 'event', event: 'WorkoutCompleted', period: { kind: 'ever' } };

const welcome: SampleWorkflow = {
  key: 'welcome',
  name: 'Welcome',
  tags: ['Onboarding'],
  define: (messageId) => ({
    language: 1,
    start: { type: 'event', event: 'SignedUp', unique: 'once' },
    stop: [],
    limits: { reentry: 'once' },
    first: 'greet',
    blocks: {
      greet: {
        type: 'email',
        message: messageId('welcome'),
        exits: { next: 'next_morning' },
        position: place(1, 0),
      },
      next_morning: {
        type: 'timer',
        wait: { n: 1, unit: 'day' },
        until: { time: '10:00', zone: 'contact' },
        exits: { next: 'has_trained' },
        position: place(1, 1),
      },
      has_trained: {
        type: 'if',
        condition: HAS_TRAINED,
        exits: { yes: 'active', no: 'halves' },
        position: place(1, 2),
      },
      halves: {
        type: 'split',
        weights: { a: 50, b: 50 },
        exits: { a: 'ten_minutes', b: 'pick_one' },
        position: place(2, 3),
        note: 'Which of the two brings more people to a first workout?',
      },
      ten_minutes: {
        type: 'email',
        message: messageId('first-workout-ten-minutes'),
        exits: { next: 'two_days' },
        position: place(1.5, 4),
      },
      pick_one: {
        type: 'email',
        message: messageId('first-workout-pick-one'),
        exits: { next: 'two_days' },
        position: place(2.5, 4),
      },
      two_days: {
        type: 'timer',
        wait: { n: 2, unit: 'day' },
        exits: { next: 'trained_since' },
        position: place(2, 5),
      },
      trained_since: {
        type: 'if',
        condition: HAS_TRAINED,
        exits: { yes: 'active', no: 'needs_help' },
        position: place(2, 6),
      },
      active: {
        type: 'update_fields',
        set: { 'custom.onboarding': 'active' },
        exits: { next: 'done' },
        position: place(0.5, 7),
      },
      needs_help: {
        type: 'update_fields',
        set: { 'custom.onboarding': 'needs help' },
        exits: { next: 'done' },
        position: place(2, 7),
      },
      done: { type: 'end', exits: {}, position: place(1.25, 8) },
    },
  }),
};

const streakLost: SampleWorkflow = {
  key: 'streak-lost',
  name: 'Streak lost',
  tags: ['Retention'],
  define: (messageId) => ({
    language: 1,
    start: {
      type: 'event',
      event: 'StreakLost',
      where: { param: 'days', op: 'greater_or_equal', value: 3 },
    },
    stop: [{ type: 'event', event: 'WorkoutCompleted' }],
    limits: { reentry: { n: 3, unit: 'day' } },
    first: 'console',
    blocks: {
      console: {
        type: 'email',
        message: messageId('streak-lost'),
        exits: { next: 'two_evenings' },
        position: place(0, 0),
      },
      two_evenings: {
        type: 'timer',
        wait: { n: 2, unit: 'day' },
        until: { time: '18:00', zone: 'contact' },
        exits: { next: 'long_streak' },
        position: place(0, 1),
        note: 'A workout in the meantime ends the run: see how it stops.',
      },
      long_streak: {
        type: 'if',
        condition: {
          type: 'field',
          field: 'custom.longest_streak',
          op: 'greater_or_equal',
          value: 7,
        },
        exits: { yes: 'nudge', no: 'at_risk' },
        position: place(0, 2),
      },
      nudge: {
        type: 'email',
        message: messageId('streak-easy-way-back'),
        exits: { next: 'five_days' },
        position: place(-0.5, 3),
      },
      five_days: {
        type: 'timer',
        wait: { n: 5, unit: 'day' },
        exits: { next: 'at_risk' },
        position: place(-0.5, 4),
      },
      at_risk: {
        type: 'update_fields',
        set: { 'custom.at_risk': true },
        exits: { next: 'done' },
        position: place(0, 5),
      },
      done: { type: 'end', exits: {}, position: place(0, 6) },
    },
  }),
};

const trialEnding: SampleWorkflow = {
  key: 'trial-ending',
  name: 'Trial ending',
  tags: ['Revenue'],
  define: (messageId) => ({
    language: 1,
    start: { type: 'event', event: 'TrialStarted' },
    stop: [{ type: 'event', event: 'SubscriptionStarted' }],
    limits: { one_at_a_time: 'contact' },
    first: 'begin',
    blocks: {
      begin: {
        type: 'email',
        message: messageId('trial-started'),
        exits: { next: 'fifth_day' },
        position: place(0, 0),
      },
      fifth_day: {
        type: 'timer',
        wait: { n: 5, unit: 'day' },
        until: { time: '10:00', zone: 'contact' },
        exits: { next: 'remind' },
        position: place(0, 1),
      },
      remind: {
        type: 'email',
        message: messageId('trial-ending'),
        exits: { next: 'after_the_end' },
        position: place(0, 2),
      },
      after_the_end: {
        type: 'timer',
        wait: { n: 3, unit: 'day' },
        exits: { next: 'still_free' },
        position: place(0, 3),
      },
      still_free: {
        type: 'if',
        condition: { type: 'field', field: 'custom.plan', op: 'equals', value: 'free' },
        exits: { yes: 'win_back', no: 'done' },
        position: place(0, 4),
      },
      win_back: {
        type: 'update_fields',
        set: { 'custom.win_back': true },
        exits: { next: 'done' },
        position: place(0.5, 5),
      },
      done: { type: 'end', exits: {}, position: place(0, 6) },
    },
  }),
};

/** All workflows of the sample. */
export const sampleWorkflows: readonly SampleWorkflow[] = [welcome, streakLost, trialEnding];
