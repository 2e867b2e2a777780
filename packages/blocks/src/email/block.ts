import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const emailBlock = defineMessageBlock({
  type: 'email',
  icon: 'mail',
  label: 'E-mail',
  sends: 'Send the e-mail {message}',
});
