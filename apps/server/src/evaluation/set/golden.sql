-- everyone but a list
select contacts.id
  from contacts
 where contacts.workspace_id = $3 and contacts.deleted_at is null
   and (true and not exists (select from memberships m
                   where m.contact_id = contacts.id and m.segment_id = $1::bigint
                     and m.workspace_id = $2 and m.member));
-- $1: 7
-- $2: 1
-- $3: 1


-- inactive for 9 days
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 where e.event_type_id = $1::bigint
 and e.occurred_at >= $2::timestamptz
 and e.occurred_at < $3::timestamptz
 group by e.contact_id) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $4 and contacts.deleted_at is null
   and m1.contact_id is null;
-- $1: 1
-- $2: "2026-10-05T09:30:00.001Z"
-- $3: "2026-10-14T09:30:00.001Z"
-- $4: 1


-- inactive for 9 days, for recomputation
select id, member, changes_at
  from (select contacts.id, coalesce(coalesce(m1.passes, true), false) as member, m1.changes_at as changes_at
          from contacts
left join (
 select fact.contact_id as contact_id, coalesce(count(*) = $5::bigint, false) as passes,
        case when not (count(*) < $5::bigint or 0 > $5::bigint or (0 >= $5::bigint and count(*) <= $5::bigint)) then (max(fact.at)) + $4::interval end as changes_at
 from (select e.contact_id as contact_id, e.occurred_at as at
 from events e
 where e.event_type_id = $1::bigint
 and e.occurred_at >= $2::timestamptz
 and e.occurred_at < $3::timestamptz) as fact
 group by fact.contact_id) m1 on m1.contact_id = contacts.id
         where contacts.workspace_id = $6 and contacts.deleted_at is null) answers
 where member or changes_at is not null;
-- $1: 1
-- $2: "2026-10-05T09:30:00.001Z"
-- $3: "2026-10-14T09:30:00.001Z"
-- $4: "777600000 milliseconds"
-- $5: "0"
-- $6: 1


-- was active, now silent
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 where e.event_type_id = $1::bigint
 group by e.contact_id
 having max(e.occurred_at) < $2::timestamptz) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $3 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 1
-- $2: "2026-10-05T09:30:00.001Z"
-- $3: 1


-- was active, now silent, for recomputation
select id, member, changes_at
  from (select contacts.id, coalesce(coalesce(m1.passes, false), false) as member, m1.changes_at as changes_at
          from contacts
left join (
 select fact.contact_id as contact_id, coalesce((true and max(fact.at) < $2::timestamptz), false) as passes,
        case when (true and max(fact.at) < $2::timestamptz) then null::timestamptz when not (max(fact.at) < $2::timestamptz) then (max(fact.at)) + $3::interval end as changes_at
 from (select e.contact_id as contact_id, e.occurred_at as at
 from events e
 where e.event_type_id = $1::bigint) as fact
 group by fact.contact_id) m1 on m1.contact_id = contacts.id
         where contacts.workspace_id = $4 and contacts.deleted_at is null) answers
 where member or changes_at is not null;
-- $1: 1
-- $2: "2026-10-05T09:30:00.001Z"
-- $3: "777600000 milliseconds"
-- $4: 1


-- was active, now silent, by the kept times, for recomputation
select id, member, changes_at
  from (select contacts.id, coalesce(coalesce(m1.passes, false), false) as member, m1.changes_at as changes_at
          from contacts
left join (
 select fact.contact_id as contact_id, coalesce((true and fact.at < $2::timestamptz), false) as passes,
        case when (true and fact.at < $2::timestamptz) then null::timestamptz when not (fact.at < $2::timestamptz) then (fact.at) + $3::interval end as changes_at
 from (select k.contact_id as contact_id, k.last_at as at, k.n as stands_for
 from kept_times k
 where k.event_type_id = $1::bigint and k.n > 0) as fact) m1 on m1.contact_id = contacts.id
         where contacts.workspace_id = $4 and contacts.deleted_at is null) answers
 where member or changes_at is not null;
-- $1: 1
-- $2: "2026-10-05T09:30:00.001Z"
-- $3: "777600000 milliseconds"
-- $4: 1


-- three purchases at any time, by the kept times
select contacts.id
  from contacts
left join (
 select k.contact_id as contact_id
 from kept_times k
 where k.event_type_id = $1::bigint and k.n > 0
 and k.n >= $2::bigint) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $3 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 3
-- $2: "3"
-- $3: 1


-- four weeks in a row, each with three trainings
select contacts.id
  from contacts
left join (
 select contact_id
 from (
   select e.contact_id as contact_id, width_bucket(e.occurred_at, $4::timestamptz[]) as unit, coalesce(count(*) >= $5::bigint, false) as holds
   from events e
 where e.event_type_id = $1::bigint
 and e.occurred_at >= $2::timestamptz
 and e.occurred_at < $3::timestamptz
   group by e.contact_id, width_bucket(e.occurred_at, $4::timestamptz[])) unit
 group by contact_id
 having bool_and(holds) and count(*) = 4) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $6 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 2
-- $2: "2026-09-14T00:00:00.000Z"
-- $3: "2026-10-12T00:00:00.000Z"
-- $4: "{2026-09-14T00:00:00.000Z,2026-09-21T00:00:00.000Z,2026-09-28T00:00:00.000Z,2026-10-05T00:00:00.000Z,2026-10-12T00:00:00.000Z}"
-- $5: "3"
-- $6: 1


-- burned more than 1000 in strength trainings this month
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 where e.event_type_id = $1::bigint
 and e.occurred_at >= $3::timestamptz
 and e.occurred_at < $4::timestamptz
 and (case jsonb_typeof((e.params -> $5::text)) when 'string' then nullif((e.params -> $5::text) #>> '{}', '')
     when 'number' then trim_scale(((e.params -> $5::text))::numeric)::text
     when 'boolean' then (e.params -> $5::text) #>> '{}' end) = $6::text
 and (case jsonb_typeof((e.params -> $2::text)) when 'number' then ((e.params -> $2::text))::numeric
     when 'string' then case when length((e.params -> $2::text) #>> '{}') <= 30
                              and (e.params -> $2::text) #>> '{}' ~ '^-?[0-9]+([.][0-9]+)?$'
                             then ((e.params -> $2::text) #>> '{}')::numeric end end) is not null
 group by e.contact_id
 having sum((case jsonb_typeof((e.params -> $2::text)) when 'number' then ((e.params -> $2::text))::numeric
     when 'string' then case when length((e.params -> $2::text) #>> '{}') <= 30
                              and (e.params -> $2::text) #>> '{}' ~ '^-?[0-9]+([.][0-9]+)?$'
                             then ((e.params -> $2::text) #>> '{}')::numeric end end)) > $7::numeric) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $8 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 2
-- $2: "burned"
-- $3: "2026-09-30T21:00:00.000Z"
-- $4: "2026-10-31T22:00:00.000Z"
-- $5: "kind"
-- $6: "Strength"
-- $7: "1000"
-- $8: 1


-- bought something dear, at any time
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 where e.event_type_id = $1::bigint
 and exists (select from jsonb_array_elements(case when jsonb_typeof((e.params -> $2::text)) = 'array' then (e.params -> $2::text) end) as list1 (element) where (case jsonb_typeof((list1.element -> $3::text)) when 'number' then ((list1.element -> $3::text))::numeric
     when 'string' then case when length((list1.element -> $3::text) #>> '{}') <= 30
                              and (list1.element -> $3::text) #>> '{}' ~ '^-?[0-9]+([.][0-9]+)?$'
                             then ((list1.element -> $3::text) #>> '{}')::numeric end end) > $4::numeric)
 group by e.contact_id) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $5 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 3
-- $2: "items"
-- $3: "price"
-- $4: "99.5"
-- $5: 1


-- five different lessons today, in the contact’s own zone
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 join contacts on contacts.id = e.contact_id
 where e.event_type_id = $1::bigint
 and e.occurred_at >= coalesce(($3::jsonb ->> (contacts.fields ->> 'time_zone'))::timestamptz, $4::timestamptz)
 and e.occurred_at >= $5::timestamptz
 and e.occurred_at < coalesce(($6::jsonb ->> (contacts.fields ->> 'time_zone'))::timestamptz, $7::timestamptz)
 and e.occurred_at < $8::timestamptz
 and (case jsonb_typeof((e.params -> $2::text)) when 'string' then nullif((e.params -> $2::text) #>> '{}', '')
     when 'number' then trim_scale(((e.params -> $2::text))::numeric)::text
     when 'boolean' then (e.params -> $2::text) #>> '{}' end) is not null
 group by e.contact_id
 having count(distinct (case jsonb_typeof((e.params -> $2::text)) when 'string' then nullif((e.params -> $2::text) #>> '{}', '')
     when 'number' then trim_scale(((e.params -> $2::text))::numeric)::text
     when 'boolean' then (e.params -> $2::text) #>> '{}' end)) >= $9::bigint) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $10 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 4
-- $2: "lesson"
-- $3: "{\"Asia/Tokyo\":\"2026-10-13T15:00:00.000Z\",\"America/New_York\":\"2026-10-14T04:00:00.000Z\",\"Pacific/Apia\":\"2026-10-13T11:00:00.000Z\"}"
-- $4: "2026-10-13T21:00:00.000Z"
-- $5: "2026-10-13T11:00:00.000Z"
-- $6: "{\"Asia/Tokyo\":\"2026-10-14T15:00:00.000Z\",\"America/New_York\":\"2026-10-15T04:00:00.000Z\",\"Pacific/Apia\":\"2026-10-14T11:00:00.000Z\"}"
-- $7: "2026-10-14T21:00:00.000Z"
-- $8: "2026-10-15T04:00:00.000Z"
-- $9: "5"
-- $10: 1


-- delivered and not opened
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 join sends s on s.contact_id = e.contact_id and s.id::text = e.params ->> 'send'
 where e.event_type_id = $1::bigint and not s.test and not coalesce(e.params ? 'machine', false)
 and e.occurred_at >= $2::timestamptz
 and e.occurred_at < $3::timestamptz
 and (case to_jsonb(exists (select from events other
            where other.contact_id = e.contact_id and other.event_type_id = $4::bigint
              and other.params ->> 'send' = e.params ->> 'send'
              and not coalesce(other.params ? 'machine', false))) #>> '{}' when 'true' then true when 'false' then false end) = any($5::boolean[])
 group by e.contact_id) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $6 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 6
-- $2: "2026-10-07T09:30:00.001Z"
-- $3: "2026-10-14T09:30:00.001Z"
-- $4: 7
-- $5: [false]
-- $6: 1


-- ordered twice, on an old phone, in no workflow
select contacts.id
  from contacts
left join (
 select o.contact_id as contact_id
 from orders o
 where o.workspace_id = $1::bigint
 group by o.contact_id
 having count(*) >= $2::bigint) m1 on m1.contact_id = contacts.id
left join (
 select d.contact_id as contact_id
 from devices d
 where d.workspace_id = $3::bigint
 and (case when (case jsonb_typeof(to_jsonb(d.os_version)) when 'string' then nullif(to_jsonb(d.os_version) #>> '{}', '')
     when 'number' then trim_scale((to_jsonb(d.os_version))::numeric)::text
     when 'boolean' then to_jsonb(d.os_version) #>> '{}' end) ~ '^[0-9]{1,15}([.][0-9]{1,15}){0,9}$'
                then string_to_array(regexp_replace((case jsonb_typeof(to_jsonb(d.os_version)) when 'string' then nullif(to_jsonb(d.os_version) #>> '{}', '')
     when 'number' then trim_scale((to_jsonb(d.os_version))::numeric)::text
     when 'boolean' then to_jsonb(d.os_version) #>> '{}' end), '([.]0+)+$', ''), '.')::bigint[] end) < $4::bigint[]
 group by d.contact_id) m2 on m2.contact_id = contacts.id
left join (
 select r.contact_id as contact_id
 from runs r
 where r.workspace_id = $5::bigint and r.workflow_id = $6::bigint
        and not r.test and r.state in ('waiting', 'running')
 group by r.contact_id) m3 on m3.contact_id = contacts.id
 where contacts.workspace_id = $7 and contacts.deleted_at is null
   and (m1.contact_id is not null and m2.contact_id is not null and m3.contact_id is null);
-- $1: 1
-- $2: "2"
-- $3: 1
-- $4: [15]
-- $5: 1
-- $6: "3"
-- $7: 1


-- a trial that ends within three days
select contacts.id
  from contacts
left join (
 select e.contact_id as contact_id
 from events e
 where e.event_type_id = $1::bigint
 and (select case
     when moment.kind = 'number' then (moment.text::numeric >= $3::numeric and moment.text::numeric < $4::numeric)
     when moment.kind is distinct from 'string' then null
     when moment.text ~ '^[0-9]{12,13}$' then (moment.text::numeric >= $5::numeric and moment.text::numeric < $6::numeric)
     when moment.text !~ '^([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?$' or moment.text like '0000%' then null
     when length(moment.text) = 10 then (moment.text collate "C" >= $7::text and moment.text collate "C" < $8::text)
     when moment.text ~ '([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$' then (((left(moment.text, 10)::date - date '1970-01-01') * 86400000::bigint
       + substr(moment.text, 12, 2)::int * 3600000 + substr(moment.text, 15, 2)::int * 60000
       + (case when substr(moment.text, 17, 1) = ':' then substr(moment.text, 18, 2) else '00' end)::int * 1000 + rpad(left(coalesce(substring(moment.text from '[.]([0-9]+)'), ''), 3), 3, '0')::int - (case when right(moment.text, 1) in ('Z', 'z') then 0
       else (select (case left(shift, 1) when '-' then -1 else 1 end)
                    * (substr(shift, 2, 2)::int * 60 + coalesce(nullif(substr(shift, 4), ''), '0')::int)
               from replace(substring(moment.text from '[+-][0-9]{2}:?[0-9]{0,2}$'), ':', '') as shift) end) * 60000)::numeric >= $9::numeric and ((left(moment.text, 10)::date - date '1970-01-01') * 86400000::bigint
       + substr(moment.text, 12, 2)::int * 3600000 + substr(moment.text, 15, 2)::int * 60000
       + (case when substr(moment.text, 17, 1) = ':' then substr(moment.text, 18, 2) else '00' end)::int * 1000 + rpad(left(coalesce(substring(moment.text from '[.]([0-9]+)'), ''), 3), 3, '0')::int - (case when right(moment.text, 1) in ('Z', 'z') then 0
       else (select (case left(shift, 1) when '-' then -1 else 1 end)
                    * (substr(shift, 2, 2)::int * 60 + coalesce(nullif(substr(shift, 4), ''), '0')::int)
               from replace(substring(moment.text from '[+-][0-9]{2}:?[0-9]{0,2}$'), ':', '') as shift) end) * 60000)::numeric < $10::numeric)
     else ((left(moment.text, 10) || 'T' || substr(moment.text, 12, 5) || ':' || (case when substr(moment.text, 17, 1) = ':' then substr(moment.text, 18, 2) else '00' end) || '.' || rpad(left(coalesce(substring(moment.text from '[.]([0-9]+)'), ''), 3), 3, '0')) collate "C" >= $11::text and (left(moment.text, 10) || 'T' || substr(moment.text, 12, 5) || ':' || (case when substr(moment.text, 17, 1) = ':' then substr(moment.text, 18, 2) else '00' end) || '.' || rpad(left(coalesce(substring(moment.text from '[.]([0-9]+)'), ''), 3), 3, '0')) collate "C" < $12::text) end
    from (select jsonb_typeof((e.params -> $2::text)) as kind, (e.params -> $2::text) #>> '{}' as text) as moment)
 group by e.contact_id) m1 on m1.contact_id = contacts.id
 where contacts.workspace_id = $13 and contacts.deleted_at is null
   and m1.contact_id is not null;
-- $1: 5
-- $2: "ends_at"
-- $3: "1791970200001"
-- $4: "1792229400001"
-- $5: "1791970200001"
-- $6: "1792229400001"
-- $7: "2026-10-15"
-- $8: "2026-10-18"
-- $9: "1791970200001"
-- $10: "1792229400001"
-- $11: "2026-10-14T09:30:00.001"
-- $12: "2026-10-17T09:30:00.001"
-- $13: 1
