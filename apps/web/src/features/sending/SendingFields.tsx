import { NumberInput, Select } from '@mantine/core';
import { findChannel } from '@perennial/channels';
import type { MessageSending } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import { HoursField } from './HoursField.tsx';
import { USUAL_HOURS } from './hours.ts';
import classes from './Sending.module.css';

const DAY_MS = 86_400_000;

interface SendingFieldsProps {
  channel: string;
  value: MessageSending;
  readOnly: boolean;
  onChange: (value: MessageSending) => void;
}

/** How a message leaves: priority, hours, life, and to which of several devices. Folded away. */
export function SendingFields({ channel, value, readOnly, onChange }: SendingFieldsProps) {
  const t = useText();
  const definition = findChannel(channel);
  const { priority, send_hours: hours, ttl, addresses } = value;
  const kind = typeof hours === 'string' ? hours : 'own';
  const usualDays = Math.round((definition?.ttlMs ?? 0) / DAY_MS);
  const change = (part: Partial<MessageSending>) => onChange({ ...value, ...part });
  const choices = definition?.addressChoices ?? [];
  return (
    <details className={classes.summary}>
      <summary>
        {t('sending.message.title')}
        <span className={classes.chosen}>{useChosen(value)}</span>
      </summary>
      <div className={classes.fields}>
        <Select
          label={t('sending.message.priority')}
          description={t('sending.message.priority.hint')}
          data={(['low', 'normal', 'high'] as const).map((each) => ({
            value: each,
            label: t(`sending.priority.${each}`),
          }))}
          value={priority}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(next) => next && change({ priority: next })}
        />
        <TtlField usualDays={usualDays} ttl={ttl} readOnly={readOnly} onChange={change} />
        <Select
          label={t('sending.message.hours')}
          data={(['workspace', 'any', 'own'] as const).map((each) => ({
            value: each,
            label: t(`sending.message.hours.${each}`),
          }))}
          value={kind}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(next) => next && change({ send_hours: next === 'own' ? USUAL_HOURS : next })}
        />
        {choices.length > 0 ? (
          <Select
            label={t('sending.message.addresses')}
            data={choices.map((each) => ({
              value: each,
              label: t(`sending.message.addresses.${each}`),
            }))}
            value={addresses ?? choices[0] ?? null}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(next) => next && change({ addresses: next })}
          />
        ) : null}
        {typeof hours === 'string' ? null : (
          <div className={classes.wide}>
            <HoursField
              value={hours}
              readOnly={readOnly}
              onChange={(own) => change({ send_hours: own })}
            />
          </div>
        )}
      </div>
    </details>
  );
}

/** What differs from the usual, in a few words. */
function useChosen({ priority, send_hours: hours, ttl, addresses }: MessageSending): string {
  const t = useText();
  const said = [
    priority === 'normal'
      ? ''
      : `${t('sending.message.priority')}: ${t(`sending.priority.${priority}`)}`,
    hours === 'workspace'
      ? ''
      : t(`sending.message.hours.${typeof hours === 'string' ? 'any' : 'own'}`),
    ttl ? `${t('sending.message.ttl')} ${t('sending.rule.length', { ...ttl })}` : '',
    addresses === 'last_seen' ? t('sending.message.addresses.last_seen') : '',
  ].filter(Boolean);
  return said.length > 0 ? said.join(' · ') : t('sending.message.summary.usual');
}

interface TtlFieldProps {
  usualDays: number;
  ttl: MessageSending['ttl'];
  readOnly: boolean;
  onChange: (part: Pick<MessageSending, 'ttl'>) => void;
}

function TtlField({ usualDays, ttl, readOnly, onChange }: TtlFieldProps) {
  const t = useText();
  const units = ['minute', 'hour', 'day'] as const;
  return (
    <div>
      <Select
        label={t('sending.message.ttl')}
        description={t('sending.message.ttl.hint')}
        data={[
          { value: 'usual', label: t('sending.message.ttl.usual', { days: usualDays }) },
          { value: 'own', label: t('sending.message.ttl.own') },
        ]}
        value={ttl ? 'own' : 'usual'}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => onChange({ ttl: next === 'own' ? { n: 1, unit: 'day' } : null })}
      />
      {ttl ? (
        <div className={classes.row} style={{ marginBlockStart: 8 }}>
          <NumberInput
            className={classes.number ?? ''}
            aria-label={t('sending.form.n')}
            min={1}
            allowDecimal={false}
            value={ttl.n}
            readOnly={readOnly}
            onChange={(n) => onChange({ ttl: { ...ttl, n: Number(n) || 1 } })}
          />
          <Select
            className={classes.grow ?? ''}
            aria-label={t('sending.form.unit')}
            data={units.map((unit) => ({ value: unit, label: t(`sending.form.unit.${unit}`) }))}
            value={ttl.unit}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(unit) => unit && onChange({ ttl: { ...ttl, unit } })}
          />
        </div>
      ) : null}
    </div>
  );
}
