import { NumberInput, Select } from '@mantine/core';
import { findChannel } from '@perennial/channels';
import type { SendTermsView } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import { HoursField } from './HoursField.tsx';
import { USUAL_HOURS } from './hours.ts';
import classes from './Sending.module.css';

interface TermsFieldsProps {
  /** Undefined while no message is chosen. */
  channel: string | undefined;
  value: SendTermsView;
  readOnly: boolean;
  onChange: (value: SendTermsView) => void;
}

/** How messages leave where a block or campaign says otherwise than its message. */
export function TermsFields({ channel, value, readOnly, onChange }: TermsFieldsProps) {
  const t = useText();
  const { send_hours: hours, ttl, priority, addresses } = value;
  const kind = hours === undefined ? MESSAGE : typeof hours === 'string' ? hours : 'own';
  const asMessage = { value: MESSAGE, label: t('sending.terms.asMessage') };
  const choices = (channel && findChannel(channel)?.addressChoices) || [];
  /** What is as the message says is left out. */
  const change = (part: { [Name in keyof SendTermsView]: SendTermsView[Name] | undefined }) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...value, ...part }).filter(([, each]) => each !== undefined),
      ),
    );
  return (
    <div className={classes.terms}>
      <Select
        label={t('sending.message.priority')}
        data={[
          asMessage,
          ...PRIORITIES.map((each) => ({ value: each, label: t(`sending.priority.${each}`) })),
        ]}
        value={priority ?? MESSAGE}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => change({ priority: PRIORITIES.find((each) => each === next) })}
      />
      <Select
        label={t('sending.message.hours')}
        data={[
          asMessage,
          ...(['workspace', 'any', 'own'] as const).map((each) => ({
            value: each,
            label: t(`sending.message.hours.${each}`),
          })),
        ]}
        value={kind}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => change({ send_hours: hoursOf(next) })}
      />
      {typeof hours === 'object' ? (
        <HoursField
          value={hours}
          readOnly={readOnly}
          onChange={(own) => change({ send_hours: own })}
        />
      ) : null}
      <Select
        label={t('sending.message.ttl')}
        data={[asMessage, { value: 'own', label: t('sending.message.ttl.own') }]}
        value={ttl ? 'own' : MESSAGE}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => change({ ttl: next === 'own' ? { n: 1, unit: 'day' } : undefined })}
      />
      {ttl ? (
        <div className={classes.row}>
          <NumberInput
            className={classes.number ?? ''}
            aria-label={t('sending.form.n')}
            min={1}
            allowDecimal={false}
            value={ttl.n}
            readOnly={readOnly}
            onChange={(n) => change({ ttl: { ...ttl, n: Number(n) || 1 } })}
          />
          <Select
            className={classes.grow ?? ''}
            aria-label={t('sending.form.unit')}
            data={(['minute', 'hour', 'day'] as const).map((unit) => ({
              value: unit,
              label: t(`sending.form.unit.${unit}`),
            }))}
            value={ttl.unit}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(unit) => unit && change({ ttl: { ...ttl, unit } })}
          />
        </div>
      ) : null}
      {choices.length > 0 ? (
        <Select
          label={t('sending.message.addresses')}
          data={[
            asMessage,
            ...choices.map((each) => ({
              value: each,
              label: t(`sending.message.addresses.${each}`),
            })),
          ]}
          value={addresses ?? MESSAGE}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(next) => change({ addresses: choices.find((each) => each === next) })}
        />
      ) : null}
    </div>
  );
}

/** A choice of its own in the lists, and no value on the wire. */
const MESSAGE = 'message';
const PRIORITIES = ['low', 'normal', 'high'] as const;

function hoursOf(kind: string | null): SendTermsView['send_hours'] {
  if (kind === 'own') return USUAL_HOURS;
  return kind === 'workspace' || kind === 'any' ? kind : undefined;
}
