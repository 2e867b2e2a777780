import { Select } from '@mantine/core';
import type { Event } from '@perennial/contracts';
import { exactTime } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../Workflows.module.css';

interface EventChoiceProps {
  contact: string | null;
  /** Type by which the workflow starts. */
  event: string;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** So many of the newest are offered. */
const OFFERED = 50;

/** One of the contact's own events, the newest first. */
export function EventChoice({ contact, event, value, onChange }: EventChoiceProps) {
  const t = useText();
  const intl = useIntl();
  const found = useList<Event>('/events', {
    query: { contact: contact ?? '', type: event, limit: OFFERED },
    enabled: contact !== null,
    keepPrevious: false,
  });
  if (contact !== null && !found.loading && found.items.length === 0) {
    return (
      <p className={classes.note} style={{ margin: 0 }}>
        {t('workflows.test.event.none', { event })}
      </p>
    );
  }
  return (
    <Select
      label={t('workflows.test.event')}
      placeholder={t('workflows.test.event.choose', { count: found.items.length })}
      disabled={contact === null}
      value={value}
      onChange={onChange}
      data={found.items.map(({ id, occurred_at: at, params }) => ({
        value: id,
        label: `${exactTime(intl, new Date(at))} · ${JSON.stringify(params).slice(0, 80)}`,
      }))}
    />
  );
}
