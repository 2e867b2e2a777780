import { addToListBlock } from './add-to-list/block.ts';
import { appInboxBlock } from './app-inbox/block.ts';
import type { BlockDefinition, SettingsOf } from './block.ts';
import { checkpointBlock } from './checkpoint/block.ts';
import { confirmBlock } from './confirm/block.ts';
import { createContactBlock } from './create-contact/block.ts';
import { emailBlock } from './email/block.ts';
import { endBlock } from './end/block.ts';
import { goalBlock } from './goal/block.ts';
import { ifBlock } from './if/block.ts';
import { inAppBlock } from './in-app/block.ts';
import { launchEventBlock } from './launch-event/block.ts';
import { messageToSegmentBlock } from './message-to-segment/block.ts';
import { mobilePushBlock } from './mobile-push/block.ts';
import { promoCodeBlock } from './promo-code/block.ts';
import { oneFromManyBlock } from './one-from-many/block.ts';
import { removeFromListBlock } from './remove-from-list/block.ts';
import { smsBlock } from './sms/block.ts';
import { splitBlock } from './split/block.ts';
import { startWorkflowBlock } from './start-workflow/block.ts';
import { subscribeBlock } from './subscribe/block.ts';
import { switchBlock } from './switch/block.ts';
import { telegramBlock } from './telegram/block.ts';
import { timerBlock } from './timer/block.ts';
import { unsubscribeBlock } from './unsubscribe/block.ts';
import { updateFieldsBlock } from './update-fields/block.ts';
import { viberBlock } from './viber/block.ts';
import { waitForBlock } from './wait-for/block.ts';
import { waitUntilBlock } from './wait-until/block.ts';
import { webhookBlock } from './webhook/block.ts';
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
  one_from_many: oneFromManyBlock,
  timer: timerBlock,
  wait_until: waitUntilBlock,
  wait_for: waitForBlock,
  if: ifBlock,
  switch: switchBlock,
  split: splitBlock,
  update_fields: updateFieldsBlock,
  add_to_list: addToListBlock,
  remove_from_list: removeFromListBlock,
  subscribe: subscribeBlock,
  unsubscribe: unsubscribeBlock,
  confirm: confirmBlock,
  create_contact: createContactBlock,
  launch_event: launchEventBlock,
  start_workflow: startWorkflowBlock,
  webhook: webhookBlock,
  promo_code: promoCodeBlock,
  message_to_segment: messageToSegmentBlock,
  goal: goalBlock,
  checkpoint: checkpointBlock,
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
