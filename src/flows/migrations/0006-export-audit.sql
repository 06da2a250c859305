-- The audit, as far as somebody may look into it, is exported like any other list.
alter table flows_export drop constraint flows_export_what_check;
alter table flows_export add constraint flows_export_what_check check (what in ('tasks', 'subscribers', 'audit'));
