import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const inAppBlock = defineMessageBlock({
  type: 'in_app',
  icon: 'app-window',
  label: 'In-app',
  sends: 'Show {message} in the app',
});
