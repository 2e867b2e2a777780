-- What a job changed of contacts, as it was before and as the job left it: to take it back where
-- nobody has changed it since. A field by its key ("field:city"), a choice by its category's ID
-- ("category:3"). Dropped with the job's way back.
create table earlier_values (
  contact_id bigint not null,
  job_id bigint not null,
  subject text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  -- Null: nothing had ever been set.
  before jsonb,
  after jsonb not null,
  constraint earlier_values_pkey primary key (contact_id, job_id, subject)
);
create index earlier_values_of_job on earlier_values (job_id);

-- The bulk action that alone asked for it: null as soon as anybody else did.
alter table suppressions add column job_id bigint;
create index suppressions_of_job on suppressions (job_id, contact_id) where job_id is not null;
