import { appInboxStep } from './app-inbox/step.ts';
import { emailStep } from './email/step.ts';
import { endStep } from './end/step.ts';
import { ifStep } from './if/step.ts';
import { inAppStep } from './in-app/step.ts';
import { mobilePushStep } from './mobile-push/step.ts';
import type { BlockSettings, BlockType } from './registry.ts';
import { smsStep } from './sms/step.ts';
import { splitStep } from './split/step.ts';
import type { Step } from './step.ts';
import { telegramStep } from './telegram/step.ts';
import { timerStep } from './timer/step.ts';
import { updateFieldsStep } from './update-fields/step.ts';
import { viberStep } from './viber/step.ts';
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
  timer: timerStep,
  if: ifStep,
  split: splitStep,
  update_fields: updateFieldsStep,
  end: endStep,
};

export type { Outcome } from './outcome.ts';
export type {
  Answer,
  FieldRefusal,
  FieldWrite,
  Question,
  SendAnswer,
  SendWish,
  Step,
  StepContext,
  StepRun,
  Visit,
} from './step.ts';
