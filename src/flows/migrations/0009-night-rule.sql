-- The rules that each night had in force, as they were: what is asked about a past morning is asked of these.
create table night_rule_content (
  digest text primary key,
  content jsonb not null
);

create table night_rule (
  day date not null,
  rule_id text not null,
  version integer not null,
  digest text not null references night_rule_content,
  primary key (day, rule_id)
);
