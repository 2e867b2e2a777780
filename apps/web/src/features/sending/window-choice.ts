import type { FrequencyRuleDraft, FrequencyWindow } from '@perennial/contracts';

/** What a window can be, in one list: so many units, or a unit of the calendar. */
export const WINDOW_CHOICES = ['hour', 'day', 'week', 'cal_day', 'cal_week', 'cal_month'] as const;
export type WindowChoice = (typeof WINDOW_CHOICES)[number] | 'minute';
export const GAP_CHOICES = ['minute', 'hour', 'day', 'week'] as const;

export function choiceOf(window: FrequencyWindow): WindowChoice {
  return window.type === 'rolling' ? window.unit : `cal_${window.unit}`;
}

/** The window that is chosen, as much of the one before as still means something. */
export function windowOf(choice: WindowChoice, before: FrequencyWindow): FrequencyWindow {
  const n = before.type === 'rolling' ? before.n : 1;
  const zone = before.type === 'calendar' ? before.zone : 'contact';
  switch (choice) {
    case 'cal_day':
      return { type: 'calendar', unit: 'day', zone };
    case 'cal_week':
      return { type: 'calendar', unit: 'week', zone };
    case 'cal_month':
      return { type: 'calendar', unit: 'month', zone };
    default:
      return { type: 'rolling', n, unit: choice };
  }
}

export const NEW_RULE: FrequencyRuleDraft = {
  kind: 'cap',
  most: 3,
  window: { type: 'rolling', n: 7, unit: 'day' },
  channels: [],
  tags: [],
  categories: [],
  each_channel: false,
  counts: 'marketing',
  when_reached: 'refuse',
  enabled: true,
};

/** Of another kind: a gap is one message in a stretch of time. */
export function ofKind(rule: FrequencyRuleDraft, kind: 'cap' | 'gap'): FrequencyRuleDraft {
  if (kind === rule.kind) return rule;
  const window: FrequencyWindow =
    kind === 'gap' ? { type: 'rolling', n: 4, unit: 'hour' } : NEW_RULE.window;
  return { ...rule, kind, window, most: kind === 'gap' ? 1 : NEW_RULE.most };
}
