import type { Json, JsonObject, PeriodKind } from '@perennial/conditions';
import { useText } from '../../app/text.tsx';
import { isDay, shiftDay } from './days.ts';
import {
  isCounted,
  isZoned,
  periodKind,
  periodKindsOf,
  unitsOf,
  withPeriodKind,
  type PeriodUse,
} from './period.ts';
import { plainText } from './plain-text.ts';
import { NumberField, Pick } from './small-inputs.tsx';
import { MomentField } from './ValueFields.tsx';
import { ZonePick } from './ZonePick.tsx';
import classes from './Conditions.module.css';

interface PeriodFieldsProps {
  period: JsonObject;
  use: PeriodUse;
  onChange: (period: JsonObject) => void;
}

/** When: a kind of period with its numbers or days, and the zone where it makes a difference. */
export function PeriodFields({ period, use, onChange }: PeriodFieldsProps) {
  const t = useText();
  const kind = periodKind(period);
  const put = (member: string, value: Json | undefined) => {
    const { [member]: _, ...rest } = period;
    onChange(value === undefined ? rest : { ...rest, [member]: value });
  };
  return (
    <>
      {use === 'streak' ? (
        <span className={classes.word}>{t('conditions.period.previous')}</span>
      ) : (
        <Pick
          label={t('conditions.period')}
          options={periodKindsOf(use).map((each) => ({
            value: each,
            label: t(`conditions.period.${each}`),
          }))}
          value={kind}
          onChange={(next) => onChange(withPeriodKind(period, next as PeriodKind, use))}
        />
      )}
      {isCounted(kind) ? (
        <NumberField
          whole
          min={1}
          label={t('conditions.period.n')}
          value={period['n']}
          onChange={(n) => put('n', n)}
        />
      ) : null}
      {unitsOf(kind, use).length > 0 ? (
        <Pick
          label={t('conditions.period.unit')}
          options={unitsOf(kind, use).map((unit) => ({
            value: unit,
            label: t(
              `conditions.${kind === 'last' || kind === 'longer_ago' || kind === 'next' ? 'rolling' : 'unit'}.${unit}` as never,
              { n: kind === 'this' ? 1 : Number(period['n'] ?? 2) },
            ),
          }))}
          value={plainText(period['unit'])}
          onChange={(unit) => put('unit', unit)}
        />
      ) : null}
      {kind === 'longer_ago' ? (
        <span className={classes.word}>{t('conditions.period.ago')}</span>
      ) : null}
      {kind === 'between' ? <Between period={period} put={put} /> : null}
      {kind === 'before' || kind === 'after' ? (
        <MomentField
          label={t('conditions.period.day')}
          value={period['at']}
          onChange={(at) => put('at', at)}
        />
      ) : null}
      {isZoned(kind) ? (
        <ZonePick zone={period['zone']} onChange={(zone) => put('zone', zone)} />
      ) : null}
    </>
  );
}

interface BetweenProps {
  period: JsonObject;
  put: (member: string, value: Json | undefined) => void;
}

/** Both days are meant; the language leaves the end out. */
function Between({ period: { from, to }, put }: BetweenProps) {
  const t = useText();
  return (
    <>
      <MomentField label={t('conditions.from')} value={from} onChange={(day) => put('from', day)} />
      <span className={classes.word}>{t('conditions.and')}</span>
      <MomentField
        label={t('conditions.to')}
        value={isDay(to) ? shiftDay(to, -1) : to}
        onChange={(day) => put('to', isDay(day) ? shiftDay(day, 1) : day)}
      />
    </>
  );
}
