import type { EventTypeStats } from '@perennial/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useRead } from '../../../../app/data.ts';
import { useText } from '../../../../app/text.tsx';
import classes from './StartPreview.module.css';

const DAYS = 7;

/** How often an event happened in the last days. */
export function EventVolume({ event }: { event: string }) {
  const t = useText();
  const [asked] = useDebouncedValue(event, 600);
  const { data } = useRead<EventTypeStats>(`/event_types/${encodeURIComponent(asked)}/stats`, {
    query: { days: DAYS },
    enabled: asked === event,
  });
  if (!data) return null;
  const count = data.days.reduce((sum, day) => sum + day.count, 0);
  return <p className={classes.line}>{t('startForms.happened', { count })}</p>;
}
