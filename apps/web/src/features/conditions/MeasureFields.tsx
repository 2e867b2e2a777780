import {
  isInOneCurrency,
  type JsonObject,
  type MeasureKind,
  type OrderCondition,
} from '@perennial/conditions';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { EventPathField, FromEventSwitch } from './FromEvent.tsx';
import {
  AGGREGATE_KINDS,
  AT_LEAST_ONCE,
  hasParam,
  isWhole,
  MEASURE_KINDS,
  measureOf,
  THRESHOLD_OPS,
  withAggregateKind,
  withMeasureKind,
  withThreshold,
} from './measure.ts';
import { subjectsOf } from './members.ts';
import { PathPick } from './PathPick.tsx';
import { isReference } from './predicate.ts';
import { plainText } from './plain-text.ts';
import { NumberField, Pick } from './small-inputs.tsx';
import type { Vocabulary } from './vocabulary.ts';
import classes from './Conditions.module.css';

/** How often or how much, or whether for the first or the last time, or in every week. */
export function MeasureFields(props: ConditionFormProps) {
  const { condition, onChange } = props;
  const t = useText();
  const measure = measureOf(condition);
  const kind = measure['kind'] as MeasureKind;
  const change = (next: JsonObject) => onChange({ ...condition, measure: next });
  return (
    <>
      <Pick
        label={t('conditions.measure')}
        options={MEASURE_KINDS.map((each) => ({
          value: each,
          label: t(`conditions.measure.${each}`),
        }))}
        value={kind}
        onChange={(next) => onChange(withMeasureKind(condition, next as MeasureKind))}
      />
      {kind === 'streak' ? (
        <Each {...props} measure={measure} onChange={change} />
      ) : (
        <Aggregate {...props} measure={measure} onChange={change} />
      )}
    </>
  );
}

interface AggregateProps extends Omit<ConditionFormProps, 'onChange'> {
  measure: JsonObject;
  onChange: (measure: JsonObject) => void;
}

/** A streak asks for at least one in each unit, or for a measure of its own. */
function Each({ measure, onChange, ...props }: AggregateProps) {
  const t = useText();
  const { each, ...streak } = measure as { kind: string; each?: JsonObject };
  const inner = each ?? AT_LEAST_ONCE;
  return (
    <>
      <Pick
        label={t('conditions.measure.each')}
        options={AGGREGATE_KINDS.map((kind) => ({
          value: kind,
          label: t(`conditions.measure.${kind}`),
        }))}
        value={plainText(inner['kind'])}
        onChange={(kind) =>
          onChange({ ...streak, each: withAggregateKind(inner, kind as MeasureKind) })
        }
      />
      <Aggregate
        {...props}
        measure={inner}
        onChange={(next) => {
          const isUsual =
            next['kind'] === 'count' && next['op'] === 'greater_or_equal' && next['value'] === 1;
          onChange(isUsual ? streak : { ...streak, each: next });
        }}
      />
    </>
  );
}

/** The parameter and the threshold of a measure. */
function Aggregate({ condition, vocabulary, measure, onChange, allowsEvent }: AggregateProps) {
  const t = useText();
  const kind = measure['kind'] as MeasureKind;
  if (kind === 'first' || kind === 'last') return null;
  const { subjects, anyPath } = subjectsOf(condition, vocabulary, t);
  const numbers = isWhole(kind) ? subjects : subjects.filter((each) => each.kind === 'number');
  const op = plainText(measure['op'] ?? 'greater_or_equal');
  return (
    <>
      {hasParam(kind) ? (
        <PathPick
          label={t('conditions.param')}
          subjects={numbers.length > 0 ? numbers : subjects}
          anyPath={anyPath}
          value={typeof measure['param'] === 'string' ? measure['param'] : undefined}
          onChange={(param) => onChange({ ...measure, param })}
        />
      ) : null}
      <Pick
        label={t('conditions.threshold')}
        options={THRESHOLD_OPS.map((each) => ({
          value: each,
          label: t(`conditions.threshold.${each}`),
        }))}
        value={op}
        onChange={(next) => onChange(withThreshold(measure, next))}
      />
      <Limits
        measure={measure}
        whole={isWhole(kind)}
        onChange={onChange}
        vocabulary={vocabulary}
        allowsEvent={allowsEvent}
      />
      {kind === 'count' ? (
        <span className={classes.word}>{t('conditions.times', { n: timesOf(measure) })}</span>
      ) : null}
      {leavesCurrency(condition) ? (
        <span className={classes.word}>{vocabulary.currency}</span>
      ) : null}
    </>
  );
}

/** Amounts of orders are in the workspace's currency unless the condition names one. */
function leavesCurrency(condition: JsonObject): boolean {
  return condition['type'] === 'order' && !isInOneCurrency(condition as unknown as OrderCondition);
}

function timesOf({ value }: JsonObject): number {
  return typeof value === 'number' ? value : 2;
}

interface LimitsProps {
  measure: JsonObject;
  whole: boolean;
  onChange: (measure: JsonObject) => void;
  vocabulary: Vocabulary;
  allowsEvent: boolean;
}

/** The number of a threshold, both of `between`, or where the event that starts a workflow has it. */
function Limits(props: LimitsProps) {
  const { measure, whole, onChange, vocabulary, allowsEvent } = props;
  const { value, ...rest } = measure;
  const isOn = isReference(value);
  return (
    <>
      {isOn ? (
        <EventPathField
          value={value}
          onChange={(path) => onChange({ ...rest, value: path })}
          vocabulary={vocabulary}
          input="one"
          kind="number"
        />
      ) : (
        <Numbers
          measure={measure}
          least={whole ? { min: 0, whole: true } : {}}
          onChange={onChange}
        />
      )}
      {isOn || (allowsEvent && measure['op'] !== 'between') ? (
        <FromEventSwitch
          on={isOn}
          onChange={(on) => onChange(on ? { ...rest, value: usualReference(measure) } : rest)}
        />
      ) : null}
    </>
  );
}

/** Mostly the event has what is measured under the same name. */
function usualReference({ param }: JsonObject): JsonObject {
  return { $event: typeof param === 'string' && !param.includes('[]') ? param : '' };
}

interface NumbersProps {
  measure: JsonObject;
  least: { min?: number; whole?: boolean };
  onChange: (measure: JsonObject) => void;
}

function Numbers({ measure, least, onChange }: NumbersProps) {
  const t = useText();
  const { value, ...rest } = measure;
  if (measure['op'] !== 'between') {
    return (
      <NumberField
        {...least}
        label={t('conditions.value')}
        value={value}
        onChange={(number) => onChange(number === undefined ? rest : { ...rest, value: number })}
      />
    );
  }
  const [low, high] = (Array.isArray(value) ? value : [null, null]) as (number | null)[];
  return (
    <>
      <NumberField
        {...least}
        label={t('conditions.from')}
        value={low}
        onChange={(number) => onChange({ ...rest, value: [number ?? null, high ?? null] })}
      />
      <span className={classes.word}>{t('conditions.and')}</span>
      <NumberField
        {...least}
        label={t('conditions.to')}
        value={high}
        onChange={(number) => onChange({ ...rest, value: [low ?? null, number ?? null] })}
      />
    </>
  );
}
