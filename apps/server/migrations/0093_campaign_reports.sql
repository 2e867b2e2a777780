-- Reports of campaigns that take long to count: told at once, and counted anew beside that.
create table campaign_reports (
  campaign_id bigint not null references campaigns (id) on delete cascade,
  machines boolean not null,
  -- As the API tells it.
  report jsonb not null,
  counted_at timestamptz(3) not null,
  -- How long that took, in milliseconds.
  took_ms integer not null,
  constraint campaign_reports_pkey primary key (campaign_id, machines)
);
