-- How far a running step is, told while it runs; and whether somebody asked the night to stop.

alter table night_step add column done int;
alter table night_step add column total int;
alter table night_run add column stop_asked_at timestamptz;
