-- Warnings of each as-of day. Running a day again replaces all three. No column depends on a clock or on chance.

-- One row per day that was looked at: how many were asked and how many came out at each level.
create table warning_day (
  day date primary key,
  plan_id text not null,
  asked bigint not null,
  high bigint not null,
  medium bigint not null,
  low bigint not null
);

-- The rules as they were on that day, parameters filled in: a reason can be printed years later.
create table warning_rule (
  day date not null references warning_day (day) on delete cascade,
  rule_id text not null,
  version int not null,
  title jsonb not null,
  points int not null,
  action text,
  control_percent int not null,
  condition jsonb not null,
  subscribers bigint not null,
  primary key (day, rule_id)
);

-- Who was warned about, and why: signals is [{rule, points, values: {factor: value}}] in the plan's order.
create table warning_raised (
  day date not null references warning_day (day) on delete cascade,
  subscriber_id text not null,
  level text not null check (level in ('high', 'medium', 'low')),
  points int not null,
  signals jsonb not null,
  primary key (day, subscriber_id)
);
create index warning_raised_subscriber on warning_raised (subscriber_id, day desc);
