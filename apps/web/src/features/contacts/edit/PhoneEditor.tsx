import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { CALLING_CODES, countryOf } from './calling-codes.ts';
import type { EditorProps } from './editor-props.ts';
import classes from './Edit.module.css';

/** A number with its country; the country puts its code in front. */
export function PhoneEditor({ field, value, error, saving, onSave }: EditorProps) {
  const t = useText();
  const intl = useIntl();
  const [number, setNumber] = useState(typeof value === 'string' ? value : '');
  const keep = () => onSave(number.trim() || null);
  const countries = Object.entries(CALLING_CODES).map(([country, code]) => {
    const name = intl.formatDisplayName(country, { type: 'region', fallback: 'code' }) ?? country;
    return { value: country, label: `${name} +${code}` };
  });
  return (
    <div
      className={classes.moment}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) keep();
      }}
    >
      <TextInput
        autoFocus
        size="xs"
        type="tel"
        aria-label={field.label}
        dir="ltr"
        value={number}
        error={error}
        readOnly={saving}
        onChange={(event) => setNumber(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
      <Select
        size="xs"
        searchable
        aria-label={t('contacts.field.country')}
        placeholder={t('contacts.field.country')}
        data={countries.toSorted((a, b) => a.label.localeCompare(b.label))}
        value={countryOf(number) ?? null}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(country) => country && setNumber(withCode(number, country))}
      />
    </div>
  );
}

function withCode(number: string, country: string): string {
  const former = countryOf(number);
  const rest = former ? number.slice(1 + CALLING_CODES[former]!.length) : number;
  return `+${CALLING_CODES[country]}${rest.replace(/^\+/, '')}`;
}
