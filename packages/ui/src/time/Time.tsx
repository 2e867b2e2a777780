import { Tooltip } from '@mantine/core';
import { useIntl, type IntlShape } from 'react-intl';
import { useUiText } from '../use-ui-text.ts';
import { relativeTime } from './relative-time.ts';
import { useNow } from './use-now.ts';
import classes from './Time.module.css';

type TimeStyle = 'relative' | 'exact' | 'clock' | 'full';

interface TimeProps {
  /** ISO 8601 instant; nothing is shown for null. */
  at: string | null | undefined;
  /**
   * `relative` says "5 min ago", `exact` the date and time, `clock` the time to the second, `full`
   * all of it with the zone, for what is kept or quoted.
   */
  style?: TimeStyle;
}

/** An instant in the user's format and zone; the exact instant with its zone on hover. */
export function Time({ at, style = 'relative' }: TimeProps) {
  const intl = useIntl();
  const text = useUiText();
  const now = useNow();
  if (!at) return null;
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  const label = style === 'relative' ? relativeLabel(intl, date, now, text('ui.time.now')) : null;
  return (
    <Tooltip label={exactTime(intl, date)}>
      <time dateTime={at} className={classes.time}>
        {label ?? absolute[style === 'relative' ? 'exact' : style](intl, date)}
      </time>
    </Tooltip>
  );
}

function relativeLabel(intl: IntlShape, date: Date, now: number, justNow: string): string {
  const said = relativeTime(date.getTime(), Math.max(now, Date.now()));
  if (said.kind === 'now') return justNow;
  if (said.kind === 'relative') {
    return intl.formatRelativeTime(said.value, said.unit, { style: 'narrow' });
  }
  return intl.formatDate(date, {
    day: 'numeric',
    month: 'short',
    ...(said.withYear ? { year: 'numeric' } : {}),
  });
}

const absolute = { exact: shortTime, clock: clockTime, full: exactTime };

function clockTime(intl: IntlShape, date: Date): string {
  return intl.formatTime(date, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

function shortTime(intl: IntlShape, date: Date): string {
  return intl.formatDate(date, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Date, time to the second and zone: what a person quotes. */
export function exactTime(intl: IntlShape, date: Date): string {
  return intl.formatDate(date, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
}
