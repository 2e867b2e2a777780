-- How the pages that recipients see look and what they say, where a workspace chose that itself.
create table recipient_pages (
  workspace_id bigint constraint recipient_pages_pkey primary key references workspaces (id) on delete cascade,
  theme jsonb not null default '{}',
  -- {LANGUAGE: {PLACE: text}}
  texts jsonb not null default '{}',
  -- Of reasons for leaving, by their text: {"translations", "formerly"}. Which there are is a setting.
  reasons jsonb not null default '{}',
  logo bytea,
  logo_type text,
  logo_width integer,
  logo_height integer,
  -- SHA-256 of the logo: under it the logo is found, by whoever has seen a page.
  logo_hash text,
  updated_at timestamptz(3) not null,
  constraint recipient_pages_logo check ((logo is null) = (logo_hash is null))
);
create index recipient_pages_logo_hash on recipient_pages (logo_hash) where logo_hash is not null;
