import type { FrequencyRuleRow } from '../rules/rule-queries.ts';

/** A message as rules see it. */
export interface Subject {
  messageId: number;
  channel: string;
  transactional: boolean;
  tagIds: readonly number[];
  categoryIds: readonly number[];
}

/** A message of the contact that has its place, or waits for it. */
export interface Place extends Subject {
  at: number;
  /** Null: decided in this batch, and not written yet. */
  sendId: number | null;
  priority: number;
  waits: boolean;
}

/** What rules are asked about one message. */
export interface FrequencyQuestion {
  rules: readonly FrequencyRuleRow[];
  subject: Subject;
  /** Everything that counts for the contact, in any order. */
  places: readonly Place[];
  priority: number;
  /** Of a message that waited; null: it is asked about for the first time. */
  sendId: number | null;
  zones: { workspace: string; contact: string };
  /** A calendar's next day begins for everybody at midnight: what waits for it leaves over so long. */
  spread: (at: number) => number;
}

/** Whether a rule is about a message at all. */
export function isAbout(
  rule: Pick<FrequencyRuleRow, 'channels' | 'tag_ids' | 'category_ids'>,
  { channel, tagIds, categoryIds }: Subject,
): boolean {
  const shares = (wanted: readonly (number | string)[], own: readonly (number | string)[]) =>
    wanted.length === 0 || wanted.some((one) => own.includes(one));
  return (
    shares(rule.channels, [channel]) &&
    shares(rule.tag_ids, tagIds) &&
    shares(rule.category_ids, categoryIds)
  );
}

/** Whether one message takes a place that the rule gives to another. */
export function counts(rule: FrequencyRuleRow, place: Subject, subject: Subject): boolean {
  return (
    (rule.counts === 'all' || !place.transactional) &&
    (!rule.each_channel || place.channel === subject.channel) &&
    isAbout(rule, place)
  );
}
