import type { ComponentType } from 'react';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { DeviceForm } from './DeviceForm.tsx';
import { FieldForm } from './FieldForm.tsx';
import { MeasuredForm } from './MeasuredForm.tsx';
import { CategoryForm, ChannelForm, SegmentForm, WorkflowForm } from './NamedForms.tsx';
import { NowForm } from './NowForm.tsx';
import { EventParamForm, MessageStatusForm, ResultForm } from './RunForms.tsx';
import classes from './Conditions.module.css';

/** The form of each type of condition. */
const forms: Readonly<Record<string, ComponentType<ConditionFormProps>>> = {
  everyone: EveryoneForm,
  field: FieldForm,
  event: MeasuredForm,
  message: MeasuredForm,
  order: MeasuredForm,
  segment: SegmentForm,
  channel: ChannelForm,
  category: CategoryForm,
  device: DeviceForm,
  workflow: WorkflowForm,
  event_param: EventParamForm,
  run: ResultForm,
  message_status: MessageStatusForm,
  now: NowForm,
};

/** True for a condition that a form can show. */
export function hasForm(condition: { readonly [key: string]: unknown }): boolean {
  return typeof condition['type'] === 'string' && Object.hasOwn(forms, condition['type']);
}

/** Everything that can be said of a condition, in a few lines; it is changed as it is typed. */
export function ConditionForm(props: ConditionFormProps) {
  const { type } = props.condition;
  const t = useText();
  const Form = hasForm(props.condition) ? forms[type as string] : undefined;
  if (!Form) return <p className={classes.hint}>{t('conditions.onlyJson')}</p>;
  return (
    <div className={classes.form}>
      <Form {...props} />
    </div>
  );
}

function EveryoneForm() {
  const t = useText();
  return <p className={classes.hint}>{t('conditions.everyone')}</p>;
}
