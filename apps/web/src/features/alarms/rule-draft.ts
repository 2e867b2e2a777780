import type { AlarmRule } from '@perennial/contracts';

/** A rule while it is being written; texts of IDs are empty where nothing is chosen. */
export interface RuleDraft {
  kind: AlarmRule['series']['kind'];
  event: string;
  workflow: string;
  channel: string;
  message: string;
  tag: string;
  period: AlarmRule['period'];
  direction: AlarmRule['direction'];
  threshold: 'number' | 'usual';
  value: number;
  tolerance: number;
}

export const NEW_RULE: RuleDraft = {
  kind: 'event',
  event: '',
  workflow: '',
  channel: '',
  message: '',
  tag: '',
  period: 'hour',
  direction: 'below',
  threshold: 'usual',
  value: 1,
  tolerance: 4,
};

export function draftOf({ series, threshold, ...rest }: AlarmRule): RuleDraft {
  const named: Partial<Record<'event' | 'workflow' | 'channel' | 'message' | 'tag', string>> = {
    ...(series as object),
  };
  return {
    ...NEW_RULE,
    kind: series.kind,
    event: named.event ?? '',
    workflow: named.workflow ?? '',
    channel: named.channel ?? '',
    message: named.message ?? '',
    tag: named.tag ?? '',
    ...rest,
    threshold: threshold.kind,
    ...(threshold.kind === 'number'
      ? { value: threshold.value }
      : { tolerance: threshold.tolerance }),
  };
}

/** The rule, once it says what is counted. */
export function ruleOf(draft: RuleDraft): AlarmRule | null {
  const series = seriesOf(draft);
  if (!series) return null;
  const { period, direction, threshold, value, tolerance } = draft;
  return {
    series,
    period,
    direction,
    threshold: threshold === 'number' ? { kind: 'number', value } : { kind: 'usual', tolerance },
  };
}

function seriesOf(draft: RuleDraft): AlarmRule['series'] | null {
  const { kind, event, workflow, channel, message, tag } = draft;
  if (kind === 'event') return event === '' ? null : { kind, event };
  if (kind === 'sends') {
    return { kind, ...(channel && { channel }), ...(message && { message }), ...(tag && { tag }) };
  }
  return { kind, ...(workflow && { workflow }) };
}
