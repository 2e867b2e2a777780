import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const smsBlock = defineMessageBlock({
  type: 'sms',
  icon: 'message',
  label: 'SMS',
  sends: 'Send the SMS {message}',
});
