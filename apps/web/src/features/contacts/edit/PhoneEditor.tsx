import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { ConsentBox, consentMembers, noConsent } from '../ConsentBox.tsx';
import { CALLING_CODES, countryOf } from './calling-codes.ts';
import type { EditorProps } from './editor-props.ts';
import { EditorGroup } from './EditorGroup.tsx';
import classes from './Edit.module.css';

/** A number with its country; the country puts its code in front. */
export function PhoneEditor({ field, value, error, saving, onSave }: EditorProps) {
  const t = useText();
  const intl = useIntl();
  const [number, setNumber] = useState(typeof value === 'string' ? value : '');
  const [consent, setConsent] = useState(noConsent);
  const phone = number.trim();
  const keep = () => onSave(phone || null, consentMembers(consent));
  const asks = field.key === 'phone' && phone !== '' && phone !== value;
  const countries = Object.entries(CALLING_CODES).map(([country, code]) => {
    const name = intl.formatDisplayName(country, { type: 'region', fallback: 'code' }) ?? country;
    return { value: country, label: `${name} +${code}` };
  });
  return (
    <EditorGroup onLeave={keep}>
      <div className={classes.moment}>
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
          // Or Tab would stop in the list of countries instead of going on.
          scrollAreaProps={{ viewportProps: { tabIndex: -1 } }}
          onChange={(country) => country && setNumber(withCode(number, country))}
        />
      </div>
      {asks ? <ConsentBox consent={consent} onChange={setConsent} /> : null}
    </EditorGroup>
  );
}

function withCode(number: string, country: string): string {
  const former = countryOf(number);
  const rest = former ? number.slice(1 + CALLING_CODES[former]!.length) : number;
  return `+${CALLING_CODES[country]}${rest.replace(/^\+/, '')}`;
}
