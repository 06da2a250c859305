create table campaign (
  id bigint generated always as identity primary key,
  state text not null check (state in ('draft', 'waiting', 'ready', 'running', 'paused', 'closed')),
  -- Raised with every change: whoever changes says which version they saw.
  version integer not null,
  plan jsonb not null,
  owner_id text not null,
  -- The owner's unit: whose subscribers it may touch, and who may see it.
  manager_id text,
  node_path text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- The morning whose facts chose the members, and what the plan was then.
  launched_day date,
  launched_plan jsonb,
  -- Why it paused by itself.
  paused_why jsonb,
  closed_at timestamptz,
  report jsonb
);
create index campaign_by_branch on campaign (node_path collate "C", state);

-- Whom the target found at the launch: frozen.
create table campaign_member (
  campaign_id bigint not null references campaign on delete cascade,
  subscriber_id text not null,
  arm text not null check (arm in ('treated', 'control', 'universal')),
  wave integer not null,
  primary key (campaign_id, subscriber_id)
);
create index campaign_member_subscriber on campaign_member (subscriber_id);

create table campaign_version (
  campaign_id bigint not null references campaign on delete cascade,
  version integer not null,
  plan jsonb not null,
  staff_id text not null,
  at timestamptz not null,
  primary key (campaign_id, version)
);
