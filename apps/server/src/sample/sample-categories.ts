export interface SampleCategory {
  key: string;
  name: string;
  description: string;
  default_subscribed: boolean;
}

/** What Stride's users can choose to hear about. */
export const sampleCategories: readonly SampleCategory[] = [
  {
    key: 'training-tips',
    name: 'Training tips',
    description: 'Workouts that fit you, and help when you were away.',
    default_subscribed: true,
  },
  {
    key: 'newsletter',
    name: 'Newsletter',
    description: 'What is new in Stride, once a month.',
    default_subscribed: false,
  },
  {
    key: 'offers',
    name: 'Offers',
    description: 'Plus for less, a few times a year.',
    default_subscribed: false,
  },
];
