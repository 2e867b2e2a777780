import { Checkbox, Group, Select } from '@mantine/core';
import type { SendWindow } from '@perennial/contracts';
import { useIntl } from 'react-intl';
import { useWorkspace } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { dayName, DAYS, timesWith, withDays } from './hours.ts';
import classes from './Sending.module.css';

interface HoursFieldProps {
  value: SendWindow;
  readOnly: boolean;
  onChange: (value: SendWindow) => void;
}

/** Hours of the week: from, until, days, and whose clock. */
export function HoursField({ value, readOnly, onChange }: HoursFieldProps) {
  const t = useText();
  const intl = useIntl();
  const workspace = useWorkspace();
  const days = value.days ?? [...DAYS];
  const zone = value.zone ?? 'contact';
  const zones = [
    { value: 'contact', label: t('sending.hours.zone.contact') },
    { value: 'workspace', label: t('sending.hours.zone.workspace', { zone: workspace.time_zone }) },
    ...(zone === 'contact' || zone === 'workspace' ? [] : [{ value: zone, label: zone }]),
  ];
  return (
    <div className={classes.hours}>
      <Group gap={12} align="flex-start" wrap="nowrap">
        <Time
          label={t('sending.hours.from')}
          value={value.from}
          midnight="00:00"
          readOnly={readOnly}
          onChange={(from) => onChange({ ...value, from })}
        />
        <Time
          label={t('sending.hours.to')}
          value={value.to}
          midnight="24:00"
          hint={value.to < value.from ? t('sending.hours.overnight') : undefined}
          readOnly={readOnly}
          onChange={(to) => onChange({ ...value, to })}
        />
      </Group>
      <Checkbox.Group
        label={t('sending.hours.days')}
        value={days.map(String)}
        error={days.length === 0 ? t('sending.hours.days.none') : null}
        onChange={(next) => {
          if (!readOnly) onChange(withDays(value, next.map(Number)));
        }}
      >
        <Group gap={14} mt={6}>
          {DAYS.map((day) => (
            <Checkbox
              key={day}
              size="xs"
              value={String(day)}
              label={dayName(intl, day)}
              disabled={readOnly}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={t('sending.hours.zone')}
        data={zones}
        value={zone}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => next && onChange({ ...value, zone: next })}
      />
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  midnight: '00:00' | '24:00';
  hint?: string | undefined;
  readOnly: boolean;
  onChange: (value: string) => void;
}

function Time({ label, value, midnight, hint, readOnly, onChange }: TimeProps) {
  return (
    <Select
      className={classes.time ?? ''}
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={timesWith(value, { midnight })}
      value={value}
      searchable
      allowDeselect={false}
      readOnly={readOnly}
      onChange={(next) => next && onChange(next)}
    />
  );
}
