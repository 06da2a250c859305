create table governance_node (
  id text primary key,
  parent_id text references governance_node,
  level text not null check (level in ('hq', 'province', 'city', 'county', 'grid')),
  name_zh text not null,
  name_en text not null,
  path text not null unique
);

create table governance_staff (
  id text primary key,
  login text not null unique check (login = lower(login)),
  name_zh text not null,
  name_en text not null,
  role text not null,
  node_id text not null references governance_node,
  language text not null check (language in ('zh', 'en')),
  password_hash text not null,
  must_change_password boolean not null default false,
  is_active boolean not null default true,
  -- Account managers only: the classes of customer they take and how many subscribers at most.
  value_classes text[] not null default '{}',
  subscribers_max int not null default 0,
  created_at timestamptz not null
);

create table governance_stand_in (
  manager_id text not null references governance_staff,
  stand_in_id text not null references governance_staff,
  from_day date not null,
  to_day date not null,
  primary key (manager_id, stand_in_id, from_day),
  check (from_day < to_day and manager_id <> stand_in_id)
);

create table governance_subscriber (
  subscriber_id text primary key,
  sub bigint not null,
  manager_id text references governance_staff,
  node_path text not null,
  value_class text not null
);
create index governance_subscriber_manager on governance_subscriber (manager_id);
create index governance_subscriber_node on governance_subscriber (node_path text_pattern_ops);

-- Only the SHA-256 of a token is kept: who reads this table cannot sign in with it.
create table governance_session (
  token_sha256 text primary key,
  staff_id text not null references governance_staff,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index governance_session_staff on governance_session (staff_id);
create index governance_session_expiry on governance_session (expires_at);

-- Failures per login as typed (its SHA-256), known or not: an unknown login must not answer otherwise than a known one.
create table governance_sign_in_failure (
  login_sha256 text primary key,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz not null
);

create table governance_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  staff_id text,
  act text not null,
  subject text not null,
  detail jsonb not null
);
create index governance_audit_subject on governance_audit (subject, id);
create index governance_audit_staff on governance_audit (staff_id, id);

create function governance_audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'governance_audit is append-only';
end $$;
create trigger governance_audit_stands before update or delete or truncate on governance_audit
  for each statement execute function governance_audit_stands();
