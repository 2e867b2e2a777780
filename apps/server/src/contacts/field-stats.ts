import type { fieldStatsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Pool } from '../db/index.ts';
import { countContacts } from './count-contacts.ts';
import { PLATFORMS_OF_CONTACT } from './device-platforms.ts';
import type { FieldRule } from './normalize-value.ts';

type FieldStats = z.output<typeof fieldStatsSchema>;

/** Up to here every card is read; of more, about so many. */
const MOST_READ = 20_000;
const MOST_VALUES = 10;

/** Types and system fields of which the frequent values say something, and about nobody. */
const CHOICE_LIKE = new Set(['boolean', 'choice', 'multiple_choice', 'language', 'time_zone']);
const CHOICE_LIKE_FIELDS = new Set(['country', 'gender']);

/** How many contacts have a value, and the most frequent ones. */
export async function readFieldStats(
  db: Pool,
  { workspaceId, field, rule }: { workspaceId: number; field: string; rule: FieldRule },
): Promise<FieldStats> {
  const { total, exact } = await countContacts(db, { workspaceId, identified: false });
  const sampled = total > MOST_READ;
  const cards = cardsOf(field, sampled ? (100 * MOST_READ) / total : 100);
  const { rows } = await db.query<{ n: number; filled: number }>(
    `select count(*)::int as n, count(value)::int as filled from (${cards}) card`,
    [workspaceId, ...valuesOf(field)],
  );
  const { n, filled } = rows[0]!;
  const scale = sampled && n > 0 ? total / n : 1;
  const hasTop = CHOICE_LIKE.has(rule.type) || CHOICE_LIKE_FIELDS.has(field);
  const top = hasTop ? await readTop(db, { workspaceId, field, cards }) : [];
  return {
    field,
    contacts: Math.round(filled * scale),
    of: total,
    looked_at: n,
    exact: exact && !sampled,
    top: top.map((row) => ({ ...row, contacts: Math.round(row.contacts * scale) })),
  };
}

/** The value of each card; whole pages of the table are drawn, so that a sample costs a sample. */
function cardsOf(field: string, percent: number): string {
  const value = columnOf(field) ?? 'fields -> $2';
  const drawn = percent < 100 ? `tablesample system (${percent.toFixed(6)})` : '';
  return `select ${value} as value from contacts ${drawn} where workspace_id = $1 and deleted_at is null`;
}

/** Where the values of a field lie that is not among the others of a card. */
const COLUMNS: Record<string, string> = {
  email: 'to_jsonb(email)',
  phone: 'to_jsonb(phone)',
  source: 'to_jsonb(source)',
  device_platform: PLATFORMS_OF_CONTACT,
};

function columnOf(field: string): string | undefined {
  return Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
}

function valuesOf(field: string): string[] {
  return columnOf(field) === undefined ? [field] : [];
}

async function readTop(
  db: Db,
  { workspaceId, field, cards }: { workspaceId: number; field: string; cards: string },
): Promise<FieldStats['top']> {
  const { rows } = await db.query<{ value: string; contacts: number }>(
    `select each.value #>> '{}' as value, count(*)::int as contacts
       from (${cards}) card
       cross join lateral jsonb_array_elements(
         case jsonb_typeof(card.value) when 'array' then card.value else jsonb_build_array(card.value) end) each
      where card.value is not null
      group by 1
      order by 2 desc, 1
      limit ${MOST_VALUES}`,
    [workspaceId, ...valuesOf(field)],
  );
  return rows;
}
