import { NumberInput, Select } from '@mantine/core';
import type { FrequencyWindow } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import classes from './Sending.module.css';
import { choiceOf, GAP_CHOICES, WINDOW_CHOICES, windowOf } from './window-choice.ts';

interface WindowFieldsProps {
  kind: 'cap' | 'gap';
  window: FrequencyWindow;
  error: string | undefined;
  onChange: (window: FrequencyWindow) => void;
}

/** The time within which messages are counted, or between two of them. */
export function WindowFields({ kind, window, error, onChange }: WindowFieldsProps) {
  const t = useText();
  const choices = kind === 'gap' ? GAP_CHOICES : WINDOW_CHOICES;
  const label = t(kind === 'gap' ? 'sending.form.gap' : 'sending.form.window');
  return (
    <div className={classes.row}>
      {window.type === 'rolling' ? (
        <NumberInput
          className={classes.number ?? ''}
          label={label}
          aria-label={t('sending.form.n')}
          min={1}
          allowDecimal={false}
          value={window.n}
          error={error}
          onChange={(n) => onChange({ ...window, n: Number(n) || 1 })}
        />
      ) : null}
      <Select
        className={classes.grow ?? ''}
        label={window.type === 'rolling' ? null : label}
        aria-label={t('sending.form.unit')}
        data={choices.map((value) => ({ value, label: t(`sending.form.unit.${value}`) }))}
        value={choiceOf(window)}
        allowDeselect={false}
        onChange={(choice) => choice && onChange(windowOf(choice, window))}
      />
      {window.type === 'calendar' ? (
        <Select
          className={classes.grow ?? ''}
          label={t('sending.form.zone')}
          data={(['contact', 'workspace'] as const).map((value) => ({
            value,
            label: t(`sending.form.zone.${value}`),
          }))}
          value={window.zone}
          allowDeselect={false}
          onChange={(zone) => zone && onChange({ ...window, zone })}
        />
      ) : null}
    </div>
  );
}
