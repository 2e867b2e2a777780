import type { ConditionFormProps } from './form-props.ts';
import { startPredicate } from './predicate.ts';
import { PredicateFields } from './PredicateFields.tsx';
import { plainText } from './plain-text.ts';
import { Pick } from './small-inputs.tsx';
import type { Subject } from './subject.ts';
import { useText } from '../../app/text.tsx';
import classes from './Conditions.module.css';

/** A field of the contact, and what it must be. */
export function FieldForm({
  condition,
  onChange,
  vocabulary,
  words,
  allowsEvent,
}: ConditionFormProps) {
  const t = useText();
  const key = plainText(condition['field']);
  const subject: Subject = vocabulary.fields.find((field) => field.key === key) ?? {
    key,
    label: key,
    kind: 'text',
  };
  const groups = Map.groupBy(vocabulary.fields, ({ isCustom, group }) =>
    isCustom ? (group ?? t('conditions.group.custom')) : t('conditions.group.fields'),
  );
  const choose = (next: string) => {
    const chosen = vocabulary.fields.find((field) => field.key === next);
    if (chosen) onChange({ type: 'field', field: next, ...startPredicate(chosen) });
  };
  return (
    <div className={classes.line}>
      <Pick
        wide
        searchable
        label={t('conditions.field')}
        options={[...groups].map(([group, fields]) => ({
          group,
          items: fields.map(({ key: value, label }) => ({ value, label })),
        }))}
        value={key}
        onChange={choose}
      />
      <PredicateFields
        subject={subject}
        predicate={condition}
        onChange={onChange}
        vocabulary={vocabulary}
        words={words}
        allowsEvent={allowsEvent}
      />
    </div>
  );
}
