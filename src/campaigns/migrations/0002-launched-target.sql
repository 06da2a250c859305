-- What the target asked when the campaign was launched: a rule that changes or is retired later changes nothing of it.
alter table campaign add column launched_target jsonb;
