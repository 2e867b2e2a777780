import { Autocomplete, Group, NumberInput, Select } from '@mantine/core';
import type { EventType } from '@perennial/contracts';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';

type Members = Readonly<Record<string, unknown>>;

interface GoalFieldsProps {
  goal: Members;
  onChange: (goal: Members) => void;
  errorAt: (path: string) => string | undefined;
}

const TYPES = ['click', 'open', 'event'] as const;
const UNITS = ['minute', 'hour', 'day', 'week'] as const;

/** What a variant is there for, and how long that counts. */
export function GoalFields({ goal, onChange, errorAt }: GoalFieldsProps) {
  const t = useText();
  const type = TYPES.find((each) => each === goal['type']) ?? 'click';
  const within = { n: 1, unit: 'day', ...(goal['within'] as object | undefined) };
  return (
    <>
      <Select
        label={t('choiceForm.goal')}
        data={TYPES.map((value) => ({ value, label: t(`choiceForm.goal.${value}`) }))}
        allowDeselect={false}
        value={type}
        error={errorAt('/goal/type')}
        onChange={(next) =>
          onChange({ type: next, within, ...(next === 'event' && { event: '' }) })
        }
      />
      {type === 'event' ? (
        <EventField
          value={typeof goal['event'] === 'string' ? goal['event'] : ''}
          error={errorAt('/goal/event')}
          filtered={goal['where'] !== undefined}
          onChange={(event) => onChange({ ...goal, event })}
        />
      ) : null}
      <Group gap="sm" grow align="start" wrap="nowrap">
        <NumberInput
          label={t('choiceForm.within')}
          min={1}
          allowDecimal={false}
          value={within.n}
          error={errorAt('/goal/within')}
          onChange={(n) => onChange({ ...goal, within: { ...within, n } })}
        />
        <Select
          label={' '}
          aria-label={t('choiceForm.unit')}
          data={UNITS.map((value) => ({
            value,
            label: t(`choiceForm.unit.${value}`, { n: Number(within.n) }),
          }))}
          allowDeselect={false}
          value={within.unit}
          onChange={(unit) => onChange({ ...goal, within: { ...within, unit } })}
        />
      </Group>
    </>
  );
}

interface EventFieldProps {
  value: string;
  error: string | undefined;
  filtered: boolean;
  onChange: (event: string) => void;
}

function EventField({ value, error, filtered, onChange }: EventFieldProps) {
  const t = useText();
  const { items } = useList<EventType>('/event_types', { query: { limit: 500 } });
  return (
    <Autocomplete
      label={t('choiceForm.event')}
      description={filtered ? t('choiceForm.event.filtered') : undefined}
      data={items.map(({ key }) => key)}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
