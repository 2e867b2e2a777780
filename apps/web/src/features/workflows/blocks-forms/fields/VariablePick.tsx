import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../../../../app/text.tsx';
import { VariableOption } from './VariableOption.tsx';
import type { Variable } from '../scope/scope.ts';

interface VariablePickProps {
  id: string;
  kind: 'event' | 'contact' | 'run';
  label: string;
  placeholder?: string;
  variables: readonly Variable[];
  /** There is nothing of this kind in any run. */
  none: boolean;
  value: string;
  error: string | undefined;
  onChange: (path: string) => void;
}

/** One of the values in scope, or a path that will be there. */
export function VariablePick(props: VariablePickProps) {
  const { id, kind, label, placeholder, variables, none, value, error, onChange } = props;
  const t = useText();
  const byPath = useMemo(() => new Map(variables.map((each) => [each.path, each])), [variables]);
  return (
    <Autocomplete
      id={id}
      aria-label={label}
      placeholder={placeholder ?? t(`blockForms.source.${kind}.placeholder`)}
      description={none ? t('blockForms.source.event.none') : undefined}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={[...byPath.keys()]}
      limit={100}
      maxLength={200}
      renderOption={({ option }) => (
        <VariableOption path={option.value} variable={byPath.get(option.value)} />
      )}
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase();
        // What is chosen shows all the others again.
        if (wanted === '' || byPath.has(search)) return options;
        return options.filter(
          (option) => 'value' in option && textOf(option.value).includes(wanted),
        );
      }}
      maxDropdownHeight={320}
      error={error}
      value={value}
      onChange={onChange}
    />
  );

  function textOf(path: string): string {
    return `${path} ${byPath.get(path)?.hint ?? ''}`.toLowerCase();
  }
}
