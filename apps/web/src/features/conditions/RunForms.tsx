import { MESSAGE_STATUSES, type JsonObject } from '@perennial/conditions';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { PathPick } from './PathPick.tsx';
import { plainText } from './plain-text.ts';
import { startPredicate } from './predicate.ts';
import { PredicateFields } from './PredicateFields.tsx';
import { Pick } from './small-inputs.tsx';
import type { Subject } from './subject.ts';
import { paramOf } from './vocabulary.ts';
import classes from './Conditions.module.css';

/** A parameter of the event that started the run. */
export function EventParamForm(props: ConditionFormProps) {
  const t = useText();
  return (
    <ValueForm
      {...props}
      word={t('conditions.event.of')}
      label={t('conditions.event.path')}
      subjects={props.vocabulary.run?.params ?? []}
    />
  );
}

/** What an earlier block of the run found or did. */
export function ResultForm(props: ConditionFormProps) {
  const t = useText();
  return (
    <ValueForm
      {...props}
      word={t('conditions.result.of')}
      label={t('conditions.result')}
      subjects={props.vocabulary.run?.results ?? []}
    />
  );
}

interface ValueFormProps extends ConditionFormProps {
  word: string;
  label: string;
  subjects: readonly Subject[];
}

function ValueForm({ word, label, subjects, condition, onChange, ...props }: ValueFormProps) {
  const param = plainText(condition['param']);
  const subjectOf = (path: string) =>
    subjects.find(({ key }) => key === path) ?? paramOf(undefined, path);
  const choose = (path: string) => {
    const isNew = condition['op'] === undefined || subjects.some(({ key }) => key === path);
    const { type } = condition;
    const start = startPredicate(subjectOf(path));
    onChange(
      (isNew ? { type, param: path, ...start } : { ...condition, param: path }) as JsonObject,
    );
  };
  return (
    <div className={classes.line}>
      <span className={classes.word}>{word}</span>
      <PathPick label={label} subjects={subjects} anyPath value={param} onChange={choose} />
      {param === '' ? null : (
        <PredicateFields
          {...props}
          subject={subjectOf(param)}
          predicate={condition}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** How far a message got that this run sent. */
export function MessageStatusForm({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  return (
    <div className={classes.line}>
      <Pick
        wide
        label={t('conditions.status.block')}
        options={[
          { value: 'any', label: t('conditions.status.any') },
          ...(vocabulary.run?.senders ?? []),
        ]}
        value={plainText(condition['block'])}
        onChange={(block) => onChange({ ...condition, block })}
      />
      <span className={classes.word}>{t('conditions.status.of')}</span>
      <Pick
        label={t('conditions.status')}
        options={MESSAGE_STATUSES.map((status) => ({
          value: status,
          label: t(`conditions.status.${status}`),
        }))}
        value={plainText(condition['status'])}
        onChange={(status) => onChange({ ...condition, status })}
      />
    </div>
  );
}
