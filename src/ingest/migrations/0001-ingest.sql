-- What arrived: one row per version of a delivery on the shelf, and version 0 for the last one that was refused.
create table ingest_delivery (
  feed text not null,
  span_from date not null,
  span_to date not null,
  version int not null,
  state text not null check (state in ('loaded', 'refused')),
  fingerprint text,
  learned_on date not null,
  source_rows bigint,
  rows bigint,
  quarantined bigint,
  reasons jsonb not null,
  fault jsonb,
  kept_at timestamptz not null default now(),
  primary key (feed, span_from, span_to, version)
);

-- How each feed stood on a morning. No value of any row, no personal data.
create table ingest_check (
  as_of date not null,
  feed text not null,
  verdict text not null check (verdict in ('pass', 'warn', 'hold', 'off')),
  findings jsonb not null,
  checked_at timestamptz not null default now(),
  primary key (as_of, feed)
);
