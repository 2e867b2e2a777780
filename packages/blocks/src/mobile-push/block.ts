import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const mobilePushBlock = defineMessageBlock({
  type: 'mobile_push',
  icon: 'device-mobile-message',
  label: 'Mobile push',
  sends: 'Send the push {message}',
  ofApps: true,
});
