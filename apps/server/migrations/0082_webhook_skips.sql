-- {"at", "by", "reason", "facts"} of a request whose facts somebody gave up; null: nobody did.
alter table webhook_attempts add skipped jsonb;
