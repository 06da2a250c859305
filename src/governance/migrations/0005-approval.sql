-- Whole numbers an administrator may change; what is not here stands at its default in settings.ts.
create table governance_setting (
  id text primary key,
  value bigint not null,
  changed_by text,
  changed_at timestamptz not null
);

-- How often somebody has had a masked value shown on a day.
create table governance_unmask_day (
  staff_id text not null,
  day date not null,
  times int not null check (times > 0),
  primary key (staff_id, day)
);

-- One mechanism for whatever needs a second person.
create table governance_approval (
  id bigint generated always as identity primary key,
  -- What it is about: a kind (export) and a key of that kind.
  kind text not null,
  subject text not null,
  title jsonb not null,
  -- The change as people read it: a list of {field, before, after}, each in both languages.
  changes jsonb not null,
  -- For whoever carries it out.
  payload jsonb not null,
  reason text not null,
  -- How big it is, in the kind's own measure (rows, fen); the level that may decide follows from it.
  size bigint not null,
  level text not null check (level in ('supervisor', 'administrator')),
  maker_id text not null references governance_staff,
  -- Where the maker stood when asking: who decides stands at or above it.
  node_path text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('waiting', 'approved', 'rejected', 'cancelled', 'expired')),
  decided_by text references governance_staff,
  decided_at timestamptz,
  comment text,
  check (decided_by is null or state = 'cancelled' or decided_by <> maker_id),
  check ((state = 'waiting') = (decided_at is null))
);
create unique index governance_approval_waiting on governance_approval (kind, subject) where state = 'waiting';
create index governance_approval_maker on governance_approval (maker_id, id);
create index governance_approval_expiry on governance_approval (expires_at) where state = 'waiting';
