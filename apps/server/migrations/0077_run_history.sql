-- Runs that failed are looked for among millions that did not, to be looked at and to be retried.
create index runs_failed on runs (workflow_id, id) where state = 'failed';
