import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const viberBlock = defineMessageBlock({
  type: 'viber',
  icon: 'brand-viber',
  label: 'Viber',
  sends: 'Send the Viber message {message}',
});
