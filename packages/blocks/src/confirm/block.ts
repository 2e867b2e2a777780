import { z } from 'zod';
import { defineBlock } from '../block.ts';

const settings = z.strictObject({
  channel: z.enum(['email', 'sms', 'viber']).default('email'),
});

/** Confirms the contact's address, as the person would by the link in a message. */
export const confirmBlock = defineBlock({
  type: 'confirm',
  group: 'contact',
  icon: 'circle-check',
  label: 'Confirm',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ channel }) => ({ id: 'block.confirm.sentence', values: { channel } }),
  defaults: () => ({}),
  texts: { label: 'Confirm', sentence: 'Confirm the {channel} address' },
});
