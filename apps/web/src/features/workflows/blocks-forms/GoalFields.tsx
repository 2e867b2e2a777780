import { Group, NumberInput, Select } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { EventField } from './fields/EventField.tsx';
import { WhereField } from './fields/WhereField.tsx';
import { withMembers } from './with-members.ts';

type Members = Readonly<Record<string, unknown>>;

interface GoalFieldsProps {
  goal: Members;
  vocabulary: Vocabulary;
  onChange: (goal: Members) => void;
  errorAt: (path: string) => string | undefined;
}

const TYPES = ['click', 'open', 'event'] as const;
const UNITS = ['minute', 'hour', 'day', 'week'] as const;

/** What a variant is there for, and how long that counts. */
export function GoalFields({ goal, vocabulary, onChange, errorAt }: GoalFieldsProps) {
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
        <>
          <EventField
            label={t('choiceForm.event')}
            vocabulary={vocabulary}
            value={goal['event']}
            error={errorAt('/goal/event')}
            // Its parameters are those of another event.
            onChange={(event) => onChange(withMembers(goal, { event, where: undefined }))}
          />
          <WhereField
            event={goal['event']}
            value={goal['where']}
            onChange={(where) => onChange(withMembers(goal, { where }))}
            error={errorAt('/goal/where')}
            vocabulary={vocabulary}
          />
        </>
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
