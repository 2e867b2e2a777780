import type { CategoryTranslations } from '@perennial/contracts';

export interface SampleCategory {
  key: string;
  name: string;
  description: string;
  translations: CategoryTranslations;
  default_subscribed: boolean;
}

/** What Stride's users can choose to hear about. */
export const sampleCategories: readonly SampleCategory[] = [
  {
    key: 'training-tips',
    name: 'Training tips',
    description: 'Workouts that fit you, and help when you were away.',
    translations: {
      uk: {
        name: 'Поради з тренувань',
        description: 'Тренування для вас і допомога після перерви.',
      },
    },
    default_subscribed: true,
  },
  {
    key: 'newsletter',
    name: 'Newsletter',
    description: 'What is new in Stride, once a month.',
    translations: {
      uk: { name: 'Новини', description: 'Що нового у Stride, раз на місяць.' },
    },
    default_subscribed: false,
  },
  {
    key: 'offers',
    name: 'Offers',
    description: 'Plus for less, a few times a year.',
    translations: {
      uk: { name: 'Пропозиції', description: 'Plus дешевше, кілька разів на рік.' },
    },
    default_subscribed: false,
  },
];
