import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const emailBlock = defineMessageBlock({
  type: 'email',
  icon: 'mail',
  label: 'Email',
  sends: 'Send the email {message}',
});
