-- {"uk": {"name", "description"}}: what a category is called in other languages; what one lacks is said as in `name`.
alter table categories add column translations jsonb not null default '{}';
