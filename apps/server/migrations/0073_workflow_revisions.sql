-- How often a draft was changed, and who did so last: nobody saves over a change that they have not seen.
alter table workflows
  add column revision integer not null default 1,
  add column edited_at timestamptz(3),
  add column edited_by text;
