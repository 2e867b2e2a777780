import { Input, NumberInput, Select } from '@mantine/core';
import { DURATION_UNITS } from '@perennial/blocks';
import { useText } from '../../../app/text.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

interface SpanFieldProps {
  label: string;
  description?: string;
  value: Settings;
  onChange: (span: Settings) => void;
  error: string | undefined;
}

/** A length of time that the definition writes out. */
export function SpanField({ label, description, value, onChange, error }: SpanFieldProps) {
  const t = useText();
  const { n, unit } = value;
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    >
      <div className={classes.row}>
        <NumberInput
          className={classes.count ?? ''}
          aria-label={label}
          min={1}
          allowDecimal={false}
          allowNegative={false}
          value={typeof n === 'number' ? n : ''}
          onChange={(typed) => onChange({ ...value, n: typeof typed === 'number' ? typed : null })}
        />
        <Select
          className={classes.grow ?? ''}
          aria-label={t('blockForms.unit')}
          data={DURATION_UNITS.map((each) => ({
            value: each,
            label: t(`blockForms.unit.${each}`, { n: typeof n === 'number' ? n : 2 }),
          }))}
          allowDeselect={false}
          value={typeof unit === 'string' ? unit : null}
          onChange={(chosen) => chosen && onChange({ ...value, unit: chosen })}
        />
      </div>
    </Input.Wrapper>
  );
}
