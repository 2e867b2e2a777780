-- How often each event type occurred, by day (UTC) and slot: workers own slots, so no two write one
-- row. `quarters` are the 96 quarters of an hour, of which the days of any zone are made; sums over
-- the slots are exact. Slot -1 is where deletions count down.
create table event_counts (
  event_type_id bigint not null,
  day date not null,
  slot integer not null,
  quarters integer[] not null constraint event_counts_quarters check (array_length(quarters, 1) = 96),
  constraint event_counts_pkey primary key (event_type_id, day, slot)
);

insert into event_counts (event_type_id, day, slot, quarters)
select event_type_id, day, -1,
       array_agg(coalesce(n, 0) order by quarter)
  from (select type.event_type_id, type.day, quarter, counted.n
          from (select distinct event_type_id, (occurred_at at time zone 'UTC')::date as day from events) type
         cross join generate_series(0, 95) as quarter
          left join (select event_type_id, (occurred_at at time zone 'UTC')::date as day,
                            (extract(hour from occurred_at at time zone 'UTC') * 4
                             + floor(extract(minute from occurred_at at time zone 'UTC') / 15))::int as quarter,
                            count(*)::int as n
                       from events
                      group by 1, 2, 3) counted using (event_type_id, day, quarter)) filled
 group by event_type_id, day;
