create table task (
  id text primary key,
  day date not null,
  due_day date not null,
  subscriber_id text not null,
  -- As of the day, for the list and its search; masked by role when shown.
  number text,
  customer_name text,
  arpu_fen bigint,
  manager_id text,
  node_path text not null,
  value_class text not null,
  channel text not null check (channel in ('call', 'sms')),
  rule_id text not null,
  rule_ids text[] not null,
  level text not null check (level in ('high', 'medium', 'low', 'stable')),
  points double precision not null,
  value_fen bigint not null,
  reason jsonb not null,
  signals jsonb not null,
  offer_id text,
  offer jsonb,
  script jsonb,
  decision jsonb,
  state text not null,
  -- How often it was moved; 0 means that nobody and nothing has touched it.
  moves int not null,
  assignee_id text,
  assignee_name jsonb,
  outcome text,
  leaving_reason text,
  note text,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index task_day on task (day, state);
create index task_manager on task (manager_id, day);
create index task_subscriber on task (subscriber_id);
create index task_unfinished on task (due_day) where state in ('open', 'claimed', 'sending');

create table task_event (
  task_id text not null references task on delete cascade,
  nth int not null,
  at timestamptz not null,
  staff_id text,
  staff_name jsonb,
  move text not null,
  note text,
  primary key (task_id, nth)
);

-- What was decided for every proposal of a day.
create table task_decision (
  day date not null,
  subscriber_id text not null,
  rule_id text not null,
  channel text not null,
  offer_id text not null,
  result text not null check (result in ('act', 'control', 'refused')),
  control_group text,
  reason text not null,
  reason_words jsonb not null,
  value_fen bigint not null,
  primary key (day, subscriber_id, rule_id, channel, offer_id)
);
create index task_decision_arm on task_decision (day, rule_id) where result <> 'refused';
