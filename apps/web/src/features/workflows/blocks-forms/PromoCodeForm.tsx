import { Anchor, NumberInput, Select } from '@mantine/core';
import type { PromoPool } from '@perennial/contracts';
import { Link } from 'react-router';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import type { BlockFormProps } from './form-props.ts';
import classes from './WebhookForm.module.css';

const UNITS = ['hour', 'day', 'week', 'month'] as const;

/** From which pool, and how long the code must be good yet. */
export function PromoCodeForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  const to = useTo();
  const pools = useList<PromoPool>('/promo_pools', { query: { limit: undefined } });
  const pool = typeof settings['pool'] === 'string' ? settings['pool'] : null;
  const { n, unit = 'day' } = {
    ...(settings['lives'] as { n?: number; unit?: string } | undefined),
  };
  const known = pools.items.map(({ id, name, left }) => ({
    value: id,
    label: t('ownForms.promo.option', { name, left }),
  }));
  const isUnknown = pool !== null && !known.some(({ value }) => value === pool);
  const change = (part: object) => onChange({ ...settings, ...part });
  return (
    <>
      <Select
        label={t('ownForms.promo.pool')}
        placeholder={t('ownForms.promo.choose')}
        nothingFoundMessage={t('ownForms.promo.none')}
        searchable
        allowDeselect={false}
        data={isUnknown ? [...known, { value: pool, label: pool }] : known}
        value={pool}
        error={errorAt('/pool')}
        onChange={(value) => change({ pool: value ?? undefined })}
      />
      {pools.items.length === 0 && !pools.loading ? (
        <Anchor component={Link} to={to('settings/promo-codes')} size="sm">
          {t('ownForms.promo.make')}
        </Anchor>
      ) : null}
      <div className={classes.pair}>
        <NumberInput
          label={t('ownForms.promo.lives')}
          placeholder={t('ownForms.promo.lives.any')}
          value={n ?? ''}
          min={1}
          allowDecimal={false}
          hideControls
          error={errorAt('/lives')}
          onChange={(value) =>
            change({ lives: typeof value === 'number' ? { n: value, unit } : undefined })
          }
        />
        <Select
          aria-label={t('ownForms.promo.unit')}
          disabled={n === undefined}
          allowDeselect={false}
          data={UNITS.map((value) => ({ value, label: t(`ownForms.unit.${value}`) }))}
          value={unit}
          onChange={(value) => n !== undefined && change({ lives: { n, unit: value ?? 'day' } })}
        />
      </div>
      <p className={classes.hint}>{t('ownForms.promo.lives.hint')}</p>
    </>
  );
}
