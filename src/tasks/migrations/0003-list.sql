-- The list in somebody's scope. Counts by state are answered from the first four alone: for a branch as it is, filtered, and
-- searched or gathered to be sorted, and for a manager. The others are the list in each of its orders, so that a page of a large branch is found by
-- walking one of them. An index whose entries repeat is small: what makes them differ stands in one of its own.
create extension if not exists pg_trgm;
create index task_branch_counts on task (node_path collate "C", state);
create index task_branch_filters on task (node_path collate "C", level, channel, state);
create index task_branch_rows on task (node_path collate "C", state)
  include (id, day, severity, value_fen, arpu_fen, level, channel, subscriber_id);
create index task_manager_counts on task (manager_id, state, level, channel, day);
create index task_by_priority on task
  (day desc, severity desc, value_fen desc, id, node_path collate "C", manager_id, state, level, channel);
create index task_by_level on task (severity desc, value_fen desc, id, node_path collate "C", state);
create index task_by_day on task (day, id, node_path collate "C", state);
create index task_by_arpu on task (arpu_fen nulls first, id, node_path collate "C", state);
create index task_by_state on task (state, id, node_path collate "C");
-- Parts of a key or number, of three characters and more.
create index task_parts on task using gin (subscriber_id gin_trgm_ops, number gin_trgm_ops);
