import { NumberInput, Select } from '@mantine/core';
import type { CampaignSplit, EventTypeListItem } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import classes from './Campaigns.module.css';

type Test = NonNullable<CampaignSplit['test']>;

const BY = ['opened', 'clicked', 'event'] as const;
const HOUR = 60;
const NEW: Test = {
  share: 20,
  by: 'opened',
  wait_minutes: 24 * HOUR,
  window_minutes: 7 * 24 * HOUR,
};

interface TestFieldsProps {
  value: Test | null;
  disabled: boolean;
  onChange: (test: Test | null) => void;
}

/** Whether a winner is found first, by whom, by what and when. */
export function TestFields({ value, disabled, onChange }: TestFieldsProps) {
  const t = useText();
  const modes = ['all', 'rule', 'person'] as const;
  const mode = !value ? 'all' : value.wait_minutes === null ? 'person' : 'rule';
  return (
    <>
      <Select
        label={t('campaigns.test')}
        description={t(`campaigns.test.${mode}.hint`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={modes.map((each) => ({ value: each, label: t(`campaigns.test.${each}`) }))}
        allowDeselect={false}
        disabled={disabled}
        value={mode}
        onChange={(next) => {
          if (next === 'all') onChange(null);
          else onChange({ ...(value ?? NEW), wait_minutes: next === 'rule' ? 24 * HOUR : null });
        }}
      />
      {value ? (
        <div className={classes.row}>
          <WholeNumber
            label={t('campaigns.test.share')}
            value={value.share}
            max={90}
            disabled={disabled}
            onChange={(share) => onChange({ ...value, share })}
          />
          <Select
            label={t('campaigns.test.by')}
            data={BY.map((by) => ({ value: by, label: t(`campaigns.test.by.${by}`) }))}
            allowDeselect={false}
            disabled={disabled}
            value={value.by}
            onChange={(next) => {
              const by = BY.find((each) => each === next);
              if (by) onChange({ ...value, by });
            }}
          />
          {value.wait_minutes !== null ? (
            <WholeNumber
              label={t('campaigns.test.wait')}
              value={Math.max(1, Math.round(value.wait_minutes / HOUR))}
              max={720}
              disabled={disabled}
              onChange={(hours) => onChange({ ...value, wait_minutes: hours * HOUR })}
            />
          ) : null}
        </div>
      ) : null}
      {value?.by === 'event' ? (
        <EventFields value={value} disabled={disabled} onChange={onChange} />
      ) : null}
    </>
  );
}

interface EventFieldsProps {
  value: Test;
  disabled: boolean;
  onChange: (test: Test) => void;
}

function EventFields({ value, disabled, onChange }: EventFieldsProps) {
  const t = useText();
  const types = useList<EventTypeListItem>('/event_types', { query: { limit: 500 } });
  return (
    <div className={classes.row}>
      <Select
        label={t('campaigns.test.event')}
        data={types.items.map(({ key }) => key)}
        searchable
        disabled={disabled}
        value={value.event ?? null}
        onChange={(event) => {
          if (event) onChange({ ...value, event });
        }}
      />
      <WholeNumber
        label={t('campaigns.test.window')}
        value={Math.max(1, Math.round(value.window_minutes / HOUR))}
        max={720}
        disabled={disabled}
        onChange={(hours) => onChange({ ...value, window_minutes: hours * HOUR })}
      />
    </div>
  );
}

interface WholeNumberProps {
  label: string;
  value: number;
  max: number;
  disabled: boolean;
  onChange: (n: number) => void;
}

function WholeNumber({ max, onChange, ...input }: WholeNumberProps) {
  return (
    <NumberInput
      {...input}
      min={1}
      max={max}
      allowDecimal={false}
      onChange={(n) => {
        if (Number(n) >= 1) onChange(Number(n));
      }}
    />
  );
}
