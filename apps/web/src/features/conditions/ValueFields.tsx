import {
  ActionIcon,
  Autocomplete,
  MultiSelect,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { isJsonObject, type Json, type OperatorName } from '@perennial/conditions';
import { IconClock } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { isDay, shiftDay } from './days.ts';
import { EventPathField } from './FromEvent.tsx';
import { inputOf, isReference, listFrom } from './predicate.ts';
import { plainText } from './plain-text.ts';
import { NumberField, Pick, TextField } from './small-inputs.tsx';
import type { Choice, Subject, ValueKind } from './subject.ts';
import type { Vocabulary } from './vocabulary.ts';
import classes from './Conditions.module.css';

export interface ValueFieldsProps {
  subject: Subject;
  op: OperatorName;
  kind: ValueKind;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  vocabulary: Vocabulary;
}

/** What is compared with: one value, two, some, or a path into the event that starts a workflow. */
export function ValueFields(props: ValueFieldsProps) {
  const { op, value } = props;
  const input = inputOf(op);
  if (isReference(value)) return <EventPathField {...props} value={value} input={input} />;
  switch (input) {
    case 'one':
      return <OneField {...props} />;
    case 'two':
      return <TwoFields {...props} />;
    case 'many':
      return <ManyFields {...props} />;
    case 'days':
      return <AnniversaryFields {...props} />;
    case 'none':
    case 'period':
      return null;
  }
}

type FieldProps = Omit<ValueFieldsProps, 'vocabulary'>;

function OneField({ subject, kind, value, onChange }: FieldProps) {
  const t = useText();
  const label = t('conditions.value');
  if (kind === 'number') return <NumberField label={label} value={value} onChange={onChange} />;
  if (kind === 'moment') return <MomentField label={label} value={value} onChange={onChange} />;
  if (kind === 'boolean') {
    return (
      <Pick
        label={label}
        options={[
          { value: 'true', label: t('ui.yes') },
          { value: 'false', label: t('ui.no') },
        ]}
        value={plainText(value ?? true)}
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    );
  }
  if (subject.choices) {
    return (
      <Pick
        wide
        searchable
        label={label}
        options={subject.choices}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
      />
    );
  }
  return (
    <Autocomplete
      size="xs"
      className={classes.text ?? ''}
      aria-label={label}
      placeholder={label}
      dir="auto"
      data={seenTexts(subject)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      value={plainText(value)}
      onChange={(text) => onChange(text === '' ? undefined : text)}
    />
  );
}

/** Values that were seen, as texts to choose from; the same one twice would be no choice. */
function seenTexts({ seen = [] }: Subject): string[] {
  const texts = (seen ?? []).flatMap((each) =>
    each === null || typeof each === 'object' || each === '' ? [] : [String(each)],
  );
  return [...new Set(texts)];
}

/** From and to; of days people mean the last one with it, the language leaves the end out. */
function TwoFields({ kind, value, onChange }: FieldProps) {
  const t = useText();
  const [low = null, high = null] = (Array.isArray(value) ? value : []) as Json[];
  const shown = kind === 'moment' && typeof high === 'string' ? shiftDay(high, -1) : high;
  const field = (label: string, of: Json, change: (next: Json | undefined) => void) => {
    if (kind === 'number') return <NumberField label={label} value={of} onChange={change} />;
    if (kind === 'moment') return <MomentField label={label} value={of} onChange={change} />;
    return <TextField label={label} value={plainText(of)} onChange={change} />;
  };
  const lastDay = (day: Json | undefined) =>
    kind === 'moment' && isDay(day) ? shiftDay(day, 1) : day;
  return (
    <>
      {field(t('conditions.from'), low, (next) => onChange([next ?? null, high]))}
      <span className={classes.word}>{t('conditions.and')}</span>
      {field(t('conditions.to'), shown, (next) => onChange([low, lastDay(next) ?? null]))}
    </>
  );
}

interface MomentFieldProps {
  label: string;
  value: Json | undefined;
  onChange: (value: string | undefined) => void;
}

/** A day, or a day with a time; a moment that is written otherwise stays a text. */
export function MomentField({ label, value, onChange }: MomentFieldProps) {
  const t = useText();
  const text = plainText(value);
  const hasTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text);
  if (text !== '' && !hasTime && !isDay(text)) {
    return (
      <TextField label={label} value={text} onChange={(next) => onChange(next || undefined)} />
    );
  }
  const toggle = t(hasTime ? 'conditions.moment.day' : 'conditions.moment.time');
  return (
    <span className={classes.moment}>
      <TextInput
        size="xs"
        aria-label={label}
        type={hasTime ? 'datetime-local' : 'date'}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      {text === '' ? null : (
        <Tooltip label={toggle}>
          <ActionIcon
            size={24}
            aria-label={toggle}
            data-on={hasTime || undefined}
            onClick={() => onChange(hasTime ? text.slice(0, 10) : `${text}T00:00`)}
          >
            <IconClock size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}

function ManyFields({ subject, kind, value, onChange }: FieldProps) {
  const t = useText();
  const texts = ((Array.isArray(value) ? value : []) as Json[]).map(plainText);
  const change = (next: string[]) =>
    onChange(next.length === 0 ? undefined : listFrom(next, value, kind));
  const shared = {
    size: 'xs',
    className: classes.many ?? '',
    'aria-label': t('conditions.values'),
    value: texts,
    onChange: change,
    comboboxProps: { position: 'bottom-start' },
  } as const;
  if (subject.choices && kind !== 'number') {
    return (
      <MultiSelect
        {...shared}
        searchable
        placeholder={texts.length === 0 ? t('conditions.choose') : ''}
        data={withOthers(subject.choices, texts)}
        maxDropdownHeight={260}
      />
    );
  }
  return (
    <TagsInput
      {...shared}
      placeholder={texts.length === 0 ? t('conditions.valuesHint') : ''}
      // A list that was copied is one value a line, or between commas.
      splitChars={['\n', ',', ';']}
      acceptValueOnBlur
      data={seenTexts(subject)}
    />
  );
}

/** What stands in a condition stays to be seen when it is no choice any more. */
function withOthers(choices: readonly Choice[], values: readonly string[]): Choice[] {
  const known = new Set(choices.map(({ value }) => value));
  const others = values.filter((value) => !known.has(value));
  return [...choices, ...others.map((value) => ({ value, label: value }))];
}

/** "from 3 days before to 0 days after today", as offsets. */
function AnniversaryFields({ value, onChange }: FieldProps) {
  const t = useText();
  const { from = 0, to = 0 } = (isJsonObject(value) ? value : {}) as { from?: Json; to?: Json };
  return (
    <>
      <NumberField
        whole
        min={-366}
        max={366}
        label={t('conditions.anniversary.from')}
        value={from}
        onChange={(next) => onChange({ from: next ?? null, to })}
      />
      <span className={classes.word}>{t('conditions.anniversary.to')}</span>
      <NumberField
        whole
        min={-366}
        max={366}
        label={t('conditions.anniversary.until')}
        value={to}
        onChange={(next) => onChange({ from, to: next ?? null })}
      />
      <span className={classes.word}>{t('conditions.anniversary.days')}</span>
    </>
  );
}
