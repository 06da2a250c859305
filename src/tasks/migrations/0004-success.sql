-- When acting counts as having worked, as decided on that day: effects compare by it, whatever is said later.
alter table task_decision add column success jsonb;
