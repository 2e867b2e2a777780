import type { TextId } from '../../app/catalogue.ts';

type Definition = Record<string, unknown>;

export interface Starter {
  id: string;
  name: TextId;
  detail: TextId;
  /** The definition; `message` is an e-mail message of the workspace, if there is one. */
  definition: (message: string | undefined) => Definition;
}

const frame = { language: 1, limits: { reentry: 'always', one_at_a_time: true } };

function email(message: string | undefined, exits: Record<string, string>): Definition {
  return { type: 'email', ...(message ? { message } : {}), exits };
}

/** Definitions to begin with. */
export const starters: readonly Starter[] = [
  {
    id: 'welcome',
    name: 'workflows.starter.welcome',
    detail: 'workflows.starter.welcome.detail',
    definition: (message) => ({
      ...frame,
      start: { type: 'event', event: 'SignedUp', unique: 'once' },
      stop: [{ type: 'event', event: 'AccountClosed' }],
      first: 'greet',
      blocks: {
        greet: email(message, { next: 'pause' }),
        pause: {
          type: 'timer',
          wait: { n: 2, unit: 'day' },
          until: { time: '09:00', zone: 'contact' },
          exits: { next: 'active' },
        },
        active: {
          type: 'if',
          condition: {
            type: 'event',
            event: 'AppOpened',
            period: { kind: 'last', n: 2, unit: 'day' },
          },
          exits: { yes: 'done', no: 'remind' },
        },
        remind: email(message, { next: 'done' }),
        done: { type: 'end', exits: {} },
      },
    }),
  },
  {
    id: 'winback',
    name: 'workflows.starter.winback',
    detail: 'workflows.starter.winback.detail',
    definition: (message) => ({
      ...frame,
      limits: { reentry: { n: 30, unit: 'day' }, one_at_a_time: true },
      start: { type: 'event', event: 'StreakLost' },
      stop: [{ type: 'event', event: 'WorkoutFinished' }],
      first: 'pause',
      blocks: {
        pause: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'variant' } },
        variant: { type: 'split', weights: { a: 50, b: 50 }, exits: { a: 'first', b: 'second' } },
        first: email(message, { next: 'done' }),
        second: email(message, { next: 'done' }),
        done: { type: 'end', exits: {} },
      },
    }),
  },
  {
    id: 'blank',
    name: 'workflows.starter.blank',
    detail: 'workflows.starter.blank.detail',
    definition: () => ({
      ...frame,
      start: { type: 'manual' },
      stop: [],
      first: 'done',
      blocks: { done: { type: 'end', exits: {} } },
    }),
  },
];
