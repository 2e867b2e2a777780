import { SegmentedControl } from '@mantine/core';
import { useText } from '../../app/text.tsx';

interface MatchPickProps {
  value: 'all' | 'any';
  onChange: (value: 'all' | 'any') => void;
}

/** Whether all of some must hold, or any. */
export function MatchPick({ value, onChange }: MatchPickProps) {
  const t = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('conditions.match')}
      value={value}
      onChange={onChange}
      data={[
        { value: 'all', label: t('conditions.match.all') },
        { value: 'any', label: t('conditions.match.any') },
      ]}
    />
  );
}
