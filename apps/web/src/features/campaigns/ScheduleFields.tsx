import { Checkbox, Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { CampaignSchedule } from '@perennial/contracts';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { useWorkspace } from '../../app/session.ts';
import { scheduleOf } from './schedule-of.ts';
import classes from './Campaigns.module.css';

interface FieldsProps<Schedule> {
  value: Schedule;
  disabled: boolean;
  onChange: (schedule: CampaignSchedule) => void;
}

type Once = Extract<CampaignSchedule, { kind: 'once' }>;
type Recurring = Extract<CampaignSchedule, { kind: 'recurring' }>;

/** When it sends. */
export function ScheduleFields({ value, disabled, onChange }: FieldsProps<CampaignSchedule>) {
  const t = useText();
  return (
    <>
      <SegmentedControl
        aria-label={t('campaigns.when')}
        disabled={disabled}
        data={(['now', 'once', 'recurring'] as const).map((kind) => ({
          value: kind,
          label: t(`campaigns.when.${kind}`),
        }))}
        value={value.kind}
        onChange={(kind) => onChange(scheduleOf(kind, value, new Date()))}
      />
      {value.kind === 'once' ? <OnceFields {...{ value, disabled, onChange }} /> : null}
      {value.kind === 'recurring' ? <RecurringFields {...{ value, disabled, onChange }} /> : null}
    </>
  );
}

function OnceFields({ value, disabled, onChange }: FieldsProps<Once>) {
  const t = useText();
  return (
    <div className={classes.row}>
      <TextInput
        type="date"
        label={t('campaigns.date')}
        disabled={disabled}
        value={value.date}
        onChange={({ currentTarget: { value: date } }) => date && onChange({ ...value, date })}
      />
      <TimeAndZone {...{ value, disabled, onChange }} />
    </div>
  );
}

function RecurringFields({ value, disabled, onChange }: FieldsProps<Recurring>) {
  const t = useText();
  return (
    <>
      <div className={classes.row}>
        <Select
          label={t('campaigns.every')}
          data={(['day', 'week', 'month'] as const).map((every) => ({
            value: every,
            label: t(`campaigns.every.${every}`),
          }))}
          allowDeselect={false}
          disabled={disabled}
          value={value.every}
          onChange={(every) => onChange({ ...value, every: every as Recurring['every'] })}
        />
        {value.every === 'month' ? (
          <NumberInput
            label={t('campaigns.day')}
            min={1}
            max={31}
            allowDecimal={false}
            disabled={disabled}
            value={value.day}
            onChange={(day) => {
              if (Number(day) >= 1) onChange({ ...value, day: Number(day) });
            }}
          />
        ) : null}
      </div>
      {value.every === 'week' ? <Weekdays {...{ value, disabled, onChange }} /> : null}
      <div className={classes.row}>
        <TimeAndZone {...{ value, disabled, onChange }} />
        <TextInput
          type="date"
          label={t('campaigns.until')}
          description={t('campaigns.until.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={disabled}
          value={value.until ?? ''}
          onChange={({ currentTarget: { value: until } }) => {
            const { until: _until, ...rest } = value;
            onChange(until ? { ...rest, until } : rest);
          }}
        />
      </div>
    </>
  );
}

function Weekdays({ value, disabled, onChange }: FieldsProps<Recurring>) {
  const t = useText();
  const intl = useIntl();
  // The first of January 2024 was a Monday.
  const nameOf = (day: number) =>
    intl.formatDate(Date.UTC(2024, 0, day), { weekday: 'short', timeZone: 'UTC' });
  return (
    <Checkbox.Group
      label={t('campaigns.weekdays')}
      value={value.weekdays.map(String)}
      onChange={(days) =>
        onChange({ ...value, weekdays: days.map(Number).toSorted((a, b) => a - b) })
      }
    >
      <Group gap="md" mt={4}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox key={day} value={String(day)} label={nameOf(day)} disabled={disabled} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function TimeAndZone({ value, disabled, onChange }: FieldsProps<Once | Recurring>) {
  const t = useText();
  const { time_zone: zone } = useWorkspace();
  return (
    <>
      <TextInput
        type="time"
        label={t('campaigns.time')}
        disabled={disabled}
        value={value.time}
        onChange={({ currentTarget: { value: time } }) => time && onChange({ ...value, time })}
      />
      <Select
        label={t('campaigns.zone')}
        data={[
          { value: 'workspace', label: t('campaigns.zone.workspace', { zone }) },
          { value: 'contact', label: t('campaigns.zone.contact') },
        ]}
        {...(value.zone === 'contact' ? { description: t('campaigns.zone.contactHint') } : {})}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        disabled={disabled}
        value={value.zone}
        onChange={(chosen) => onChange({ ...value, zone: chosen as Once['zone'] })}
      />
    </>
  );
}
