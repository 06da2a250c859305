-- Where a member of staff gets messages that are tried out. Personal, like a subscriber's number: shown masked, never in the audit.
alter table governance_staff add column phone text check (phone ~ '^[0-9]{5,20}$');
