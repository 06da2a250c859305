-- Tags and maps of customers made in the console or imported, version by version, and those of the catalogue that were retired here.
create table segment_tag_version (
  tag_id text not null,
  version int not null check (version > 0),
  -- As a file of catalogue/tags has it.
  content jsonb not null,
  state text not null check (state in ('draft', 'waiting', 'active', 'retired')),
  origin text not null check (origin in ('catalogue', 'console')),
  made_by text not null,
  made_at timestamptz not null,
  activated_at timestamptz,
  retired_at timestamptz,
  primary key (tag_id, version)
);
create unique index segment_tag_version_active on segment_tag_version (tag_id) where state = 'active';
create unique index segment_tag_version_open on segment_tag_version (tag_id) where state in ('draft', 'waiting');
create table segment_map_version (
  map_id text not null,
  version int not null check (version > 0),
  -- As a file of catalogue/segments has it.
  content jsonb not null,
  state text not null check (state in ('draft', 'waiting', 'active', 'retired')),
  origin text not null check (origin in ('catalogue', 'console')),
  made_by text not null,
  made_at timestamptz not null,
  activated_at timestamptz,
  retired_at timestamptz,
  primary key (map_id, version)
);
create unique index segment_map_version_active on segment_map_version (map_id) where state = 'active';
create unique index segment_map_version_open on segment_map_version (map_id) where state in ('draft', 'waiting');

-- Whom a tag that is filled from a file names, until when, and what was wrong with the file.
create table segment_tag_filling (
  tag_id text primary key,
  day date not null,
  until date not null,
  made_by text not null,
  made_at timestamptz not null,
  subscribers int not null,
  faulty int not null
);
create table segment_tag_member (
  tag_id text not null references segment_tag_filling (tag_id) on delete cascade,
  subscriber_id text not null,
  primary key (tag_id, subscriber_id)
);
create index segment_tag_member_subscriber on segment_tag_member (subscriber_id);
create table segment_tag_fault (
  tag_id text not null references segment_tag_filling (tag_id) on delete cascade,
  line int not null,
  column_name text,
  code text not null,
  zh text not null,
  en text not null,
  primary key (tag_id, line, code)
);
