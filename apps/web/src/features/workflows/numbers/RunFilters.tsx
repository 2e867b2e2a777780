import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { FilterChip } from '@perennial/ui';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import { splitChoices } from '../../../app/use-url-state.ts';
import { exitName } from '../../../editor/exit-name.ts';
import type { Graph } from '../../../editor/graph.ts';
import { runStates } from '../workflow-state.ts';
import { PERIODS } from './period.ts';

/** What the list of runs is narrowed by, as the address bar holds it. */
interface RunFilterState {
  state: string;
  days: string;
  block: string;
  reached: string;
  exit: string;
  reason: string;
}

export const NO_FILTER: RunFilterState = {
  state: '',
  days: '',
  block: '',
  reached: '',
  exit: '',
  reason: '',
};

interface RunFiltersProps {
  filter: RunFilterState;
  onChange: (change: Partial<RunFilterState>) => void;
  graph: Graph;
  blockName: (id: string | null) => string;
}

/** Chips that read as a sentence about the runs that are shown. */
export function RunFilters({ filter, onChange, graph, blockName }: RunFiltersProps) {
  const t = useText();
  const blocks = graph.blocks.map(({ id }) => ({ value: id, label: blockName(id) }));
  const exits = graph.blocks.find(({ id }) => id === filter.reached)?.exits ?? [];
  const one = (value: string) => (value === '' ? [] : [value]);
  return (
    <>
      <FilterChip
        label={t('workflows.runs.filter.state')}
        value={splitChoices(filter.state)}
        onChange={(value) => onChange({ state: value.join(',') })}
        options={runStates.map((each) => ({
          value: each,
          label: t(`workflows.run.state.${each}`),
        }))}
      />
      <FilterChip
        single
        label={t('workflows.runs.filter.period')}
        value={one(filter.days)}
        onChange={([days = '']) => onChange({ days })}
        options={PERIODS.map((days) => ({
          value: String(days),
          label: t('workflows.runs.filter.period.days', { days }),
        }))}
      />
      <FilterChip
        single
        label={t('workflows.runs.filter.block')}
        value={one(filter.block)}
        onChange={([block = '']) => onChange({ block })}
        options={blocks}
      />
      <FilterChip
        single
        label={t('workflows.runs.filter.reached')}
        value={one(filter.reached)}
        onChange={([reached = '']) => onChange({ reached, exit: '' })}
        options={blocks}
      />
      {exits.length > 1 ? (
        <FilterChip
          single
          label={t('workflows.runs.filter.exit')}
          value={one(filter.exit)}
          onChange={([exit = '']) => onChange({ exit })}
          options={exits.map((exit) => ({ value: exit, label: exitName(exit, t) }))}
        />
      ) : null}
      <ReasonField value={filter.reason} onChange={(reason) => onChange({ reason })} />
    </>
  );
}

/** So long typing rests before the list is asked. */
const REST_MS = 300;

function ReasonField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useText();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((typed: string) => onChange(typed.trim()), REST_MS);
  return (
    <TextInput
      size="sm"
      w={160}
      aria-label={t('workflows.runs.filter.reason')}
      placeholder={t('workflows.runs.filter.reason')}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
