-- What filters of all contacts ask most and never changes after a contact was made.
create index contacts_created on contacts (workspace_id, created_at) where deleted_at is null;
create index contacts_source on contacts (workspace_id, source, id) where deleted_at is null;
create index contacts_deleted on contacts (workspace_id, id) where deleted_at is not null and merged_into is null;
