import { addToListStep } from './add-to-list/step.ts';
import { appInboxStep } from './app-inbox/step.ts';
import { checkpointStep } from './checkpoint/step.ts';
import { confirmStep } from './confirm/step.ts';
import { createContactStep } from './create-contact/step.ts';
import { emailStep } from './email/step.ts';
import { endStep } from './end/step.ts';
import { goalStep } from './goal/step.ts';
import { ifStep } from './if/step.ts';
import { inAppStep } from './in-app/step.ts';
import { launchEventStep } from './launch-event/step.ts';
import { messageToSegmentStep } from './message-to-segment/step.ts';
import { mobilePushStep } from './mobile-push/step.ts';
import { promoCodeStep } from './promo-code/step.ts';
import { oneFromManyStep } from './one-from-many/step.ts';
import type { BlockSettings, BlockType } from './registry.ts';
import { removeFromListStep } from './remove-from-list/step.ts';
import { smsStep } from './sms/step.ts';
import { splitStep } from './split/step.ts';
import { startWorkflowStep } from './start-workflow/step.ts';
import type { Step } from './step.ts';
import { subscribeStep } from './subscribe/step.ts';
import { switchStep } from './switch/step.ts';
import { telegramStep } from './telegram/step.ts';
import { timerStep } from './timer/step.ts';
import { unsubscribeStep } from './unsubscribe/step.ts';
import { updateFieldsStep } from './update-fields/step.ts';
import { viberStep } from './viber/step.ts';
import { waitForStep } from './wait-for/step.ts';
import { waitUntilStep } from './wait-until/step.ts';
import { webhookStep } from './webhook/step.ts';
import { webPushStep } from './web-push/step.ts';

/** How each kind of block runs; a kind without its step does not compile. */
export const steps: { readonly [Type in BlockType]: Step<BlockSettings[Type]> } = {
  email: emailStep,
  mobile_push: mobilePushStep,
  web_push: webPushStep,
  sms: smsStep,
  viber: viberStep,
  telegram: telegramStep,
  app_inbox: appInboxStep,
  in_app: inAppStep,
  one_from_many: oneFromManyStep,
  timer: timerStep,
  wait_until: waitUntilStep,
  wait_for: waitForStep,
  if: ifStep,
  switch: switchStep,
  split: splitStep,
  update_fields: updateFieldsStep,
  add_to_list: addToListStep,
  remove_from_list: removeFromListStep,
  subscribe: subscribeStep,
  unsubscribe: unsubscribeStep,
  confirm: confirmStep,
  create_contact: createContactStep,
  launch_event: launchEventStep,
  start_workflow: startWorkflowStep,
  webhook: webhookStep,
  promo_code: promoCodeStep,
  message_to_segment: messageToSegmentStep,
  goal: goalStep,
  checkpoint: checkpointStep,
  end: endStep,
};

export type { Outcome } from './outcome.ts';
export { fail } from './outcome.ts';
export { requestOf as webhookRequestOf } from './webhook/step.ts';
export type {
  Act,
  ActAnswer,
  ActWish,
  Answer,
  CallRequest,
  CodeAnswer,
  CodeQuestion,
  ContactWish,
  EventQuestion,
  FieldRefusal,
  FieldWrite,
  NotedChoice,
  Question,
  SendAnswer,
  SendWish,
  Step,
  StepContext,
  StepRun,
  Variant,
  VariantQuestion,
  Visit,
} from './step.ts';
