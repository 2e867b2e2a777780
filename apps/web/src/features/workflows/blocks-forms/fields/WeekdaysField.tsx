import { Chip, Group, Input } from '@mantine/core';
import { useIntl } from 'react-intl';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

interface WeekdaysFieldProps {
  label: string;
  value: unknown;
  /** Undefined when none is chosen. */
  onChange: (days: number[] | undefined) => void;
  error?: string | undefined;
  description?: string;
}

/** Days of the week, 1 is Monday. */
export function WeekdaysField({ label, value, onChange, error, description }: WeekdaysFieldProps) {
  const intl = useIntl();
  const days = Array.isArray(value) ? value.map(String) : [];
  const change = (chosen: string[]) => {
    const sorted = chosen.map(Number).toSorted((a, b) => a - b);
    onChange(sorted.length > 0 ? sorted : undefined);
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    >
      <Chip.Group multiple value={days} onChange={change}>
        <Group gap={4} mt={2} role="group" aria-label={label}>
          {DAYS.map((day) => (
            <Chip key={day} value={String(day)} size="xs" radius="sm" variant="light">
              {weekday(day)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );

  /** 4 January 2021 was a Monday. */
  function weekday(day: number): string {
    return intl.formatDate(Date.UTC(2021, 0, 3 + day), { weekday: 'short', timeZone: 'UTC' });
  }
}
