export interface SampleSegment {
  key: string;
  name: string;
  purpose: string;
  tags: string[];
  include: object;
  exclude?: object;
}

const worked = (more: object): object => ({ type: 'event', event: 'WorkoutCompleted', ...more });

/** Dynamic segments of Stride: what its users do every day moves them in and out. */
export const sampleSegments: readonly SampleSegment[] = [
  {
    key: 'training-this-week',
    name: 'Training this week',
    purpose: 'At least two workouts in seven days: in the middle of it.',
    tags: ['Engagement'],
    include: worked({
      measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
      period: { kind: 'last', n: 7, unit: 'day' },
    }),
  },
  {
    key: 'four-week-streak',
    name: 'Four weeks in a row',
    purpose: 'Trained in each of the last four weeks; asked for a review.',
    tags: ['Engagement', 'Community'],
    include: worked({
      measure: { kind: 'streak' },
      period: { kind: 'previous', n: 4, unit: 'week', zone: 'workspace' },
    }),
  },
  {
    key: 'slipping-away',
    name: 'Slipping away',
    purpose: 'Trained before, and not for nine days: worth a friendly word.',
    tags: ['Retention'],
    include: worked({
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 9, unit: 'day' },
    }),
    exclude: { type: 'event', event: 'AppOpened', period: { kind: 'last', n: 2, unit: 'day' } },
  },
  {
    key: 'trial-ends-soon',
    name: 'Trial ends soon',
    purpose: 'On trial for three more days at most.',
    tags: ['Subscription'],
    include: {
      all: [
        { type: 'field', field: 'custom.plan', op: 'equals', value: 'trial' },
        {
          type: 'field',
          field: 'custom.trial_ends_at',
          op: 'in',
          period: { kind: 'next', n: 3, unit: 'day' },
        },
      ],
    },
  },
];
