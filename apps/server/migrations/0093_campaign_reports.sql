-- Reports of campaigns that take long to count: told at once, and counted anew beside that. A row is
-- written before its first count.
create table campaign_reports (
  campaign_id bigint not null references campaigns (id) on delete cascade,
  machines boolean not null,
  -- As the API tells it, without links, which may name who followed them.
  report jsonb,
  counted_at timestamptz(3),
  -- How long that took, in milliseconds.
  took_ms integer not null default 0,
  -- When a process last took it up, to see whether there is news.
  looked_at timestamptz(3),
  -- Since when it is being counted.
  counting_at timestamptz(3),
  -- Somebody was told an old one.
  wanted_at timestamptz(3),
  constraint campaign_reports_pkey primary key (campaign_id, machines)
);
