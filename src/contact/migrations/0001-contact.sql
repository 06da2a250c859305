-- One attempt to reach, or the refusal of one. Committed before anything leaves; the id follows from the task.
create table contact_attempt (
  id text primary key,
  task_id text,
  subscriber_id text not null,
  manager_id text,
  node_path text not null,
  -- The business day it belongs to: caps are counted on it.
  day date not null,
  channel text not null check (channel in ('call', 'sms')),
  number text,
  text text,
  state text not null,
  reason text,
  reason_words jsonb,
  -- Calls: what came of it.
  outcome text,
  reached boolean,
  prepared_at timestamptz not null,
  settled_at timestamptz
);
create index contact_attempt_subscriber on contact_attempt (subscriber_id, day);
create index contact_attempt_day on contact_attempt (day, state);
create index contact_attempt_task on contact_attempt (task_id);

create table contact_opt_out (
  subscriber_id text not null,
  channel text not null check (channel in ('call', 'sms')),
  why text not null,
  opted_out_at timestamptz not null,
  primary key (subscriber_id, channel)
);

-- Facts that are newer than the night's.
create table contact_live_recharge (
  id text primary key,
  subscriber_id text not null,
  paid_at timestamptz not null,
  amount_fen bigint not null check (amount_fen > 0),
  received_at timestamptz not null
);
create index contact_live_recharge_subscriber on contact_live_recharge (subscriber_id);

create table contact_live_line (
  subscriber_id text primary key,
  status text,
  number text,
  changed_at timestamptz not null
);

create table contact_receipt (
  message_id text not null,
  state text not null,
  received_at timestamptz not null,
  primary key (message_id, state)
);

create table contact_reply (
  id text primary key,
  subscriber_id text not null,
  text text not null,
  opts_out boolean not null,
  received_at timestamptz not null
);

-- The demonstration's telephone network: what reached it, each message as often as it came.
create table contact_outbox (
  nth bigint generated always as identity primary key,
  message_id text not null,
  number text not null,
  text text not null,
  left_at timestamptz not null
);
