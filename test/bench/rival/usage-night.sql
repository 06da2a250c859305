-- The tables of usage-full.sql from day partials (views d_… over their files).
CREATE OR REPLACE TEMP TABLE c_voice AS
SELECT sub,
  (CASE WHEN day >= AS_OF - 7 THEN 0 WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END)::TINYINT AS bk,
  sum(s) AS s, sum(n_out) AS n_out, sum(s_out) AS s_out, sum(s_off) AS s_off, sum(s_long) AS s_long,
  sum(n_rival_service) AS n_rival_service, sum(n_forwarded) AS n_forwarded
FROM d_voice WHERE day >= AS_OF - 60 AND day < AS_OF GROUP BY sub, bk;

CREATE OR REPLACE TEMP TABLE c_sms AS
SELECT sub, sum(n_out) AS n_out FROM d_sms WHERE day >= AS_OF - 30 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_data AS
SELECT sub,
  (CASE WHEN day >= AS_OF - 7 THEN 0 WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END)::TINYINT AS bk,
  sum(kib) AS kib, sum(n) AS n
FROM d_data WHERE day >= AS_OF - 60 AND day < AS_OF GROUP BY sub, bk;

CREATE OR REPLACE TEMP TABLE c_any AS
SELECT sub,
  sum(CASE WHEN day >= AS_OF - 30 THEN fee END) AS fee_30,
  max(day) AS last_day,
  bit_or(1::UBIGINT << (AS_OF - 1 - day)::INT) AS days,
  bit_or(CASE WHEN n_roaming > 0 THEN 1::UBIGINT << (AS_OF - 1 - day)::INT END) AS roaming
FROM d_any WHERE day >= AS_OF - 60 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_people AS
SELECT sub,
  count(CASE WHEN b & 1 <> 0 THEN 1 END) AS people_30,
  count(CASE WHEN b & 2 <> 0 THEN 1 END) AS people_prev_30
FROM (
  SELECT sub, counterparty, bit_or(CASE WHEN day >= AS_OF - 30 THEN 1 ELSE 2 END) AS b
  FROM d_people WHERE day >= AS_OF - 60 AND day < AS_OF GROUP BY sub, counterparty)
GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_cell AS
SELECT sub, count(*) AS cells_30, substr(max(lpad(n::VARCHAR, 12, '0') || cell_id), 13) AS main_cell
FROM (
  SELECT sub, cell_id, sum(n) AS n FROM d_cell WHERE day >= AS_OF - 30 AND day < AS_OF GROUP BY sub, cell_id)
GROUP BY sub;
