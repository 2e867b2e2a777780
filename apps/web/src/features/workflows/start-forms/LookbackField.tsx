import { Switch } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { recordOf } from '../blocks-forms/record-of.ts';
import { SpanField } from './SpanField.tsx';
import classes from '../blocks-forms/BlocksForms.module.css';

interface LookbackFieldProps {
  value: unknown;
  /** Undefined where only what happens during a run counts. */
  onChange: (lookback: unknown) => void;
  error: string | undefined;
}

/** How long before a start the stop also prevents it. */
export function LookbackField({ value, onChange, error }: LookbackFieldProps) {
  const t = useText();
  return (
    <>
      <Switch
        label={t('startForms.lookback')}
        description={t('startForms.lookback.hint')}
        checked={value !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? { n: 1, unit: 'day' } : undefined)
        }
      />
      {value === undefined ? null : (
        <div className={classes.nested}>
          <SpanField
            label={t('startForms.lookback.span')}
            value={recordOf(value)}
            onChange={onChange}
            error={error}
          />
        </div>
      )}
    </>
  );
}
