import {
  subscriptionProblems,
  subscriptionReferences,
  subscriptionSettings,
  subscriptionText,
} from '../act/subscription.ts';
import { defineBlock } from '../block.ts';

/**
 * Puts the contact into a category, or takes back what an `unsubscribe` did to a channel. What the person said is for the person alone to take back.
 */
export const subscribeBlock = defineBlock({
  type: 'subscribe',
  group: 'contact',
  icon: 'bell-plus',
  label: 'Subscribe',
  settings: subscriptionSettings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: (settings) => subscriptionText('subscribe', settings),
  literal: ['/category'],
  defaults: () => ({}),
  references: subscriptionReferences,
  problems: subscriptionProblems,
  texts: {
    label: 'Subscribe',
    empty: 'Choose what to subscribe to',
    category: 'Subscribe to {category}',
    channel: 'Take back that a workflow unsubscribed {channel}',
  },
});
