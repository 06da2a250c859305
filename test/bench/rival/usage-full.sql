-- Clusters by kind of use; buckets: 0 = 7 days, 1 = the rest of 30 days, 2 = the 30 days before.
CREATE OR REPLACE TEMP TABLE c_voice AS
SELECT sub,
  (CASE WHEN day >= AS_OF - 7 THEN 0 WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END)::TINYINT AS bk,
  sum(duration_s) AS s,
  count(CASE WHEN direction = 'out' THEN 1 END) AS n_out,
  sum(CASE WHEN direction = 'out' THEN duration_s END) AS s_out,
  sum(CASE WHEN direction = 'out' AND counterparty_carrier IN ('rival_a', 'rival_b') THEN duration_s END) AS s_off,
  sum(CASE WHEN direction = 'out' AND reach = 'long' THEN duration_s END) AS s_long,
  count(CASE WHEN direction = 'out' AND counterparty_carrier = 'rival_service' THEN 1 END) AS n_rival_service,
  count(CASE WHEN forwarded THEN 1 END) AS n_forwarded
FROM usage WHERE kind = 'voice' AND day >= AS_OF - 60 AND day < AS_OF GROUP BY sub, bk;

CREATE OR REPLACE TEMP TABLE c_sms AS
SELECT sub, count(*) AS n_out
FROM usage WHERE kind = 'sms' AND direction = 'out' AND day >= AS_OF - 30 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_data AS
SELECT sub,
  (CASE WHEN day >= AS_OF - 7 THEN 0 WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END)::TINYINT AS bk,
  sum(volume_kib) AS kib, count(*) AS n
FROM usage WHERE kind = 'data' AND day >= AS_OF - 60 AND day < AS_OF GROUP BY sub, bk;

CREATE OR REPLACE TEMP TABLE c_any AS
SELECT sub,
  sum(CASE WHEN day >= AS_OF - 30 THEN fee END) AS fee_30,
  max(day) AS last_day,
  bit_or(1::UBIGINT << (AS_OF - 1 - day)::INT) AS days,
  bit_or(CASE WHEN roaming IN ('domestic', 'abroad') THEN 1::UBIGINT << (AS_OF - 1 - day)::INT END) AS roaming
FROM usage WHERE day >= AS_OF - 60 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_people AS
SELECT sub,
  count(CASE WHEN b & 1 <> 0 THEN 1 END) AS people_30,
  count(CASE WHEN b & 2 <> 0 THEN 1 END) AS people_prev_30
FROM (
  SELECT sub, counterparty, bit_or(CASE WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END) AS b
  FROM usage
  WHERE kind IN ('voice', 'sms') AND counterparty_carrier IN ('own', 'rival_a', 'rival_b', 'fixed')
    AND counterparty IS NOT NULL AND day >= AS_OF - 60 AND day < AS_OF
  GROUP BY sub, counterparty)
GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_cell AS
SELECT sub, count(*) AS cells_30, substr(max(lpad(n::VARCHAR, 12, '0') || cell_id), 13) AS main_cell
FROM (
  SELECT sub, cell_id, count(*) AS n FROM usage
  WHERE cell_id IS NOT NULL AND day >= AS_OF - 30 AND day < AS_OF GROUP BY sub, cell_id)
GROUP BY sub;
