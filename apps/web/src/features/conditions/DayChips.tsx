import { Chip, Group } from '@mantine/core';
import { useIntl } from 'react-intl';
import { dayName, DAYS } from '../sending/hours.ts';

interface DayChipsProps {
  label: string;
  value: unknown;
  /** In the order of the week. */
  onChange: (days: number[]) => void;
}

/** Days of the week, 1 is Monday. */
export function DayChips({ label, value, onChange }: DayChipsProps) {
  const intl = useIntl();
  return (
    <Chip.Group
      multiple
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(chosen) => onChange(chosen.map(Number).toSorted((a, b) => a - b))}
    >
      <Group gap={4} role="group" aria-label={label}>
        {DAYS.map((day) => (
          <Chip key={day} size="xs" radius="sm" variant="light" value={String(day)}>
            {dayName(intl, day)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
