import { Select } from '@mantine/core';
import type { Segment } from '@perennial/contracts';
import { useState } from 'react';
import { useList, useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useAsked } from '../../app/use-asked.ts';

interface SegmentSelectProps {
  label: string;
  description?: string;
  clearable?: boolean;
  error?: string | undefined;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Picks a list or a dynamic segment by a part of its name. */
export function SegmentSelect({ value, onChange, ...input }: SegmentSelectProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const chosen = useRead<Segment>(`/segments/${value}`, { enabled: value !== null });
  const asked = useAsked(typed, chosen.data?.name);
  const found = useList<Segment>('/segments', {
    query: { limit: 50, ...(asked && { search: asked }) },
  });
  const others = found.items.filter(({ id }) => id !== value);
  const offered = chosen.data ? [chosen.data, ...others] : others;
  return (
    <Select
      {...input}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('segments.select')}
      nothingFoundMessage={t('segments.selectNone')}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      // The server has searched already.
      filter={({ options }) => options}
      searchable
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
    />
  );
}
