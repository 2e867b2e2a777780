import { Select } from '@mantine/core';
import { useText } from '../../../../app/text.tsx';
import { recordOf } from '../record-of.ts';
import { schemaAt } from '../schema-at.ts';
import type { Scope } from '../scope/scope.ts';
import { ParameterField } from './ParameterField.tsx';

const WHOM = ['own', 'external_id', 'email'] as const;

interface WhomFieldProps {
  type: string;
  value: unknown;
  /** Undefined for the run's own contact. */
  onChange: (contact: Readonly<Record<string, unknown>> | undefined) => void;
  error: string | undefined;
  scope: Scope;
}

/** For whom something is done: the run's own contact, or another one. */
export function WhomField({ type, value, onChange, error, scope }: WhomFieldProps) {
  const t = useText();
  const [named] = Object.keys(recordOf(value));
  const whom = WHOM.find((each) => each === named) ?? 'own';
  return (
    <>
      <Select
        label={t('blockForms.whom')}
        data={WHOM.map((each) => ({ value: each, label: t(`blockForms.whom.${each}`) }))}
        allowDeselect={false}
        value={whom}
        onChange={(chosen) => onChange(chosen === 'own' ? undefined : { [chosen!]: '' })}
      />
      {whom === 'own' ? null : (
        <ParameterField
          label={t(`blockForms.createContact.${whom}`)}
          value={recordOf(value)[whom]}
          onChange={(next) => onChange({ [whom]: next ?? '' })}
          error={error}
          scope={scope}
          schema={schemaAt(type, 'contact', whom)}
        />
      )}
    </>
  );
}
