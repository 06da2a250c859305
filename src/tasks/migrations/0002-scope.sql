-- manager_id and node_path say who answers for the subscriber now, and follow when that changes: they decide who may see the
-- task. then_manager_id and then_node_path say who did on its day and never change: past figures are counted by them.
alter table task
  add column then_manager_id text,
  add column then_node_path text,
  add column severity smallint not null generated always as
    (case level when 'high' then 3 when 'medium' then 2 when 'low' then 1 else 0 end) stored;
update task set then_manager_id = manager_id, then_node_path = node_path;
alter table task alter column then_node_path set not null;

alter table task_decision
  add column then_manager_id text,
  add column then_node_path text not null default '';
update task_decision decision set then_manager_id = task.manager_id, then_node_path = task.node_path
from task where task.day = decision.day and task.subscriber_id = decision.subscriber_id;
alter table task_decision alter column then_node_path drop default;
