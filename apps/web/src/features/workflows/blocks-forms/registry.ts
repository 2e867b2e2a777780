import type { BlockType } from '@perennial/blocks';
import type { ComponentType } from 'react';
import { CheckpointForm, GoalForm } from './NamedForms.tsx';
import { EndForm } from './EndForm.tsx';
import type { BlockFormProps } from './form-props.ts';
import { MessageForm } from './MessageForm.tsx';
import { TimerForm } from './TimerForm.tsx';

/** The form of each kind of block. A new kind is a file beside the others and a line here. */
export const blockForms: Readonly<Partial<Record<BlockType, ComponentType<BlockFormProps>>>> = {
  email: MessageForm,
  mobile_push: MessageForm,
  web_push: MessageForm,
  sms: MessageForm,
  viber: MessageForm,
  telegram: MessageForm,
  app_inbox: MessageForm,
  in_app: MessageForm,
  timer: TimerForm,
  goal: GoalForm,
  checkpoint: CheckpointForm,
  end: EndForm,
};

/** The form for a kind by its name, which comes from data. */
export function formOf(type: string): ComponentType<BlockFormProps> | undefined {
  return Object.hasOwn(blockForms, type) ? blockForms[type as BlockType] : undefined;
}
