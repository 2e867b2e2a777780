import type { CustomFieldType } from '../contacts/index.ts';

export interface SampleField {
  key: string;
  label: string;
  type: CustomFieldType;
  group: string;
  choices?: string[];
}

/** What Stride keeps of its users besides what every contact has. */
export const sampleFields: readonly SampleField[] = [
  {
    key: 'plan',
    label: 'Plan',
    type: 'choice',
    group: 'Subscription',
    choices: ['free', 'trial', 'plus', 'pro'],
  },
  { key: 'trial_ends_at', label: 'Trial ends', type: 'date_time', group: 'Subscription' },
  { key: 'win_back', label: 'To win back', type: 'boolean', group: 'Subscription' },
  { key: 'goal', label: 'Goal', type: 'text', group: 'Training' },
  { key: 'favourite_workout', label: 'Favourite workout', type: 'text', group: 'Training' },
  { key: 'equipment', label: 'Equipment', type: 'multiple_choice', group: 'Training' },
  { key: 'level', label: 'Level', type: 'integer', group: 'Progress' },
  { key: 'workouts_completed', label: 'Workouts completed', type: 'integer', group: 'Progress' },
  { key: 'streak_days', label: 'Streak, days', type: 'integer', group: 'Progress' },
  { key: 'longest_streak', label: 'Longest streak, days', type: 'integer', group: 'Progress' },
  { key: 'last_workout_at', label: 'Last workout', type: 'date_time', group: 'Progress' },
  { key: 'weight_kg', label: 'Weight, kg', type: 'decimal', group: 'Progress' },
  { key: 'signed_up_at', label: 'Signed up', type: 'date_time', group: 'Account' },
  { key: 'newsletter', label: 'Wants the newsletter', type: 'boolean', group: 'Account' },
  { key: 'onboarding', label: 'Onboarding', type: 'text', group: 'Account' },
  { key: 'at_risk', label: 'At risk', type: 'boolean', group: 'Account' },
];
