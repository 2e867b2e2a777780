import { MultiSelect } from '@mantine/core';
import type { Segment } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';

interface SegmentsSelectProps {
  label: string;
  description?: string;
  error?: string | undefined;
  disabled?: boolean;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Picks some lists and dynamic segments by parts of their names. */
export function SegmentsSelect({ value, description, ...input }: SegmentsSelectProps) {
  const t = useText();
  const { items } = useList<Segment>('/segments', { query: { limit: 500 } });
  const known = new Set(items.map(({ id }) => id));
  return (
    <MultiSelect
      {...input}
      {...(description === undefined ? {} : { description })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={value.length === 0 ? t('campaigns.segments.none') : ''}
      nothingFoundMessage={t('campaigns.segments.unknown')}
      data={[
        ...items.map(({ id, name }) => ({ value: id, label: name })),
        ...value.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id })),
      ]}
      searchable
      hidePickedOptions
      maxValues={100}
      value={[...value]}
    />
  );
}
