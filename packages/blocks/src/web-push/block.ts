import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const webPushBlock = defineMessageBlock({
  type: 'web_push',
  icon: 'browser',
  label: 'Web push',
  sends: 'Send the web push {message}',
});
