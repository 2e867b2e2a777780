import type { Tag } from '@perennial/contracts';
import { FilterChip } from '@perennial/ui';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';

interface TagFilterProps {
  value: string;
  onChange: (tag: string) => void;
  /** What the list holds: only tags on such are offered, with how many have them. */
  kind: string;
}

/** Shows of a list only what has a tag. */
export function TagFilter({ value, onChange, kind }: TagFilterProps) {
  const t = useText();
  const tags = useList<Tag>('/tags', { query: { limit: 500 } });
  const used = tags.items.filter(({ uses_by_kind: uses }) => (uses[kind] ?? 0) > 0);
  // Before anything has a tag, the chip would only take room.
  if (used.length === 0 && value === '') return null;
  return (
    <FilterChip
      single
      label={t('tags.filter')}
      value={value === '' ? [] : [value]}
      onChange={([tag]) => onChange(tag ?? '')}
      options={used.map(({ name, uses_by_kind: uses }) => ({
        value: name,
        label: name,
        count: uses[kind],
      }))}
    />
  );
}
