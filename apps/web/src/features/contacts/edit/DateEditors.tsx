import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { instantOf, localTime } from './zone-time.ts';
import type { EditorProps } from './editor-props.ts';
import classes from './Edit.module.css';

export function DateEditor({ field, value, error, saving, onSave }: EditorProps) {
  const [day, setDay] = useState(typeof value === 'string' ? value : '');
  const keep = () => onSave(day || null);
  return (
    <TextInput
      autoFocus
      size="xs"
      type="date"
      aria-label={field.label}
      value={day}
      error={error}
      readOnly={saving}
      onChange={(event) => setDay(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

/** A date and time on the clock of the user, of the contact, or in UTC. */
export function MomentEditor({ field, value, zone, error, saving, onSave }: EditorProps) {
  const t = useText();
  const own = useIntl().timeZone ?? 'UTC';
  const [clock, setClock] = useState(own);
  const [local, setLocal] = useState(
    typeof value === 'string' ? localTime(Date.parse(value), own) : '',
  );
  const stored = local ? new Date(instantOf(local, clock)).toISOString() : null;
  // Opening and leaving must not cut the seconds off.
  const untouched = typeof value === 'string' && localTime(Date.parse(value), clock) === local;
  const keep = () => onSave(untouched ? value : stored);
  const turn = (next: string) => {
    if (local) setLocal(localTime(instantOf(local, clock), next));
    setClock(next);
  };
  const clocks = [...new Set([own, ...(zone ? [zone] : []), 'UTC'])];
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
        type="datetime-local"
        aria-label={field.label}
        value={local}
        error={error}
        readOnly={saving}
        onChange={(event) => setLocal(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
      <Select
        size="xs"
        aria-label={t('contacts.field.time_zone')}
        data={clocks.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
        value={clock}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => next && turn(next)}
      />
    </div>
  );
}
