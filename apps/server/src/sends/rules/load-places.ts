import { rollingMs } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { loadMessageLabels, type MessageLabels } from '../../messages/index.ts';
import type { Place } from '../gates/places.ts';
import type { FrequencyRuleRow } from './rule-queries.ts';

interface PlaceRow {
  contact_id: number;
  id: number;
  at: Date;
  message_id: number;
  channel: string;
  transactional: boolean;
  priority: number;
  waits: boolean;
}

/** A month, and the day by which zones differ. */
const LONGEST_UNIT_MS = 33 * 24 * 3_600_000;

/** How far back these rules look. */
export function longestWindowMs(rules: readonly Pick<FrequencyRuleRow, 'time_window'>[]): number {
  return Math.max(
    ...rules.map(({ time_window: window }) =>
      window.type === 'rolling' ? rollingMs(window) : LONGEST_UNIT_MS,
    ),
  );
}

/**
 * What counts for these contacts by these rules: what was decided to leave since the longest of
 * their windows began, and what waits; by contact. Index: sends_counting.
 */
export async function loadPlaces(
  db: Db,
  {
    contactIds,
    rules,
    now,
  }: { contactIds: readonly number[]; rules: readonly FrequencyRuleRow[]; now: Date },
): Promise<Map<number, Place[]>> {
  if (rules.length === 0 || contactIds.length === 0) return new Map();
  const { rows } = await db.query<PlaceRow>({
    name: 'load_counting_sends',
    text: `select contact_id, id, counts_at as at, message_id, channel, transactional, priority,
                  decision = 'held' as waits
             from sends where contact_id = any($1::bigint[]) and counts_at > $2`,
    values: [contactIds, new Date(now.getTime() - longestWindowMs(rules))],
  });
  const labels = await loadLabels(db, { rules, messageIds: rows.map((row) => row.message_id) });
  const places = rows.map((row) => ({ contactId: row.contact_id, place: placeOf(row, labels) }));
  const byContact = Map.groupBy(places, ({ contactId }) => contactId);
  return new Map([...byContact].map(([id, found]) => [id, found.map(({ place }) => place)]));
}

/** Tags and categories as the messages have them now; read only if a rule asks for some. */
export async function loadLabels(
  db: Db,
  { rules, messageIds }: { rules: readonly FrequencyRuleRow[]; messageIds: readonly number[] },
): Promise<Map<number, MessageLabels>> {
  const isAsked = rules.some((rule) => rule.tag_ids.length > 0 || rule.category_ids.length > 0);
  return isAsked ? loadMessageLabels(db, { ids: messageIds }) : new Map();
}

function placeOf(row: PlaceRow, labels: Map<number, MessageLabels>): Place {
  const { tagIds = [], categoryIds = [] } = labels.get(row.message_id) ?? {};
  return {
    at: row.at.getTime(),
    sendId: row.id,
    messageId: row.message_id,
    channel: row.channel,
    transactional: row.transactional,
    priority: row.priority,
    waits: row.waits,
    tagIds,
    categoryIds,
  };
}
