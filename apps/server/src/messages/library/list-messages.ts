import type { Db } from '../../db/index.ts';
import { COLUMNS, FROM, whole, type MessageRow } from '../queries.ts';

/** What lists are sorted by: the expression, and the type that a cursor gives its value. */
const SORTINGS = {
  created_at: { expression: 'm.id', type: 'bigint' },
  updated_at: { expression: 'm.updated_at', type: 'timestamptz' },
  name: { expression: 'lower(m.name)', type: 'text' },
  last_sent_at: {
    // Those that were never sent come first, or last the other way round.
    expression: `coalesce(last_sent.at, 'epoch'::timestamptz)`,
    type: 'timestamptz',
  },
} as const;

export type MessageSort = keyof typeof SORTINGS;
export const MESSAGE_SORTS = Object.keys(SORTINGS) as MessageSort[];

/** The last of a page: the value it was sorted by, and its ID. */
export type MessagePosition = [value: string | number, id: number];

export interface MessageFilter {
  workspaceId: number;
  /** A part of the name, of a tag or of what is written in it; or its key or ID. */
  search?: string | undefined;
  channels?: readonly string[] | undefined;
  tag?: string | undefined;
  /** A key. */
  category?: string | undefined;
  language?: string | undefined;
  /** Only these, or all but these. */
  used?: { is: boolean; ids: readonly number[] } | undefined;
  template?: boolean | undefined;
  archived: boolean;
}

export interface ListedRow extends MessageRow {
  languages: string[];
  subject: string;
  sort_value: string | number;
}

const WHICH = `m.workspace_id = $1
   and ($2::text is null or position($2 in lower(m.name)) > 0 or m.key = $2 or m.id::text = $2
     or exists (select from tag_links l join tags t on t.id = l.tag_id
                 where l.object_kind = 'message' and l.object_id = m.id
                   and position($2 in lower(t.name)) > 0)
     or exists (select from jsonb_path_query(v.content, '$.*.keyvalue() ? (@.key != "design" && @.key != "mjml" && @.key != "html").value') as written
                 where position($2 in lower(written #>> '{}')) > 0)
     or exists (select from jsonb_path_query(v.compiled, '$.*.text') as words
                 where position($2 in lower(words #>> '{}')) > 0))
   and ($3::text[] is null or m.channel = any($3))
   and ($4::text is null or exists (
         select from tag_links l join tags t on t.id = l.tag_id
          where l.object_kind = 'message' and l.object_id = m.id and lower(t.name) = lower($4)))
   and ($5::text is null or exists (
         select from message_categories link join categories c on c.id = link.category_id
          where link.message_id = m.id and c.key = $5))
   and ($6::text is null or v.content ? $6)
   and ($7::boolean is null or (m.id = any($8::bigint[])) = $7)
   and ($9::boolean is null or m.template = $9)
   and (m.archived_at is not null) = $10`;

function valuesOf(filter: MessageFilter): unknown[] {
  return [
    filter.workspaceId,
    filter.search?.trim().toLowerCase() || null,
    filter.channels ?? null,
    filter.tag ?? null,
    filter.category ?? null,
    filter.language ?? null,
    filter.used?.is ?? null,
    filter.used?.ids ?? [],
    filter.template ?? null,
    filter.archived,
  ];
}

export interface MessageList extends MessageFilter {
  sort: MessageSort;
  descending: boolean;
  /** For the sorting by it. */
  lastSent: ReadonlyMap<number, Date>;
  withContent: boolean;
  after?: MessagePosition | undefined;
  limit: number;
}

/** A workspace has thousands of messages at most: the key's index brings them all. */
export async function listMessages(
  db: Db,
  { sort, descending, lastSent, withContent, after, limit, ...filter }: MessageList,
): Promise<ListedRow[]> {
  const { expression, type } = SORTINGS[sort];
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { rows } = await db.query<ListedRow>(
    `with last_sent as (
       select * from unnest($11::bigint[], $12::timestamptz[]) as last_sent (id, at)
     )
     select ${withContent ? COLUMNS : COLUMNS.replace('v.content,', 'null as content,')},
            ${expression} as sort_value,
            array(select jsonb_object_keys(v.content)) as languages,
            left(coalesce(v.content -> m.default_language ->> 'subject',
                          v.content -> m.default_language ->> 'title',
                          v.content -> m.default_language ->> 'text', ''), 300) as subject
       ${FROM}
       left join last_sent on last_sent.id = m.id
      where ${WHICH}
        and ($13::${type} is null or (${expression}, m.id) ${beyond} ($13, $14::bigint))
      order by ${expression} ${direction}, m.id ${direction}
      limit $15`,
    [
      ...valuesOf(filter),
      [...lastSent.keys()],
      [...lastSent.values()],
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({ ...row, ...whole(row) }));
}

/** Where a page that ends with this message goes on. */
export function positionOf({ sort_value: value, id }: ListedRow): MessagePosition {
  // The driver answers instants as such.
  return [
    (value as unknown) instanceof Date ? (value as unknown as Date).toISOString() : value,
    id,
  ];
}

/** How many there are, whatever the page. */
export async function countMessages(db: Db, filter: MessageFilter): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n ${FROM} where ${WHICH}`,
    valuesOf(filter),
  );
  return rows[0]!.n;
}

/** IDs of all that were ever made. */
export async function listMessageIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from messages where workspace_id = $1`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}
