-- Who belongs where since which day; what was before is in the tables ending in _past. Days are [from_day, to_day).
alter table governance_node
  drop constraint governance_node_level_check,
  add constraint governance_node_level_check
    check (level in ('hq', 'province', 'city', 'county', 'grid', 'team')),
  add column since_day date not null default '0001-01-01';
create table governance_node_past (
  id text not null,
  parent_id text,
  level text not null,
  name_zh text not null,
  name_en text not null,
  path text not null,
  from_day date not null,
  to_day date not null check (from_day < to_day),
  primary key (id, from_day)
);

alter table governance_staff add column since_day date not null default '0001-01-01';
create table governance_staff_past (
  id text not null references governance_staff,
  node_id text not null,
  roles text[] not null,
  is_active boolean not null,
  from_day date not null,
  to_day date not null check (from_day < to_day),
  primary key (id, from_day)
);

-- The unit is known by its id: when it moves in the tree, the subscriber stays in it.
alter table governance_subscriber
  add column node_id text,
  add column since_day date not null default '0001-01-01';
update governance_subscriber set node_id = regexp_replace(node_path, '^.*/([^/]+)/$', '\1');
alter table governance_subscriber alter column node_id set not null;
create index governance_subscriber_unit on governance_subscriber (node_id);
drop index governance_subscriber_node;
create index governance_subscriber_node on governance_subscriber (node_path collate "C");
create table governance_subscriber_past (
  subscriber_id text not null,
  node_id text not null,
  manager_id text,
  from_day date not null,
  to_day date not null check (from_day < to_day),
  primary key (subscriber_id, from_day)
);
create index governance_stand_in_by on governance_stand_in (stand_in_id);

-- Where each member of staff sits, in the columns a scope asks for.
create view governance_staff_placed as
  select staff.id as staff_id, staff.id as manager_id, node.path as node_path
  from governance_staff staff join governance_node node on node.id = staff.node_id;
