import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const appInboxBlock = defineMessageBlock({
  type: 'app_inbox',
  icon: 'inbox',
  label: 'App inbox',
  sends: 'Put {message} into the app inbox',
});
