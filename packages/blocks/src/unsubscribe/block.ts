import {
  subscriptionProblems,
  subscriptionReferences,
  subscriptionSettings,
  subscriptionText,
} from '../act/subscription.ts';
import { defineBlock } from '../block.ts';

/**
 * Takes the contact out of a category, or lets nothing be sent to its addresses on a channel.
 */
export const unsubscribeBlock = defineBlock({
  type: 'unsubscribe',
  group: 'contact',
  icon: 'bell-off',
  label: 'Unsubscribe',
  settings: subscriptionSettings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: (settings) => subscriptionText('unsubscribe', settings),
  literal: ['/category'],
  defaults: () => ({}),
  references: subscriptionReferences,
  problems: subscriptionProblems,
  texts: {
    label: 'Unsubscribe',
    empty: 'Choose what to unsubscribe from',
    category: 'Unsubscribe from {category}',
    channel: 'Unsubscribe all {channel} addresses',
  },
});
