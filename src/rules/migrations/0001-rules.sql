-- Rules made in the console or imported, version by version, and rules of the catalogue that were retired here.
create table rule_version (
  rule_id text not null,
  version int not null check (version > 0),
  -- As a file of catalogue/rules has it.
  content jsonb not null,
  state text not null check (state in ('draft', 'waiting', 'active', 'retired')),
  origin text not null check (origin in ('catalogue', 'console')),
  made_by text not null,
  made_at timestamptz not null,
  activated_at timestamptz,
  retired_at timestamptz,
  primary key (rule_id, version)
);
create unique index rule_version_active on rule_version (rule_id) where state = 'active';
create unique index rule_version_open on rule_version (rule_id) where state in ('draft', 'waiting');
