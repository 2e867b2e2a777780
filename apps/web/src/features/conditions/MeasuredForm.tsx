import { Checkbox } from '@mantine/core';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { measureOf, periodOf } from './measure.ts';
import { MeasureFields } from './MeasureFields.tsx';
import { MESSAGE_ACTIONS } from './offers.ts';
import { PeriodFields } from './PeriodFields.tsx';
import { plainText } from './plain-text.ts';
import { Pick } from './small-inputs.tsx';
import { WhereFields } from './WhereFields.tsx';
import classes from './Conditions.module.css';

/** What was done, how often or how much, when, and which of it counts: events, messages, orders. */
export function MeasuredForm(props: ConditionFormProps) {
  const { condition, onChange } = props;
  const isStreak = measureOf(condition)['kind'] === 'streak';
  return (
    <>
      <div className={classes.line}>
        <What {...props} />
        <MeasureFields {...props} />
        <PeriodFields
          use={isStreak ? 'streak' : 'facts'}
          period={periodOf(condition)}
          onChange={(period) => onChange({ ...condition, period })}
        />
      </div>
      <WhereFields {...props} />
      <Machines {...props} />
    </>
  );
}

function What({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  if (condition['type'] === 'order') {
    return <span className={classes.word}>{t('conditions.order')}</span>;
  }
  if (condition['type'] === 'message') {
    return (
      <Pick
        label={t('conditions.action')}
        options={MESSAGE_ACTIONS.map((action) => ({
          value: action,
          label: t(`conditions.offer.message.${action}`),
        }))}
        value={plainText(condition['action'])}
        onChange={(action) => onChange({ ...withoutMachines(condition, action), action })}
      />
    );
  }
  const events = Map.groupBy(
    vocabulary.events,
    ({ category }) => category || t('conditions.group.events'),
  );
  return (
    <>
      <span className={classes.word}>{t('conditions.did')}</span>
      <Pick
        wide
        searchable
        label={t('conditions.event')}
        options={[...events].map(([group, items]) => ({
          group,
          items: items.map(({ value, label }) => ({ value, label })),
        }))}
        value={typeof condition['event'] === 'string' ? condition['event'] : undefined}
        onChange={(event) => onChange({ ...condition, event })}
      />
    </>
  );
}

const BY_MACHINES: readonly unknown[] = ['opened', 'clicked'];

function withoutMachines(condition: ConditionFormProps['condition'], action: string) {
  const { machine, ...rest } = condition;
  return machine !== undefined && BY_MACHINES.includes(action) ? condition : rest;
}

/** Mail privacy proxies open, link scanners click. */
function Machines({ condition, onChange }: ConditionFormProps) {
  const t = useText();
  if (condition['type'] !== 'message' || !BY_MACHINES.includes(condition['action'])) return null;
  return (
    <Checkbox
      label={t('conditions.machines')}
      checked={condition['machine'] === true}
      onChange={({ currentTarget: { checked } }) => {
        const { machine: _, ...rest } = condition;
        onChange(checked ? { ...rest, machine: true } : rest);
      }}
    />
  );
}
