-- What a rule's or campaign's proposals became.
create index task_by_source on task (rule_id, day, state) include (subscriber_id);
create index task_decision_by_source on task_decision (rule_id, day, result);
