import { Input } from '@mantine/core';
import { DayChips } from '../../../conditions/DayChips.tsx';

interface WeekdaysFieldProps {
  label: string;
  value: unknown;
  /** Undefined when none is chosen. */
  onChange: (days: number[] | undefined) => void;
  error?: string | undefined;
  description?: string;
}

/** Days of the week as a setting. */
export function WeekdaysField({ label, value, onChange, error, description }: WeekdaysFieldProps) {
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    >
      <DayChips
        label={label}
        value={value}
        onChange={(days) => onChange(days.length > 0 ? days : undefined)}
      />
    </Input.Wrapper>
  );
}
