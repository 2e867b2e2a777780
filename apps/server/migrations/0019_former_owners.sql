-- Contacts that an identifier found before, the last one first (a few of them), and when what moved it
-- arrived: an event that is sent again after that is looked for among theirs, too.
alter table identifiers add column formers bigint[];
alter table identifiers add column moved_at timestamptz(3);
