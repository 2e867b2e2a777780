import { FormattedNumber, useIntl } from 'react-intl';
import { Choice } from './Choice.tsx';
import type { CardField } from './edit/card-field.ts';
import { sayValue } from './say-value.ts';
import { valueWord } from './value-words.ts';
import classes from './edit/Edit.module.css';

interface FieldTextProps {
  value: unknown;
  field?: Pick<CardField, 'key' | 'type' | 'looks' | 'rules' | 'system'> | undefined;
}

/** A field's value in the user's formats. */
export function FieldText({ value, field }: FieldTextProps) {
  const intl = useIntl();
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') {
    return <FormattedNumber value={value} maximumFractionDigits={20} />;
  }
  if (field?.system && typeof value === 'string' && field.type !== 'date') {
    return valueWord(field.key, value, intl);
  }
  if (field?.system && Array.isArray(value)) {
    return intl.formatList(
      value.map((each) => valueWord(field.key, String(each), intl)),
      { type: 'unit' },
    );
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
  return sayValue(value, intl);
}
