-- Several plans warn side by side, each on days of its own: the plan is part of every key.
alter table warning_rule drop constraint warning_rule_day_fkey, drop constraint warning_rule_pkey;
alter table warning_raised drop constraint warning_raised_day_fkey, drop constraint warning_raised_pkey;
alter table warning_life drop constraint warning_life_day_fkey, drop constraint warning_life_pkey;
alter table warning_day drop constraint warning_day_pkey, add primary key (day, plan_id);
-- Whom the plan asked about that day, as a condition; empty: everybody.
alter table warning_day add asks jsonb;

alter table warning_rule add plan_id text;
update warning_rule r set plan_id = d.plan_id from warning_day d where d.day = r.day;
alter table warning_rule alter plan_id set not null, add primary key (day, plan_id, rule_id),
  add foreign key (day, plan_id) references warning_day (day, plan_id) on delete cascade;

alter table warning_raised add plan_id text;
update warning_raised r set plan_id = d.plan_id from warning_day d where d.day = r.day;
alter table warning_raised alter plan_id set not null, add primary key (day, plan_id, subscriber_id),
  add foreign key (day, plan_id) references warning_day (day, plan_id) on delete cascade;

alter table warning_life add plan_id text;
update warning_life r set plan_id = d.plan_id from warning_day d where d.day = r.day;
alter table warning_life alter plan_id set not null, add primary key (day, plan_id, subscriber_id),
  add foreign key (day, plan_id) references warning_day (day, plan_id) on delete cascade;
