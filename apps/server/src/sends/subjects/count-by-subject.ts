import type { z } from 'zod';
import type { subjectCountSchema } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { readTypeIds } from '../../events/index.ts';

type CountedSubject = z.output<typeof subjectCountSchema>;

interface SubjectsAsked {
  workspaceId: number;
  of: { message: number } | { campaign: number };
  /** Sends that were decided from then on. */
  from: Date;
}

/** No type has this ID: nothing of the kind ever happened. */
const NO_TYPE = 0;
const MOST_SUBJECTS = 500;

/**
 * What became of sends by the subject they had. Those of a language are counted together by what was
 * written, whatever the version and the place in its list. Indexes sends_by_message or sends_of_campaign,
 * deliveries_pkey, and of the facts events_by_type from `from` on.
 */
export async function countBySubject(
  db: Db,
  { workspaceId, of, from }: SubjectsAsked,
): Promise<CountedSubject[]> {
  const types = await readTypeIds(db, { workspaceId });
  const [param, id] = 'message' in of ? ['message', of.message] : ['campaign', of.campaign];
  const { rows } = await db.query<CountedSubject>(
    `with acts as (
       select e.contact_id, e.params ->> 'send' as send,
              bool_or(not e.params ? 'machine') as opened,
              bool_or(e.event_type_id = $4 and not e.params ? 'machine') as clicked,
              bool_or(e.event_type_id = $4) as any_click
         from events e
        where e.event_type_id in ($3, $4) and e.occurred_at >= $5 and e.params ->> '${param}' = $2::bigint::text
        group by e.contact_id, e.params ->> 'send'
     ), by_place as (
       select s.message_id, s.message_version, s.language, d.subject as place,
              count(*) as sent,
              count(*) filter (where acts.opened) as opened,
              count(*) filter (where acts.opened is not null) as opened_with_machines,
              count(*) filter (where acts.clicked) as clicked,
              count(*) filter (where acts.any_click) as clicked_with_machines,
              count(*) filter (where s.status = 'unsubscribed') as unsubscribed,
              count(*) filter (where s.status = 'complained') as complained
         from sends s
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id and d.subject is not null
         left join acts on acts.contact_id = s.contact_id and acts.send = s.id::text
        where s.workspace_id = $1 and s.${param}_id = $2 and s.created_at >= $5
          and s.decision = 'sent' and s.status <> 'queued' and not s.test
        group by s.message_id, s.message_version, s.language, d.subject
     ), worded as (
       select by_place.*,
              case place when 0 then v.content -> language ->> 'subject'
                         else v.content -> language -> 'more_subjects' ->> place - 1 end as text
         from by_place
         join message_versions v on v.message_id = by_place.message_id and v.version = by_place.message_version
     )
     select message_id as message, language, text,
            sum(sent)::bigint as sent,
            sum(opened)::bigint as opened, sum(opened_with_machines)::bigint as opened_with_machines,
            sum(clicked)::bigint as clicked, sum(clicked_with_machines)::bigint as clicked_with_machines,
            sum(unsubscribed)::bigint as unsubscribed, sum(complained)::bigint as complained
       from worded
      where text is not null
      group by message_id, language, text
      order by message_id, language, (array_agg(message_version order by message_version desc))[1] desc,
               (array_agg(place order by message_version desc))[1]
      limit $6`,
    [
      workspaceId,
      id,
      types.get('MessageOpened') ?? NO_TYPE,
      types.get('MessageClicked') ?? NO_TYPE,
      from,
      MOST_SUBJECTS,
    ],
  );
  return rows;
}
