import type { CampaignSchedule } from '@perennial/contracts';

export type ScheduleKind = CampaignSchedule['kind'];

/** A schedule of this kind that keeps what the one before said of its time. */
export function scheduleOf(
  kind: ScheduleKind,
  before: CampaignSchedule,
  now: Date,
): CampaignSchedule {
  if (kind === 'now') return { kind };
  const { time, zone } =
    before.kind === 'now' ? { time: '10:00', zone: 'workspace' as const } : before;
  if (kind === 'once') {
    const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
    return { kind, date: tomorrow, time, zone };
  }
  return { kind, every: 'week', weekdays: [1], day: 1, time, zone };
}
