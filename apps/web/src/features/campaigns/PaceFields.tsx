import { NumberInput, Select } from '@mantine/core';
import type { CampaignPace } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import classes from './Campaigns.module.css';

const UNITS = ['second', 'minute', 'hour', 'day', 'month'] as const;

interface PaceFieldsProps {
  value: CampaignPace | null;
  disabled: boolean;
  onChange: (pace: CampaignPace | null) => void;
}

/** So many in each unit of time, or as fast as it goes. */
export function PaceFields({ value, disabled, onChange }: PaceFieldsProps) {
  const t = useText();
  return (
    <div className={classes.row}>
      <Select
        label={t('campaigns.pace')}
        data={[
          { value: '', label: t('campaigns.pace.none') },
          ...UNITS.map((per) => ({
            value: per,
            label: `${t('campaigns.pace.per')} ${t(`campaigns.pace.${per}`)}`,
          })),
        ]}
        allowDeselect={false}
        disabled={disabled}
        value={value?.per ?? ''}
        onChange={(per) => {
          const unit = UNITS.find((each) => each === per);
          onChange(unit ? { n: value?.n ?? 1000, per: unit } : null);
        }}
      />
      {value ? (
        <NumberInput
          label={t('campaigns.pace.n')}
          min={1}
          max={10_000_000}
          allowDecimal={false}
          thousandSeparator=" "
          disabled={disabled}
          value={value.n}
          onChange={(n) => {
            if (Number(n) >= 1) onChange({ ...value, n: Number(n) });
          }}
        />
      ) : null}
    </div>
  );
}
