-- Lists of subscribers that people named, who agreed, and for which mornings they hold.
create table list_list (
  id integer generated always as identity primary key,
  title text not null,
  reason text not null,
  action text not null,
  days integer not null check (days between 1 and 31),
  control_percent integer not null check (control_percent between 0 and 50),
  rule_id text,
  rule_day date,
  manager_id text not null,
  node_path text not null,
  state text not null check (state in ('draft', 'waiting', 'approved', 'refused', 'cancelled', 'stopped')),
  approval_id integer,
  first_day date,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index list_list_place on list_list (node_path collate "C");

create table list_line (
  list_id integer not null references list_list (id) on delete cascade,
  subscriber_id text not null,
  line integer not null,
  state text not null check (state in ('kept', 'added', 'removed')),
  reason text not null,
  primary key (list_id, subscriber_id)
);

create table list_fault (
  list_id integer not null references list_list (id) on delete cascade,
  line integer not null,
  column_name text,
  code text not null,
  zh text not null,
  en text not null
);
create index list_fault_list on list_fault (list_id, line);
