import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { CHANNEL_STATES } from '@perennial/conditions';
import { useState, type FormEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { conditionOf, draftOf, inputOf, type Draft } from './condition-draft.ts';
import type { FilterNode } from './filter.ts';
import { operatorsOf, type Choice, type Subject, type SubjectType } from './subjects.ts';
import type { ConditionWords } from './use-condition-words.ts';
import classes from './ContactList.module.css';

interface ConditionFormProps {
  words: ConditionWords;
  initial: Draft | undefined;
  onDone: (condition: FilterNode) => void;
}

/** Makes one condition of a filter, or changes it. */
export function ConditionForm({ words, initial, onDone }: ConditionFormProps) {
  const t = useText();
  const [draft, setDraft] = useState(initial);
  const subject = words.subjects.find(({ key }) => key === draft?.subject);
  const condition = draft && subject ? conditionOf(draft, subject) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (condition) onDone(condition);
  };
  const choose = (key: string | null) => {
    const chosen = words.subjects.find((each) => each.key === key);
    setDraft(chosen && draftOf(chosen));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Select
        data-autofocus
        searchable
        selectFirstOptionOnChange
        size="xs"
        label={t('contacts.filter.about')}
        placeholder={t('contacts.filter.choose')}
        data={grouped(words.subjects)}
        maxDropdownHeight={320}
        comboboxProps={{ withinPortal: false }}
        value={draft?.subject ?? null}
        onChange={choose}
      />
      {draft && subject ? (
        <ValueFields words={words} subject={subject} draft={draft} onChange={setDraft} />
      ) : null}
      <Group justify="flex-end">
        <Button type="submit" size="xs" disabled={!condition}>
          {t('contacts.filter.apply')}
        </Button>
      </Group>
    </form>
  );
}

function grouped(subjects: readonly Subject[]) {
  return [...Map.groupBy(subjects, (subject) => subject.group)].map(([group, some]) => ({
    group,
    items: some.map(({ key, label }) => ({ value: key, label })),
  }));
}

interface ValueFieldsProps {
  words: ConditionWords;
  subject: Subject;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

function ValueFields(props: ValueFieldsProps) {
  const { subject } = props;
  if (subject.type === 'segment' || subject.type === 'category' || subject.type === 'channel') {
    return <NamedFields {...props} />;
  }
  return <FieldFields {...props} type={subject.type} />;
}

/** Of a list, a category or a channel: is or is not. */
function NamedFields({ words, subject, draft, onChange }: ValueFieldsProps) {
  const t = useText();
  const options =
    subject.type === 'segment'
      ? words.segments.map(({ id, name }) => ({ value: id, label: name }))
      : subject.type === 'category'
        ? words.categories.map(({ key, name }) => ({ value: key, label: name }))
        : CHANNEL_STATES.map((state) => ({
            value: state,
            label: t(`contacts.filter.state.${state}`),
          }));
  return (
    <>
      <Select
        size="xs"
        aria-label={t('contacts.filter.how')}
        data={[
          { value: 'is', label: t('contacts.filter.is') },
          { value: 'isNot', label: t('contacts.filter.isNot') },
        ]}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={draft.negated ? 'isNot' : 'is'}
        onChange={(value) => onChange({ ...draft, negated: value === 'isNot' })}
      />
      <Select
        size="xs"
        searchable
        selectFirstOptionOnChange
        aria-label={subject.label}
        placeholder={t('contacts.filter.choose')}
        nothingFoundMessage={t('contacts.filter.nothing')}
        data={options}
        comboboxProps={{ withinPortal: false }}
        value={draft.value || null}
        onChange={(value) => onChange({ ...draft, value: value ?? '' })}
      />
    </>
  );
}

function FieldFields({
  words,
  subject,
  draft,
  onChange,
  type,
}: ValueFieldsProps & { type: SubjectType }) {
  const t = useText();
  const input = inputOf(draft.op);
  return (
    <>
      <Select
        size="xs"
        aria-label={t('contacts.filter.how')}
        data={operatorsOf(type).map((op) => ({ value: op, label: words.operatorLabel(op) }))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={draft.op}
        onChange={(op) => onChange({ ...draft, op: op ?? draft.op })}
      />
      {input === 'many' ? (
        <ManyValues
          choices={subject.choices}
          values={draft.values}
          onChange={(values) => onChange({ ...draft, values })}
        />
      ) : null}
      {input === 'one' || input === 'two' ? (
        <OneValue
          type={type}
          label={input === 'two' ? t('contacts.filter.from') : t('contacts.filter.value')}
          choices={subject.choices}
          value={draft.value}
          onChange={(value) => onChange({ ...draft, value })}
        />
      ) : null}
      {input === 'two' ? (
        <OneValue
          type={type}
          label={t('contacts.filter.to')}
          choices={undefined}
          value={draft.second}
          onChange={(second) => onChange({ ...draft, second })}
        />
      ) : null}
      {input === 'period' ? <PeriodFields draft={draft} onChange={onChange} /> : null}
    </>
  );
}

interface ManyValuesProps {
  choices: Subject['choices'];
  values: string[];
  onChange: (values: string[]) => void;
}

/** Some of the choices, or any texts where every value is meant. */
function ManyValues({ choices, values, onChange }: ManyValuesProps) {
  const t = useText();
  if (!choices) {
    return (
      <TagsInput
        size="xs"
        classNames={{ inputField: classes.innerInput }}
        aria-label={t('contacts.filter.values')}
        placeholder={t('contacts.filter.valuesHint')}
        value={values}
        onChange={onChange}
      />
    );
  }
  return (
    <MultiSelect
      size="xs"
      searchable
      classNames={{ inputField: classes.innerInput }}
      aria-label={t('contacts.filter.values')}
      placeholder={values.length === 0 ? t('contacts.filter.choose') : ''}
      data={withOthers(choices, values)}
      maxDropdownHeight={260}
      // Beside the form: below, the open list would cover the button.
      comboboxProps={{ withinPortal: false, position: 'right-start', offset: 20 }}
      value={values}
      onChange={onChange}
    />
  );
}

/** What a saved filter asks for stays to be seen when it is no choice any more. */
function withOthers(choices: readonly Choice[], values: readonly string[]): Choice[] {
  const known = new Set(choices.map(({ value }) => value));
  const others = values.filter((value) => !known.has(value));
  return [...choices, ...others.map((value) => ({ value, label: value }))];
}

interface OneValueProps {
  type: SubjectType;
  label: string;
  choices: Subject['choices'];
  value: string;
  onChange: (value: string) => void;
}

function OneValue({ type, label, choices, value, onChange }: OneValueProps) {
  const t = useText();
  if (type === 'boolean') {
    return (
      <Select
        size="xs"
        aria-label={label}
        data={[
          { value: 'true', label: t('ui.yes') },
          { value: 'false', label: t('ui.no') },
        ]}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={value || 'true'}
        onChange={(chosen) => onChange(chosen ?? 'true')}
      />
    );
  }
  if (choices) {
    return (
      <Select
        size="xs"
        searchable
        aria-label={label}
        data={[...choices]}
        comboboxProps={{ withinPortal: false }}
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={type === 'moment' ? undefined : label}
      type={type === 'moment' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : undefined}
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const KINDS = ['last', 'longer_ago', 'next'] as const;
const UNITS = ['hour', 'day', 'week', 'month', 'year'] as const;

function PeriodFields({ draft, onChange }: Pick<ValueFieldsProps, 'draft' | 'onChange'>) {
  const t = useText();
  const { period } = draft;
  const change = (next: Partial<Draft['period']>) =>
    onChange({ ...draft, period: { ...period, ...next } });
  return (
    <Group gap={8} wrap="nowrap">
      <Select
        size="xs"
        w={150}
        aria-label={t('contacts.filter.period')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`contacts.filter.period.${kind}`) }))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={period.kind}
        onChange={(kind) => change({ kind: kind ?? 'last' })}
      />
      <NumberInput
        size="xs"
        w={80}
        min={1}
        allowDecimal={false}
        aria-label={t('contacts.filter.period.n')}
        value={period.n}
        onChange={(n) => change({ n: String(n) })}
      />
      <Select
        size="xs"
        aria-label={t('contacts.filter.period.unit')}
        data={UNITS.map((unit) => ({ value: unit, label: t(`contacts.filter.unit.${unit}`) }))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        value={period.unit}
        onChange={(unit) => change({ unit: unit ?? 'day' })}
      />
    </Group>
  );
}
