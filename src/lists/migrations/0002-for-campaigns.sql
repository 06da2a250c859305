-- A list without an action is for a campaign, which says what is done: it makes no tasks by itself.
alter table list_list alter column action drop not null;
