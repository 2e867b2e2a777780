import { Input, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../../app/text.tsx';
import { recordOf } from '../record-of.ts';
import classes from '../BlocksForms.module.css';

interface OffsetFieldProps {
  label: string;
  description?: string;
  value: unknown;
  /** Undefined at the date itself. */
  onChange: (offset: { n: number; unit: string } | undefined) => void;
  error: string | undefined;
  units: readonly ('minute' | 'hour' | 'day' | 'week' | 'month')[];
}

/** So long before or after a date. */
export function OffsetField({
  label,
  description,
  value,
  onChange,
  error,
  units,
}: OffsetFieldProps) {
  const t = useText();
  const { n, unit } = recordOf(value);
  const size = typeof n === 'number' ? n : 0;
  // At the date itself nothing is written, and what was chosen beside it waits for a number.
  const [side, setSide] = useState(size > 0 ? 'after' : 'before');
  const [wanted, setUnit] = useState('day');
  const shownUnit = typeof unit === 'string' ? unit : wanted;
  const change = (count: number, which: string, of: string) =>
    onChange(count === 0 ? undefined : { n: which === 'before' ? -count : count, unit: of });
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
          min={0}
          allowDecimal={false}
          allowNegative={false}
          value={Math.abs(size)}
          onChange={(typed) => change(Number(typed) || 0, side, shownUnit)}
        />
        <Select
          className={classes.grow ?? ''}
          aria-label={t('blockForms.unit')}
          data={units.map((each) => ({
            value: each,
            label: t(`blockForms.unit.${each}`, { n: Math.abs(size) }),
          }))}
          allowDeselect={false}
          value={shownUnit}
          onChange={(chosen) => {
            if (!chosen) return;
            setUnit(chosen);
            change(Math.abs(size), side, chosen);
          }}
        />
        <Select
          className={classes.grow ?? ''}
          aria-label={t('blockForms.side')}
          data={(['before', 'after'] as const).map((each) => ({
            value: each,
            label: t(`blockForms.side.${each}`),
          }))}
          allowDeselect={false}
          value={size === 0 ? side : size < 0 ? 'before' : 'after'}
          onChange={(chosen) => {
            if (!chosen) return;
            setSide(chosen);
            change(Math.abs(size), chosen, shownUnit);
          }}
        />
      </div>
    </Input.Wrapper>
  );
}
