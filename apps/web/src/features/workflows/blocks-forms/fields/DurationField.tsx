import { Select } from '@mantine/core';
import { DURATION_UNITS } from '@perennial/blocks';
import type { z } from 'zod';
import { useText } from '../../../../app/text.tsx';
import type { Scope } from '../scope/scope.ts';
import { CountLiteral } from './literals.tsx';
import { ParameterField } from './ParameterField.tsx';
import classes from '../BlocksForms.module.css';

interface DurationFieldProps {
  label: string;
  description?: string;
  value: Readonly<Record<string, unknown>>;
  onChange: (value: Readonly<Record<string, unknown>>) => void;
  error: string | undefined;
  scope: Scope;
  /** Of its number. */
  schema: z.ZodType | undefined;
}

/** A length of time: so many units. */
export function DurationField(props: DurationFieldProps) {
  const { value, onChange, ...field } = props;
  const t = useText();
  const { n, unit } = value;
  return (
    <ParameterField
      {...field}
      literal={CountLiteral}
      start={1}
      value={n}
      onChange={(next) => onChange({ ...value, n: next ?? null })}
      end={
        <Select
          className={classes.unit ?? ''}
          aria-label={t('blockForms.unit')}
          data={DURATION_UNITS.map((each) => ({
            value: each,
            label: t(`blockForms.unit.${each}`, { n: typeof n === 'number' ? n : 2 }),
          }))}
          allowDeselect={false}
          value={typeof unit === 'string' ? unit : null}
          onChange={(chosen) => chosen && onChange({ ...value, unit: chosen })}
        />
      }
    />
  );
}
