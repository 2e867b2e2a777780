import { Select } from '@mantine/core';
import type { WorkflowConversion } from '@perennial/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { useVocabulary } from '../../conditions/use-vocabulary.ts';
import { useWindowWords } from '../variants/use-window-words.ts';
import { WINDOWS } from './goal-windows.ts';
import own from './Numbers.module.css';

interface GoalBarProps {
  /** '': none is asked about. */
  event: string;
  hours: number;
  conversion: UseQueryResult<WorkflowConversion, ApiProblem>;
  onChange: (goal: { goal?: string; within?: string }) => void;
}

const HOUR_MS = 3_600_000;

/** The event that counts as success after a block, and for how long. */
export function GoalBar({ event, hours, conversion, onChange }: GoalBarProps) {
  const t = useText();
  const words = useWindowWords();
  const { vocabulary } = useVocabulary();
  const events = vocabulary?.events ?? [];
  return (
    <section className={own.goal} aria-label={t('workflows.numbers.goal')}>
      <Select
        label={t('workflows.numbers.goal')}
        placeholder={t('workflows.numbers.goal.none')}
        data={events.map(({ value, label }) => ({ value, label }))}
        searchable
        clearable
        limit={100}
        value={event || null}
        onChange={(value) => onChange({ goal: value ?? '' })}
      />
      <Select
        label={t('workflows.numbers.goal.within')}
        data={WINDOWS.map((each) => ({ value: String(each), label: words(each * HOUR_MS) }))}
        allowDeselect={false}
        value={String(hours)}
        onChange={(value) => value && onChange({ within: value })}
      />
      {event === '' ? null : <p className={own.goalHint}>{t('workflows.numbers.goal.hint')}</p>}
      {event !== '' && conversion.error && !conversion.data ? (
        <Problem error={conversion.error} onRetry={() => void conversion.refetch()} />
      ) : null}
    </section>
  );
}
