import type { z } from 'zod';
import type { subjectCountSchema } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { aboutMessageSql, readTypeIds } from '../../events/index.ts';

type CountedSubject = z.output<typeof subjectCountSchema>;

interface SubjectsAsked {
  workspaceId: number;
  of: { message: number } | { campaign: number; messages: readonly number[] };
  /** Sends that were decided from then on. */
  from: Date;
}

/** No type has this ID: nothing of the kind ever happened. */
const NO_TYPE = 0;
const MOST_SUBJECTS = 500;

const OF_CAMPAIGN = `e.params ->> 'campaign' = $2::bigint::text`;

/**
 * What became of sends by the subject they had. Those of a language are counted together by what was
 * written, whatever the version and the place in its list. Indexes sends_by_message or sends_of_campaign,
 * deliveries_of_send, and of the facts events_of_message, from `from` on.
 */
export async function countBySubject(
  db: Db,
  { workspaceId, of, from }: SubjectsAsked,
): Promise<CountedSubject[]> {
  const types = await readTypeIds(db, { workspaceId });
  const about = aboutMessageSql('e', '$7::text[]');
  const [param, id, messages, acts] =
    'message' in of
      ? ['message', of.message, [of.message], about]
      : ['campaign', of.campaign, of.messages, `${about} and ${OF_CAMPAIGN}`];
  if (!(await haveSeveral(db, messages))) return [];
  const { rows } = await db.query<CountedSubject>(
    `with sent as (
       select s.contact_id, s.id::text as send, s.message_id, s.message_version, s.language, s.status, d.subject as place
         from sends s
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id and d.subject is not null
        where s.workspace_id = $1 and s.${param}_id = $2 and s.created_at >= $5
          and s.decision = 'sent' and s.status <> 'queued' and not s.test
     ), acts as (
       select e.contact_id, e.params ->> 'send' as send, not e.params ? 'machine' as by_person,
              e.event_type_id = $4 as click
         from events e
        where e.event_type_id in ($3, $4) and e.occurred_at >= $5 and ${acts}
     ), by_send as (
       -- Grouped rather than joined: joined by what is computed, the planner expects one row of each and
       -- would compare every send with every act.
       select contact_id, send, max(message_id) as message_id, max(message_version) as message_version,
              max(language) as language, max(place) as place, max(status) as status,
              bool_or(by_person) as opened, bool_or(by_person is not null) as opened_with_machines,
              bool_or(click and by_person) as clicked, bool_or(click) as clicked_with_machines
         from (select contact_id, send, message_id, message_version, language, place, status,
                      null::boolean as by_person, null::boolean as click
                 from sent
               union all
               select contact_id, send, null, null, null, null, null, by_person, click from acts) each
        group by contact_id, send
       having max(message_id) is not null
     ), by_place as (
       select message_id, message_version, language, place,
              count(*) as sent,
              count(*) filter (where opened) as opened,
              count(*) filter (where opened_with_machines) as opened_with_machines,
              count(*) filter (where clicked) as clicked,
              count(*) filter (where clicked_with_machines) as clicked_with_machines,
              count(*) filter (where status = 'unsubscribed') as unsubscribed,
              count(*) filter (where status = 'complained') as complained
         from by_send
        group by message_id, message_version, language, place
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
      messages.map(String),
    ],
  );
  return rows;
}

/** Whether any version has several: most have not, and their sends need not be read. Index message_versions_pkey. */
async function haveSeveral(db: Db, messages: readonly number[]): Promise<boolean> {
  const { rows } = await db.query<{ several: boolean }>(
    `select exists (select from message_versions
                     where message_id = any($1::bigint[]) and subjects is not null) as several`,
    [messages],
  );
  return rows[0]!.several;
}
