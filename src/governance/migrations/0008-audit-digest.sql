-- The same hashes as before, by functions whose plans a connection keeps: a plain SQL function is planned anew in each
-- transaction, which cost more than the hash.
create or replace function governance_audit_part(value text) returns text language plpgsql stable as $$
begin
  return coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') || ',';
end $$;

create or replace function governance_audit_moment(at timestamptz) returns text language plpgsql stable as $$
begin
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
end $$;

create or replace function governance_audit_digest(previous text, entry governance_audit) returns text
language plpgsql stable as $$
begin
  return encode(sha256(convert_to(
    governance_audit_part(previous) || governance_audit_part(entry.id::text)
      || governance_audit_part(governance_audit_moment(entry.at)) || governance_audit_part(entry.staff_id)
      || governance_audit_part(entry.act) || governance_audit_part(entry.subject)
      || governance_audit_part(entry.detail::text) || governance_audit_part(entry.reason)
      || governance_audit_part(entry.from_address) || governance_audit_part(array_to_json(entry.subscribers)::text),
    'UTF8')), 'hex');
end $$;
