import type { Db } from '../db/index.ts';
import { MOST_EXAMPLES, MOST_PATHS } from './sample-params.ts';

export interface SampleRow {
  typeId: number;
  path: string;
  types: string[];
  /** JSON texts. */
  examples: string[];
}

/**
 * Joins what was seen with what is known: types add up, the first examples stay. Rows in the order
 * of the key, so that two processes that flush at once take turns.
 */
export async function writeSamples(
  db: Db,
  { samples, now }: { samples: SampleRow[]; now: Date },
): Promise<void> {
  if (samples.length === 0) return;
  const rows = samples.toSorted((a, b) => a.typeId - b.typeId || (a.path < b.path ? -1 : 1));
  await db.query(
    `with seen as (
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as seen (type_id, path, types, examples)
     ),
     ranked as (
       select seen.*, known.path is not null as is_known,
              row_number() over (partition by type_id, known.path is null order by seen.path)
              + (select count(*) from event_type_params p where p.event_type_id = type_id) as rank
         from seen
         left join event_type_params known on known.event_type_id = type_id and known.path = seen.path
     )
     insert into event_type_params as known (event_type_id, path, types, examples, first_seen_at, last_seen_at)
     select type_id, path, string_to_array(types, ','), examples::jsonb, $5, $5
       from ranked
      where (is_known or rank <= $6) and exists (select from event_types where id = type_id)
      order by type_id, path
         on conflict on constraint event_type_params_pkey do update
        set types = array(select distinct type from unnest(known.types || excluded.types) as type order by type),
            examples = (select coalesce(jsonb_agg(example order by first), '[]')
                          from (select example, min(n) as first
                                  from jsonb_array_elements(known.examples || excluded.examples)
                                       with ordinality as example (example, n)
                                 group by example
                                 order by first
                                 limit $7) merged),
            last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)`,
    [
      rows.map((row) => row.typeId),
      rows.map((row) => row.path),
      rows.map((row) => row.types.toSorted().join(',')),
      rows.map((row) => `[${row.examples.join(',')}]`),
      now,
      MOST_PATHS,
      MOST_EXAMPLES,
    ],
  );
}
