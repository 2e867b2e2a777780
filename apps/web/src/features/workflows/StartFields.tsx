import { Autocomplete, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { Field } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';

type Start = Record<string, unknown>;

interface FieldsProps {
  start: Start;
  onChange: (start: Start) => void;
}

/** Whether the members of a segment start as they enter, or all of them at regular times. */
export function ModeFields({ start, onChange }: FieldsProps) {
  const t = useText();
  const mode = start.mode === 'regular' ? 'regular' : 'entry';
  return (
    <>
      <Select
        label={t('workflows.startForm.mode')}
        data={(['entry', 'regular'] as const).map((value) => ({
          value,
          label: t(`workflows.startForm.mode.${value}`),
        }))}
        allowDeselect={false}
        value={mode}
        onChange={(value) => onChange(withMode(start, value as 'entry' | 'regular'))}
      />
      {mode === 'regular' ? (
        <ScheduleFields
          schedule={recordOf(start.schedule)}
          onChange={(schedule) => onChange({ ...start, schedule })}
        />
      ) : (
        <Checkbox
          label={t('workflows.startForm.existing')}
          description={t('workflows.startForm.existingHint')}
          checked={start.existing === true}
          onChange={({ currentTarget }) => onChange({ ...start, existing: currentTarget.checked })}
        />
      )}
    </>
  );
}

function withMode(start: Start, mode: 'entry' | 'regular'): Start {
  const { existing: _existing, schedule: _schedule, ...rest } = start;
  return mode === 'entry'
    ? { ...rest, mode }
    : { ...rest, mode, schedule: { every: 'day', at: '09:00' } };
}

const EVERY = ['day', 'week', 'month', 'cron'] as const;

function ScheduleFields({
  schedule,
  onChange,
}: {
  schedule: Start;
  onChange: (schedule: Start) => void;
}) {
  const t = useText();
  const every = EVERY.find((each) => each === schedule.every) ?? 'day';
  const zone = schedule.zone === undefined ? {} : { zone: schedule.zone };
  const at = typeof schedule.at === 'string' ? schedule.at : '09:00';
  return (
    <>
      <Group gap="sm" grow align="start">
        <Select
          label={t('workflows.startForm.every')}
          data={EVERY.map((value) => ({ value, label: t(`workflows.startForm.every.${value}`) }))}
          allowDeselect={false}
          value={every}
          onChange={(value) =>
            onChange(
              value === 'cron'
                ? { every: value, cron: '0 9 * * *', ...zone }
                : { every: value, at, ...zone },
            )
          }
        />
        {every === 'cron' ? (
          <TextInput
            label={t('workflows.startForm.cron')}
            description={t('workflows.startForm.cronHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={200}
            value={typeof schedule.cron === 'string' ? schedule.cron : ''}
            onChange={({ currentTarget }) => onChange({ ...schedule, cron: currentTarget.value })}
          />
        ) : (
          <TextInput
            type="time"
            label={t('workflows.startForm.at')}
            value={at}
            onChange={({ currentTarget: { value } }) =>
              value && onChange({ ...schedule, at: value })
            }
          />
        )}
      </Group>
      {every === 'week' ? (
        <Weekdays
          value={Array.isArray(schedule.days) ? (schedule.days as number[]) : [1]}
          onChange={(days) => onChange({ ...schedule, days })}
        />
      ) : null}
      {every === 'month' ? (
        <NumberInput
          label={t('workflows.startForm.dayOfMonth')}
          description={t('workflows.startForm.dayOfMonthHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={31}
          allowDecimal={false}
          value={Number(schedule.day_of_month ?? 1)}
          onChange={(day) =>
            Number(day) >= 1 && onChange({ ...schedule, day_of_month: Number(day) })
          }
        />
      ) : null}
      <ZoneSelect
        value={schedule.zone}
        onChange={(value) => onChange({ ...schedule, zone: value })}
      />
    </>
  );
}

/** 4 January 2021 was a Monday. */
function Weekdays({ value, onChange }: { value: number[]; onChange: (days: number[]) => void }) {
  const t = useText();
  const name = (day: number) =>
    new Date(Date.UTC(2021, 0, 3 + day)).toLocaleDateString(undefined, {
      weekday: 'short',
      timeZone: 'UTC',
    });
  return (
    <Checkbox.Group
      label={t('workflows.startForm.days')}
      value={value.map(String)}
      onChange={(days) => days.length > 0 && onChange(days.map(Number).toSorted((a, b) => a - b))}
    >
      <Group gap="sm" mt={4}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox key={day} value={String(day)} label={name(day)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function ZoneSelect({ value, onChange }: { value: unknown; onChange: (zone: string) => void }) {
  const t = useText();
  const known = value === 'contact' || value === undefined || value === 'workspace';
  const zone = typeof value === 'string' ? value : 'workspace';
  return (
    <Select
      label={t('workflows.startForm.zone')}
      data={[
        { value: 'workspace', label: t('workflows.startForm.zone.workspace') },
        { value: 'contact', label: t('workflows.startForm.zone.contact') },
        ...(known ? [] : [{ value: zone, label: zone }]),
      ]}
      allowDeselect={false}
      value={zone}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

/** A field whose value changed. */
export function FieldChangeFields({ start, onChange }: FieldsProps) {
  const t = useText();
  return (
    <>
      <FieldInput start={start} onChange={onChange} />
      <Group gap="sm" grow align="start">
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            label={t(`workflows.startForm.${end}`)}
            placeholder={t('workflows.startForm.anyValue')}
            value={textOf(start[end])}
            onChange={({ currentTarget }) => onChange(withValue(start, end, currentTarget.value))}
          />
        ))}
      </Group>
      <Checkbox
        label={t('workflows.startForm.anySource')}
        description={t('workflows.startForm.anySourceHint')}
        checked={start.any_source === true}
        onChange={({ currentTarget }) => onChange({ ...start, any_source: currentTarget.checked })}
      />
    </>
  );
}

/** An empty one is any; what the JSON says besides texts stays as long as nobody types. */
function withValue(start: Start, end: 'from' | 'to', value: string): Start {
  const { [end]: _value, ...rest } = start;
  return value === '' ? rest : { ...start, [end]: value };
}

/** A date of the contact. */
export function DateFields({ start, onChange }: FieldsProps) {
  const t = useText();
  const offset = recordOf(start.offset);
  const n = Number(offset.n ?? 0);
  const unit = typeof offset.unit === 'string' ? offset.unit : 'day';
  const withOffset = (size: number, side: string, of: string): Start => {
    const { offset: _offset, ...rest } = start;
    const days = side === 'before' ? -size : size;
    return size === 0 ? rest : { ...start, offset: { n: days, unit: of } };
  };
  const side = n > 0 ? 'after' : 'before';
  return (
    <>
      <FieldInput start={start} onChange={onChange} />
      <Checkbox
        label={t('workflows.startForm.anniversary')}
        checked={start.anniversary === true}
        onChange={({ currentTarget }) => onChange({ ...start, anniversary: currentTarget.checked })}
      />
      <Group gap="sm" grow align="end">
        <NumberInput
          label={t('workflows.startForm.offset')}
          min={0}
          max={3_650}
          allowDecimal={false}
          value={Math.abs(n)}
          onChange={(size) => onChange(withOffset(Number(size) || 0, side, unit))}
        />
        <Select
          aria-label={t('workflows.startForm.unit')}
          data={(['day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`workflows.startForm.unit.${value}`),
          }))}
          allowDeselect={false}
          value={unit}
          onChange={(value) => value && onChange(withOffset(Math.abs(n), side, value))}
        />
        <Select
          aria-label={t('workflows.startForm.side')}
          data={(['before', 'after'] as const).map((value) => ({
            value,
            label: t(`workflows.startForm.side.${value}`),
          }))}
          allowDeselect={false}
          disabled={n === 0}
          value={side}
          onChange={(value) => value && onChange(withOffset(Math.abs(n), value, unit))}
        />
      </Group>
      <TextInput
        type="time"
        label={t('workflows.startForm.at')}
        description={t('workflows.startForm.dateAtHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={textOf(start.at)}
        onChange={({ currentTarget: { value } }) => onChange(withTime(start, value))}
      />
      <ZoneSelect value={start.zone} onChange={(zone) => onChange({ ...start, zone })} />
    </>
  );
}

function withTime(start: Start, value: string): Start {
  const { at: _at, ...rest } = start;
  return value === '' ? rest : { ...start, at: value };
}

function FieldInput({ start, onChange }: FieldsProps) {
  const t = useText();
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  return (
    <Autocomplete
      label={t('workflows.startForm.field')}
      placeholder="birthday"
      data={[...SYSTEM, ...fields.items.map(({ key }) => `custom.${key}`)]}
      limit={50}
      maxLength={200}
      value={textOf(start.field)}
      onChange={(field) => onChange({ ...start, field })}
    />
  );
}

const SYSTEM = ['birthday', 'created_at', 'language', 'country', 'city', 'first_name', 'last_name'];

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

function recordOf(value: unknown): Start {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
