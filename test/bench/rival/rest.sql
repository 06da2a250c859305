CREATE OR REPLACE TEMP TABLE c_recharge AS
SELECT sub,
  count(CASE WHEN day >= AS_OF - 7 THEN 1 END) AS n_7,
  count(CASE WHEN day >= AS_OF - 30 THEN 1 END) AS n_30,
  count(CASE WHEN day >= AS_OF - 90 THEN 1 END) AS n_90,
  sum(CASE WHEN day >= AS_OF - 30 THEN amount END)::BIGINT AS a_30,
  sum(CASE WHEN day >= AS_OF - 90 THEN amount END)::BIGINT AS a_90,
  max(day) AS last_on,
  max_by(amount, ROW(paid_at, amount)) AS last_amount
FROM recharge WHERE day >= AS_OF - 365 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_since AS
SELECT r.sub, count(*) AS n_since
FROM recharge r JOIN subscriber s ON s.sub = r.sub
WHERE r.day >= AS_OF - 365 AND r.day < AS_OF AND r.day >= s.activated_on GROUP BY r.sub;

CREATE OR REPLACE TEMP TABLE c_balance AS
SELECT sub,
  max_by(balance, CASE WHEN day >= AS_OF - 7 THEN day END) AS balance,
  min(CASE WHEN day >= AS_OF - 30 THEN balance END) AS min_30,
  count(CASE WHEN day >= AS_OF - 30 AND balance < 1000 THEN 1 END) AS low_30
FROM balance WHERE day >= AS_OF - 30 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_before AS
SELECT sub, max(balance) AS balance_31 FROM balance WHERE day = AS_OF - 31 GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_bill AS
SELECT sub,
  sum(CASE WHEN month >= MONTH_END - INTERVAL 3 MONTH THEN total END) AS t3,
  count(CASE WHEN month >= MONTH_END - INTERVAL 3 MONTH THEN total END) AS n3,
  sum(CASE WHEN month < MONTH_END - INTERVAL 3 MONTH THEN total END) AS p3,
  count(CASE WHEN month < MONTH_END - INTERVAL 3 MONTH THEN total END) AS pn3,
  sum(CASE WHEN month >= MONTH_END - INTERVAL 3 MONTH THEN data_fee END) AS d3,
  sum(CASE WHEN month >= MONTH_END - INTERVAL 3 MONTH THEN value_added_fee END)::BIGINT AS v3,
  sum(total)::BIGINT - sum(paid)::BIGINT AS unpaid,
  -- Least squares in whole numbers: regr_slope loses digits, and not the same ones in every run.
  (count(total) * sum(date_diff('month', MONTH_END, month) * total)
    - sum(CASE WHEN total IS NOT NULL THEN date_diff('month', MONTH_END, month) END) * sum(total))::DOUBLE
    / nullif(count(total) * sum(CASE WHEN total IS NOT NULL THEN date_diff('month', MONTH_END, month) ** 2 END)
    - sum(CASE WHEN total IS NOT NULL THEN date_diff('month', MONTH_END, month) END) ** 2, 0) AS slope
FROM bill WHERE month >= MONTH_END - INTERVAL 6 MONTH AND month < MONTH_END GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_month AS
SELECT sub, sum(revenue) AS r3, count(revenue) AS rn3,
  sum(voice_off_net_min) AS off3, sum(voice_on_net_min) AS on3,
  max(CASE WHEN month >= MONTH_END - INTERVAL 1 MONTH THEN active_days END) AS active_last
FROM monthly_summary WHERE month >= MONTH_END - INTERVAL 3 MONTH AND month < MONTH_END GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_order AS
SELECT sub,
  count(CASE WHEN product_id IS NOT NULL AND cancelled_on IS NULL THEN 1 END) AS products,
  count(CASE WHEN plan_id IS NOT NULL AND ordered_on >= AS_OF - 180 AND ordered_on < AS_OF THEN 1 END) AS plan_changes
FROM subscription GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_contract AS
SELECT sub, max(ends_on) AS ends_on, max(floor_fee) AS floor_fee
FROM contract WHERE starts_on < AS_OF AND ends_on > AS_OF AND ended_early_on IS NULL GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_care AS
SELECT sub,
  count(CASE WHEN kind = 'complaint' AND day >= AS_OF - 30 THEN 1 END) AS complaints_30,
  count(CASE WHEN kind = 'complaint' THEN 1 END) AS complaints_90,
  count(CASE WHEN kind = 'complaint' AND closed_on IS NULL THEN 1 END) AS open_complaints,
  count(CASE WHEN kind = 'leaving' AND day >= AS_OF - 30 THEN 1 END) AS leaving_30
FROM service_contact WHERE day >= AS_OF - 90 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_fault AS
SELECT sub, count(CASE WHEN repaired_on IS NULL THEN 1 END) AS open_faults,
  count(CASE WHEN reported_on >= AS_OF - 90 AND reported_on < AS_OF THEN 1 END) AS faults_90
FROM fault GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_install AS
SELECT sub, count(*) AS overdue FROM installation WHERE installed_on IS NULL AND promised_on < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_visit AS
SELECT sub, count(*) AS visits_90 FROM visit WHERE day >= AS_OF - 90 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_score AS
SELECT sub, max_by(score, ROW(scored_on, score)) AS score
FROM score WHERE model = 'elsewhere' AND day >= AS_OF - 45 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_warning AS
SELECT sub, count(*) AS n_90 FROM warning WHERE day >= AS_OF - 90 AND day < AS_OF GROUP BY sub;

CREATE OR REPLACE TEMP TABLE c_contact AS
SELECT sub, count(CASE WHEN day >= AS_OF - 30 THEN 1 END) AS n_30, max(day) AS last_on FROM contact WHERE day >= AS_OF - 90 AND day < AS_OF GROUP BY sub;
