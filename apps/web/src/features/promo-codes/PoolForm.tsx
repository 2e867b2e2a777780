import { NumberInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { NewPromoPool, PromoPool } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../app/text.tsx';
import classes from './PromoCodes.module.css';

interface PoolFormProps {
  /** Null to make one. */
  pool: PromoPool | null;
  onSaved?: (pool: PromoPool) => void;
  onClose: () => void;
}

/** What a pool is called, what its codes are worth, and when somebody is told. */
export function PoolForm({ pool, onSaved, onClose }: PoolFormProps) {
  const t = useText();
  const [name, setName] = useState(pool?.name ?? '');
  const [type, setType] = useState(pool?.type ?? '');
  const [discount, setDiscount] = useState<number | string>(pool?.discount ?? '');
  const [expires, setExpires] = useState(localOf(pool?.expires_at ?? null));
  const [warn, setWarn] = useState<number | string>(pool?.warn_below ?? '');
  const save = useChange<NewPromoPool, PromoPool>(
    (api, values) =>
      pool
        ? api.patch<PromoPool>(`/promo_pools/${pool.id}`, values)
        : api.post<PromoPool>('/promo_pools', values),
    ['/promo_pools'],
  );
  const submit = () =>
    save.mutate(
      {
        name: name.trim(),
        type: type.trim() || null,
        discount: typeof discount === 'number' ? discount : null,
        expires_at: expires === '' ? null : new Date(expires).toISOString(),
        warn_below: typeof warn === 'number' ? warn : null,
      },
      {
        onSuccess: (saved) => {
          if (pool) notifications.show({ message: t('promo.saved.toast') });
          onSaved?.(saved);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t(pool ? 'promo.form.edit' : 'promo.form.new')}
      action={t(pool ? 'promo.form.save' : 'promo.form.create')}
      noValidate
      ready={name.trim() !== ''}
      pending={save.isPending}
      problem={problemOfForm(save.error, t)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('promo.form.name')}
        description={t('promo.form.name.hint')}
        value={name}
        maxLength={200}
        dir="auto"
        error={errorAt(save.error, '/name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t('promo.form.discount')}
          description={t('promo.form.discount.hint')}
          value={discount}
          min={0}
          max={1_000_000_000}
          decimalScale={4}
          hideControls
          error={errorAt(save.error, '/discount')}
          onChange={setDiscount}
        />
        <TextInput
          label={t('promo.form.type')}
          description={t('promo.form.type.hint')}
          value={type}
          maxLength={100}
          dir="auto"
          error={errorAt(save.error, '/type')}
          onChange={(event) => setType(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('promo.form.expires')}
          description={t('promo.form.expires.hint')}
          value={expires}
          error={errorAt(save.error, '/expires_at')}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
        <NumberInput
          label={t('promo.form.warn')}
          description={t('promo.form.warn.hint')}
          value={warn}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          hideControls
          error={errorAt(save.error, '/warn_below')}
          onChange={setWarn}
        />
      </div>
    </FormDialog>
  );
}

/** As the field holds it: in the browser's zone, to the minute. */
function localOf(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
