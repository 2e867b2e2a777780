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

with counted as (select event_type_id, floor(extract(epoch from occurred_at) / 900)::bigint as quarter, count(*)::int as n
                   from events
                  group by 1, 2),
     day as (select distinct event_type_id, floor(quarter / 96.0)::int as day from counted)
insert into event_counts (event_type_id, day, slot, quarters)
select day.event_type_id, date '1970-01-01' + day.day, -1, array_agg(coalesce(counted.n, 0) order by part)
  from day
 cross join generate_series(0, 95) as part
  left join counted on counted.event_type_id = day.event_type_id and counted.quarter = day.day * 96 + part
 group by 1, 2;
