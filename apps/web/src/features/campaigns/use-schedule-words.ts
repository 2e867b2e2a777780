import type { CampaignSchedule } from '@perennial/contracts';
import { useIntl, type IntlShape } from 'react-intl';
import { useText } from '../../app/text.tsx';

type Later = Exclude<CampaignSchedule, { kind: 'now' }>;

/** When a campaign sends that waits for its time, as a sentence. */
export function useScheduleWords(): (schedule: Later) => string {
  const t = useText();
  const intl = useIntl();
  return (schedule) => {
    const { zone } = schedule;
    const time = timeWords(intl, schedule.time);
    if (schedule.kind === 'once') {
      const date = intl.formatDate(`${schedule.date}T00:00:00Z`, {
        dateStyle: 'long',
        timeZone: 'UTC',
      });
      return t('campaigns.start.once', { date, time, zone });
    }
    const { every, day } = schedule;
    const weekdays = intl.formatList(schedule.weekdays.map((each) => weekday(intl, each)));
    return t('campaigns.start.recurring', { every, day, weekdays, time, zone });
  };
}

/** `09:30` as people write it. */
function timeWords(intl: IntlShape, time: string): string {
  return intl.formatDate(`2024-01-01T${time}:00Z`, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });
}

/** ISO weekday by name; the first of January 2024 was a Monday. */
function weekday(intl: IntlShape, day: number): string {
  return intl.formatDate(Date.UTC(2024, 0, day), { weekday: 'long', timeZone: 'UTC' });
}
