import { NumberInput, Select, TextInput } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { plainText } from '../blocks-forms/fields/literals.tsx';
import { WeekdaysField } from '../blocks-forms/fields/WeekdaysField.tsx';
import { ZoneField } from '../blocks-forms/fields/ZoneField.tsx';
import { withMembers } from '../blocks-forms/with-members.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

interface ScheduleFieldsProps {
  schedule: Settings;
  onChange: (schedule: Settings) => void;
  errorAt: (path: string) => string | undefined;
}

const EVERY = ['day', 'week', 'month', 'cron'] as const;

/** When it is time: how often, on which days, at what time of whose clock, from and until when. */
export function ScheduleFields({ schedule, onChange, errorAt }: ScheduleFieldsProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(schedule, members));
  const every = EVERY.find((each) => each === schedule['every']) ?? 'day';
  const turn = (to: (typeof EVERY)[number]) => {
    const { from, to: until, zone, at } = schedule;
    const when = to === 'cron' ? { cron: '0 9 * * *' } : { at: at ?? '09:00' };
    onChange(withMembers({ every: to, ...when }, { from, to: until, zone }));
  };
  return (
    <>
      <div className={classes.row}>
        <Select
          className={classes.grow ?? ''}
          label={t('workflows.startForm.every')}
          data={EVERY.map((value) => ({ value, label: t(`workflows.startForm.every.${value}`) }))}
          allowDeselect={false}
          value={every}
          onChange={(chosen) => chosen && turn(chosen)}
        />
        {every === 'cron' ? null : (
          <TextInput
            className={classes.grow ?? ''}
            type="time"
            label={t('workflows.startForm.at')}
            error={errorAt('/at')}
            value={plainText(schedule['at'])}
            onChange={({ currentTarget }) => change({ at: currentTarget.value })}
          />
        )}
      </div>
      {every === 'cron' ? (
        <TextInput
          label={t('workflows.startForm.cron')}
          description={t('workflows.startForm.cronHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          maxLength={200}
          error={errorAt('/cron')}
          value={plainText(schedule['cron'])}
          onChange={({ currentTarget }) => change({ cron: currentTarget.value })}
        />
      ) : null}
      {every === 'day' || every === 'week' ? (
        <WeekdaysField
          label={t('workflows.startForm.days')}
          {...(every === 'day' && { description: t('startForms.days.hint') })}
          value={schedule['days'] ?? (every === 'week' ? [1] : [])}
          onChange={(days) => change({ days })}
          error={errorAt('/days')}
        />
      ) : null}
      {every === 'month' ? (
        <NumberInput
          label={t('workflows.startForm.dayOfMonth')}
          description={t('workflows.startForm.dayOfMonthHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          min={1}
          max={31}
          allowDecimal={false}
          error={errorAt('/day_of_month')}
          value={Number(schedule['day_of_month'] ?? 1)}
          onChange={(day) => change({ day_of_month: day === '' ? undefined : Number(day) })}
        />
      ) : null}
      <div className={classes.row}>
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            className={classes.grow ?? ''}
            type="date"
            label={t(`startForms.schedule.${end}`)}
            error={errorAt(`/${end}`)}
            value={plainText(schedule[end])}
            onChange={({ currentTarget }) => change({ [end]: currentTarget.value || undefined })}
          />
        ))}
      </div>
      <ZoneField
        value={schedule['zone']}
        onChange={(zone) => change({ zone })}
        error={errorAt('/zone')}
      />
    </>
  );
}
