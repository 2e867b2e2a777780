-- Reports of campaigns that take long to count: told at once, and counted anew beside that. A row may
-- be written before the first count is over.
create table campaign_reports (
  campaign_id bigint not null references campaigns (id) on delete cascade,
  machines boolean not null,
  -- As the API tells it, without links, which may name who followed them.
  report jsonb,
  -- Null, too, after a count that failed.
  counted_at timestamptz(3),
  -- How long the last count took, in milliseconds, or until it failed.
  took_ms integer not null default 0,
  -- When a process last looked whether there is news.
  looked_at timestamptz(3),
  -- Since when a process counts it.
  counting_at timestamptz(3),
  -- Somebody was told an old one since it was counted.
  wanted_at timestamptz(3),
  constraint campaign_reports_pkey primary key (campaign_id, machines)
);
