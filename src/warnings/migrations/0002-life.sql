-- The life of warnings, day by day: those that are open, and on the day it ends each that is closed. Running a day again
-- replaces it. Who answered then and where it sat then are kept with it.
create table warning_life (
  day date not null references warning_day (day) on delete cascade,
  subscriber_id text not null,
  opened_on date not null,
  state text not null check (state in ('raised', 'worked', 'eased', 'closed')),
  level text not null check (level in ('high', 'medium', 'low')),
  highest text not null check (highest in ('high', 'medium', 'low')),
  last_on date not null,
  raised_days int not null,
  worked_on date,
  escalated_on date,
  reopened int not null,
  then_manager_id text,
  then_node_path text not null,
  primary key (day, subscriber_id)
);
create index warning_life_subscriber on warning_life (subscriber_id, day desc);
