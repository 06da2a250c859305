-- Lists of people's own are exported to be checked.
alter table flows_export drop constraint flows_export_what_check;
alter table flows_export add constraint flows_export_what_check check (what in ('tasks', 'subscribers', 'list', 'audit'));
