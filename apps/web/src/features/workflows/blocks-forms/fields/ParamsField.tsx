import { Switch } from '@mantine/core';
import { useText } from '../../../../app/text.tsx';
import { recordOf } from '../record-of.ts';
import type { Scope } from '../scope/scope.ts';
import { RowsField } from './RowsField.tsx';

interface ParamsFieldProps {
  value: unknown;
  /** Undefined for those of what started the run. */
  onChange: (params: Readonly<Record<string, unknown>> | undefined) => void;
  errorAt: (path: string) => string | undefined;
  scope: Scope;
}

/** Parameters that go along: those of what started the run, or others. */
export function ParamsField({ value, onChange, errorAt, scope }: ParamsFieldProps) {
  const t = useText();
  return (
    <>
      <Switch
        label={t('blockForms.params.own')}
        description={t('blockForms.params.own.hint')}
        checked={value === undefined}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? undefined : {})}
      />
      {value === undefined ? null : (
        <RowsField
          label={t('blockForms.params')}
          description={t('blockForms.params.hint')}
          rows={recordOf(value)}
          onChange={onChange}
          scope={scope}
          errorAt={errorAt}
        />
      )}
    </>
  );
}
