-- What a night found, summed by who answered for the subscribers that morning and where they sat: the figures in somebody's
-- scope are sums of these rows, whatever moves afterwards. '' where nobody answers.
create table night_place (
  day date not null,
  then_manager_id text not null,
  then_node_path text not null,
  subscribers bigint not null,
  -- {ruleId: number of subscribers}
  rules jsonb not null default '{}',
  high bigint not null default 0,
  medium bigint not null default 0,
  low bigint not null default 0,
  primary key (day, then_manager_id, then_node_path)
);
