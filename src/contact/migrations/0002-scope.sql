create index contact_attempt_manager on contact_attempt (manager_id, prepared_at desc);
create index contact_attempt_node on contact_attempt (node_path collate "C");
