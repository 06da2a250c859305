alter table governance_audit
  -- Why it was done, as whoever did it said; from which network address; the keys of the subscribers it was about.
  add column reason text,
  add column from_address text,
  add column subscribers text[] not null default '{}';
create index governance_audit_at on governance_audit (at);
create index governance_audit_act on governance_audit (act, id);
create index governance_audit_subscribers on governance_audit using gin (subscribers);

-- The chain: one link per entry, in the order of commits. A link's hash covers its entry and the hash before it.
create table governance_audit_link (
  position bigint primary key,
  entry_id bigint not null unique,
  previous text not null,
  hash text not null
);

-- Where the chain begins: entries up to a position that were moved into a file, and the hash they ended with.
create table governance_audit_seal (
  through_position bigint primary key,
  hash text not null,
  entries bigint not null,
  before_at timestamptz not null,
  file_sha256 text not null,
  sealed_at timestamptz not null
);

-- Each part with its length, so that no two entries read the same.
create function governance_audit_part(value text) returns text language sql stable as $$
  select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') || ','
$$;

create function governance_audit_moment(at timestamptz) returns text language sql stable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create function governance_audit_digest(previous text, entry governance_audit) returns text language sql stable as $$
  select encode(sha256(convert_to(
    governance_audit_part(previous) || governance_audit_part(entry.id::text)
      || governance_audit_part(governance_audit_moment(entry.at)) || governance_audit_part(entry.staff_id)
      || governance_audit_part(entry.act) || governance_audit_part(entry.subject)
      || governance_audit_part(entry.detail::text) || governance_audit_part(entry.reason)
      || governance_audit_part(entry.from_address) || governance_audit_part(array_to_json(entry.subscribers)::text),
    'UTF8')), 'hex')
$$;

create function governance_audit_link_entry(entry governance_audit) returns void language plpgsql as $$
declare
  last_position bigint;
  last_hash text;
begin
  select position, hash into last_position, last_hash from governance_audit_link order by position desc limit 1;
  if not found then
    select through_position, hash into last_position, last_hash
      from governance_audit_seal order by through_position desc limit 1;
  end if;
  if last_position is null then
    last_position := 0;
    last_hash := repeat('0', 64);
  end if;
  insert into governance_audit_link (position, entry_id, previous, hash)
    values (last_position + 1, entry.id, last_hash, governance_audit_digest(last_hash, entry));
end $$;

-- What was written before there was a chain begins it.
do $$
declare
  entry governance_audit;
begin
  for entry in select * from governance_audit order by id loop
    perform governance_audit_link_entry(entry);
  end loop;
end $$;

-- Runs at the commit of whoever wrote the entry: the lock is the last thing a transaction takes, so that it is held for
-- the commit alone and can wait for nobody.
create function governance_audit_chain() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('governance_audit', 0));
  perform governance_audit_link_entry(new);
  return null;
end $$;
create constraint trigger governance_audit_chain after insert on governance_audit
  deferrable initially deferred for each row execute function governance_audit_chain();

-- Nothing is ever changed; only what is sealed may leave.
drop trigger governance_audit_stands on governance_audit;
create trigger governance_audit_stands before update or truncate on governance_audit
  for each statement execute function governance_audit_stands();
create trigger governance_audit_stands before update or truncate on governance_audit_link
  for each statement execute function governance_audit_stands();
create trigger governance_audit_stands before update or delete or truncate on governance_audit_seal
  for each statement execute function governance_audit_stands();

create function governance_audit_leaves() returns trigger language plpgsql as $$
begin
  if not exists (
    select from governance_audit_seal seal join governance_audit_link link on link.position <= seal.through_position
      where link.entry_id = old.id
  ) then
    raise exception 'governance_audit is append-only';
  end if;
  return old;
end $$;
create trigger governance_audit_leaves before delete on governance_audit
  for each row execute function governance_audit_leaves();

create function governance_audit_link_leaves() returns trigger language plpgsql as $$
begin
  if not exists (select from governance_audit_seal where through_position >= old.position) then
    raise exception 'governance_audit is append-only';
  end if;
  return old;
end $$;
create trigger governance_audit_leaves before delete on governance_audit_link
  for each row execute function governance_audit_link_leaves();
