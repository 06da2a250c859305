-- Who proposed on a morning: rules, campaigns and others alike. What must still hold just before a contact is asked as it stood.
create table night_proposer (
  day date not null,
  source text not null,
  title jsonb not null,
  condition jsonb,
  primary key (day, source)
);
