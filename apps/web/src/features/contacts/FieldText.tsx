import { FormattedNumber, useIntl } from 'react-intl';
import { Choice } from './Choice.tsx';
import type { CardField } from './edit/card-field.ts';
import { sayValue } from './say-value.ts';
import classes from './edit/Edit.module.css';

interface FieldTextProps {
  value: unknown;
  field?: Pick<CardField, 'type' | 'looks' | 'rules'> | undefined;
}

/** A field's value in the user's formats. */
export function FieldText({ value, field }: FieldTextProps) {
  const intl = useIntl();
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') {
    return <FormattedNumber value={value} maximumFractionDigits={20} />;
  }
  if (field?.type.endsWith('choice')) {
    const choices = Array.isArray(value) ? value.map(String) : [sayValue(value, intl)];
    return (
      <span className={classes.choices}>
        {choices.map((choice) => (
          <Choice key={choice} value={choice} look={field.looks[choice]} />
        ))}
      </span>
    );
  }
  if (field?.type === 'language' && typeof value === 'string') {
    return intl.formatDisplayName(value, { type: 'language', fallback: 'code' });
  }
  return sayValue(value, intl);
}
