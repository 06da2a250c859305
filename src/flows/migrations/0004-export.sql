-- Files that somebody asked for. A row's file lies in the data folder, exports/<id>.<format>.
create table flows_export (
  id bigint generated always as identity primary key,
  staff_id text not null,
  what text not null check (what in ('tasks', 'subscribers')),
  format text not null check (format in ('csv', 'xlsx')),
  query jsonb not null,
  plain boolean not null,
  purpose text not null,
  reason text not null,
  language text not null check (language in ('zh', 'en')),
  state text not null
    check (state in ('waiting', 'queued', 'running', 'ready', 'failed', 'refused', 'cancelled', 'expired')),
  rows_expected bigint not null,
  rows_done bigint not null default 0,
  bytes bigint,
  sha256 text,
  approval_id bigint,
  from_address text,
  asked_at timestamptz not null,
  made_at timestamptz,
  expires_at timestamptz,
  fault jsonb
);
create index flows_export_staff on flows_export (staff_id, id);
create index flows_export_unfinished on flows_export (state) where state in ('waiting', 'queued', 'running', 'ready');
