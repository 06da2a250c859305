-- Sessions are told apart in lists by an id that is not their token; whoever is signed in signs in again after this step.
delete from governance_session;
alter table governance_session
  add column id text not null unique,
  add column seen_at timestamptz not null,
  add column way text not null check (way in ('password', 'totp', 'oidc')),
  add column address text,
  add column device text;

-- Hashes of passwords a member of staff had before: the last few may not come back.
create table governance_password_past (
  staff_id text not null references governance_staff,
  password_hash text not null,
  until_at timestamptz not null,
  primary key (staff_id, password_hash)
);

-- One authenticator per member of staff; the newest time step that was used never counts again.
create table governance_totp (
  staff_id text primary key references governance_staff,
  secret text not null,
  begun_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

create table governance_recovery_code (
  staff_id text not null references governance_staff,
  code_sha256 text not null,
  used_at timestamptz,
  primary key (staff_id, code_sha256)
);

-- A sign-in that was sent to the provider and has not come back.
create table governance_oidc_attempt (
  state_sha256 text primary key,
  nonce text not null,
  verifier text not null,
  back text,
  begun_at timestamptz not null
);

-- Whom the provider means by a subject: written at the first sign-in and never moved silently.
create table governance_identity (
  issuer text not null,
  subject text not null,
  staff_id text not null references governance_staff,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  unique (issuer, staff_id)
);

-- Tokens of machines: only the SHA-256 is kept; the last use is noted at most once a minute.
create table governance_token (
  id text primary key,
  name text not null,
  token_sha256 text not null unique,
  permissions text[] not null,
  node_id text not null references governance_node,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  revoked_at timestamptz,
  revoked_by text
);
create index governance_token_node on governance_token (node_id);
