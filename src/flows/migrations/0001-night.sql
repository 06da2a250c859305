-- What ran, how long, how many rows, what was held and why. One night per as-of day; running it again replaces it.
-- Columns ending in _at are real time and say nothing about the result: two runs of one night are equal without them.

create table night_run (
  day date primary key,
  state text not null check (state in ('running', 'done', 'failed')),
  -- Digest of everything the night read: when it differs, no finished step of an earlier try may be kept.
  inputs text not null default '',
  -- Rules that made no list: [{ruleId, why: held|off, reason: {zh, en}}].
  held jsonb not null default '[]',
  -- Rules that ran: {ruleId: number of subscribers}.
  rule_counts jsonb not null default '{}',
  subscribers bigint,
  started_at timestamptz not null,
  finished_at timestamptz
);

create table night_step (
  day date not null references night_run (day) on delete cascade,
  id text not null,
  position int not null,
  state text not null check (state in ('running', 'done', 'failed')),
  rows bigint,
  fault jsonb,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (day, id)
);
