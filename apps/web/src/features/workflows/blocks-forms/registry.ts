import type { BlockType } from '@perennial/blocks';
import type { ComponentType } from 'react';
import { ConfirmForm } from './ConfirmForm.tsx';
import { CreateContactForm } from './CreateContactForm.tsx';
import { EndForm } from './EndForm.tsx';
import type { BlockFormProps } from './form-props.ts';
import { IfForm } from './IfForm.tsx';
import { LaunchEventForm } from './LaunchEventForm.tsx';
import { ListForm } from './ListForm.tsx';
import { MessageForm } from './MessageForm.tsx';
import { MessageToSegmentForm } from './MessageToSegmentForm.tsx';
import { OneFromManyForm } from './OneFromManyForm.tsx';
import { PromoCodeForm } from './PromoCodeForm.tsx';
import { CheckpointForm, GoalForm } from './NamedForms.tsx';
import { SplitForm } from './SplitForm.tsx';
import { StartWorkflowForm } from './StartWorkflowForm.tsx';
import { SubscriptionForm } from './SubscriptionForm.tsx';
import { SwitchForm } from './SwitchForm.tsx';
import { TimerForm } from './TimerForm.tsx';
import { UpdateFieldsForm } from './UpdateFieldsForm.tsx';
import { WaitForForm } from './WaitForForm.tsx';
import { WaitUntilForm } from './WaitUntilForm.tsx';
import { WebhookForm } from './WebhookForm.tsx';

/** The form of each kind of block. A new kind is a file beside the others and a line here. */
export const blockForms: Readonly<Record<BlockType, ComponentType<BlockFormProps>>> = {
  email: MessageForm,
  mobile_push: MessageForm,
  web_push: MessageForm,
  sms: MessageForm,
  viber: MessageForm,
  telegram: MessageForm,
  app_inbox: MessageForm,
  in_app: MessageForm,
  one_from_many: OneFromManyForm,
  timer: TimerForm,
  wait_until: WaitUntilForm,
  wait_for: WaitForForm,
  if: IfForm,
  switch: SwitchForm,
  split: SplitForm,
  update_fields: UpdateFieldsForm,
  add_to_list: ListForm,
  remove_from_list: ListForm,
  subscribe: SubscriptionForm,
  unsubscribe: SubscriptionForm,
  confirm: ConfirmForm,
  create_contact: CreateContactForm,
  launch_event: LaunchEventForm,
  start_workflow: StartWorkflowForm,
  webhook: WebhookForm,
  promo_code: PromoCodeForm,
  message_to_segment: MessageToSegmentForm,
  goal: GoalForm,
  checkpoint: CheckpointForm,
  end: EndForm,
};
