import { appInboxBlock } from './app-inbox/block.ts';
import type { BlockDefinition, SettingsOf } from './block.ts';
import { emailBlock } from './email/block.ts';
import { endBlock } from './end/block.ts';
import { ifBlock } from './if/block.ts';
import { inAppBlock } from './in-app/block.ts';
import { mobilePushBlock } from './mobile-push/block.ts';
import { smsBlock } from './sms/block.ts';
import { splitBlock } from './split/block.ts';
import { telegramBlock } from './telegram/block.ts';
import { timerBlock } from './timer/block.ts';
import { updateFieldsBlock } from './update-fields/block.ts';
import { viberBlock } from './viber/block.ts';
import { webPushBlock } from './web-push/block.ts';

/** All kinds of block, in the order of the palette. A new kind is a folder and a line here. */
export const blocks = {
  email: emailBlock,
  mobile_push: mobilePushBlock,
  web_push: webPushBlock,
  sms: smsBlock,
  viber: viberBlock,
  telegram: telegramBlock,
  app_inbox: appInboxBlock,
  in_app: inAppBlock,
  timer: timerBlock,
  if: ifBlock,
  split: splitBlock,
  update_fields: updateFieldsBlock,
  end: endBlock,
} as const;

export type Blocks = typeof blocks;
export type BlockType = keyof Blocks;

/** Settings by kind of block. */
export type BlockSettings = { readonly [Type in BlockType]: SettingsOf<Blocks[Type]> };

/** A kind by its name, for names that come from data. */
export function findBlock(type: unknown): BlockDefinition | undefined {
  return typeof type === 'string' && Object.hasOwn(blocks, type)
    ? blocks[type as BlockType]
    : undefined;
}
