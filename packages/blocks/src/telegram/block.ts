import { defineMessageBlock } from '../message-block/define-message-block.ts';

export const telegramBlock = defineMessageBlock({
  type: 'telegram',
  icon: 'brand-telegram',
  label: 'Telegram',
  sends: 'Send the Telegram message {message}',
});
