-- A template is a message that is never sent: it only begins others.
alter table messages add column template boolean not null default false;

-- The version whose content this one took over.
alter table message_versions add column restored_from integer;
