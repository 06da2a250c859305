-- One row per subscriber and day (and counterparty, and cell): what later nights need of a day's events.
CREATE OR REPLACE TEMP TABLE p_voice AS
SELECT sub, day,
  sum(duration_s)::BIGINT AS s,
  count(CASE WHEN direction = 'out' THEN 1 END) AS n_out,
  sum(CASE WHEN direction = 'out' THEN duration_s END)::BIGINT AS s_out,
  sum(CASE WHEN direction = 'out' AND counterparty_carrier IN ('rival_a', 'rival_b') THEN duration_s END)::BIGINT AS s_off,
  sum(CASE WHEN direction = 'out' AND reach = 'long' THEN duration_s END)::BIGINT AS s_long,
  count(CASE WHEN direction = 'out' AND counterparty_carrier = 'rival_service' THEN 1 END) AS n_rival_service,
  count(CASE WHEN forwarded THEN 1 END) AS n_forwarded
FROM usage_new WHERE kind = 'voice' GROUP BY sub, day;

CREATE OR REPLACE TEMP TABLE p_sms AS
SELECT sub, day, count(*) AS n_out FROM usage_new WHERE kind = 'sms' AND direction = 'out' GROUP BY sub, day;

CREATE OR REPLACE TEMP TABLE p_data AS
SELECT sub, day, sum(volume_kib)::BIGINT AS kib, count(*) AS n FROM usage_new WHERE kind = 'data' GROUP BY sub, day;

CREATE OR REPLACE TEMP TABLE p_any AS
SELECT sub, day, sum(fee)::BIGINT AS fee, count(CASE WHEN roaming IN ('domestic', 'abroad') THEN 1 END) AS n_roaming
FROM usage_new GROUP BY sub, day;

CREATE OR REPLACE TEMP TABLE p_people AS
SELECT DISTINCT sub, day, counterparty FROM usage_new
WHERE kind IN ('voice', 'sms') AND counterparty_carrier IN ('own', 'rival_a', 'rival_b', 'fixed') AND counterparty IS NOT NULL;

CREATE OR REPLACE TEMP TABLE p_cell AS
SELECT sub, day, cell_id, count(*) AS n FROM usage_new WHERE cell_id IS NOT NULL GROUP BY sub, day, cell_id;
