-- 132 factors. Written by npm run catalogue from catalogue/factors; do not edit.

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_voice" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(CASE WHEN r."direction" = 'out' THEN 1 END) AS "count_out",
  CAST(sum(r."duration_s") AS BIGINT) AS "sum_duration_s",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b",
  CAST(sum(CASE WHEN r."direction" = 'out' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."reach" = 'long' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_long",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'rival_service' THEN 1 END) AS "count_out_rival_service",
  count(CASE WHEN r."forwarded" = TRUE THEN 1 END) AS "count_forwarded_true"
FROM "usage" AS r
WHERE r."kind" = 'voice'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_sms_out" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(*) AS "count"
FROM "usage" AS r
WHERE r."kind" = 'sms'
  AND r."direction" = 'out'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_data" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  CAST(sum(r."volume_kib") AS BIGINT) AS "sum_volume_kib",
  count(*) AS "count"
FROM "usage" AS r
WHERE r."kind" = 'data'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  CAST(sum(r."fee") AS BIGINT) AS "sum_fee",
  count(*) AS "count_last_day",
  count(CASE WHEN r."roaming" IN ('domestic', 'abroad') THEN 1 END) AS "count_mask_domestic_abroad"
FROM "usage" AS r
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_counterparty" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."counterparty" AS grain
FROM "usage" AS r
WHERE r."kind" IN ('voice', 'sms')
  AND r."counterparty_carrier" IN ('own', 'rival_a', 'rival_b', 'fixed')
  AND r."counterparty" IS NOT NULL
GROUP BY 1, 2, 3;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_cell_id" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."cell_id" AS grain,
  count(*) AS "count_most"
FROM "usage" AS r
WHERE r."cell_id" IS NOT NULL
GROUP BY 1, 2, 3;

-- direct, from recharge
CREATE TABLE "t_recharge" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."day" >= ($as_of - 90) THEN 1 END) AS "count_d90",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."amount" END) AS BIGINT) AS "sum_amount_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 90) THEN r."amount" END) AS BIGINT) AS "sum_amount_d90",
  max(r."day") AS "last_day_d365",
  max_by(r."amount", ROW(r."paid_at", r."amount")) AS "last_amount_d365",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_d180",
  count(CASE WHEN r."day" >= ($as_of - 180) THEN 1 END) AS "count_d180",
  CAST(sum(CASE WHEN r."way" = 'agent' AND r."day" >= ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_agent_d180",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 180) AND r."day" < ($as_of - 90) THEN r."amount" END) AS BIGINT) AS "sum_amount_d180_90"
FROM "recharge" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from recharge
CREATE TABLE "t_recharge_again" AS
SELECT r."sub" AS sub,
  max(CASE WHEN r."day" >= ($as_of - 180) THEN r."amount" END) AS "max_amount_d180"
FROM "recharge" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from recharge
CREATE TABLE "t_recharge_2" AS
SELECT r."sub" AS sub,
  count(*) AS "count_d365"
FROM "recharge" AS r
  LEFT JOIN "subscriber" AS "r_sub" ON "r_sub"."sub" = r."sub"
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
  AND r."day" >= "r_sub"."activated_on"
GROUP BY 1;

-- direct, from balance
CREATE TABLE "t_balance" AS
SELECT r."sub" AS sub,
  max_by(CASE WHEN r."day" >= ($as_of - 7) THEN r."balance" END, r."day") AS "last_balance_d7",
  count(CASE WHEN r."balance" < 1000 AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_balance_1000_d30"
FROM "balance" AS r
WHERE r."day" >= ($as_of - 31)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from balance
CREATE TABLE "t_balance_again" AS
SELECT r."sub" AS sub,
  min(CASE WHEN r."day" >= ($as_of - 30) THEN r."balance" END) AS "min_balance_d30",
  max_by(CASE WHEN r."day" < ($as_of - 30) THEN r."balance" END, r."day") AS "last_balance_d31_30"
FROM "balance" AS r
WHERE r."day" >= ($as_of - 31)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from bill
CREATE TABLE "t_bill" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m3",
  count(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m3",
  max_by(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."total" END, r."month") AS "last_total_m1",
  CAST(sum(CASE WHEN r."month" < ($month_end - INTERVAL 3 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m6_3",
  count(CASE WHEN r."month" < ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m6_3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m1",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 2 MONTH) AND r."month" < ($month_end - INTERVAL 1 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m2_1",
  (count(r."total") * CAST(sum(date_diff('month', $month_end, r."month") * r."total") AS DOUBLE) - sum(CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) * CAST(sum(r."total") AS DOUBLE)) / nullif(CAST(count(r."total") * sum(CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END) - sum(CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) * sum(CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) AS DOUBLE), 0) AS "slope_total_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."data_fee" END) AS BIGINT) AS "sum_data_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."value_added_fee" END) AS BIGINT) AS "sum_value_added_fee_m3",
  CAST(sum(r."paid") AS BIGINT) AS "sum_paid_m6",
  CAST(sum(r."total") AS BIGINT) AS "sum_total_m6"
FROM "bill" AS r
WHERE r."month" >= ($month_end - INTERVAL 6 MONTH)
  AND r."month" < $month_end
GROUP BY 1;

-- direct, from monthly_summary
CREATE TABLE "t_monthly_summary" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."revenue" END) AS BIGINT) AS "sum_revenue_m3",
  count(CASE WHEN r."revenue" IS NOT NULL AND r."month" >= ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m3",
  max_by(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."active_days" END, r."month") AS "last_active_days_m1",
  (count(r."data_kib") * CAST(sum(date_diff('month', $month_end, r."month") * r."data_kib") AS DOUBLE) - sum(CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) * CAST(sum(r."data_kib") AS DOUBLE)) / nullif(CAST(count(r."data_kib") * sum(CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END) - sum(CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) * sum(CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END) AS DOUBLE), 0) AS "slope_data_kib_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."recharge_count" END) AS BIGINT) AS "sum_recharge_count_m3",
  sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) AS "sum_voice_off_net_min_m3",
  sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) AS "sum_voice_on_net_min_m3"
FROM "monthly_summary" AS r
WHERE r."month" >= ($month_end - INTERVAL 6 MONTH)
  AND r."month" < $month_end
GROUP BY 1;

-- direct, from service_contact
CREATE TABLE "t_service_contact" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."kind" = 'complaint' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_complaint_d30",
  count(CASE WHEN r."kind" = 'complaint' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_complaint_d90",
  count(CASE WHEN r."kind" = 'complaint' AND r."closed_on" IS NULL AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_complaint_closed_on_missing_d90",
  count(CASE WHEN r."kind" = 'leaving' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_leaving_d30",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."satisfied" = FALSE THEN 1 END) AS "count_satisfied_false_d180"
FROM "service_contact" AS r
WHERE r."day" >= ($as_of - 180)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from fault
CREATE TABLE "t_fault" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."repaired_on" IS NULL THEN 1 END) AS "count_repaired_on_missing",
  count(CASE WHEN r."reported_on" >= ($as_of - 90) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on",
  count(CASE WHEN r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on_2",
  min(CASE WHEN r."repaired_on" IS NULL THEN r."reported_on" END) AS "min_reported_on_repaired_on_missing"
FROM "fault" AS r
GROUP BY 1;

-- direct, from installation
CREATE TABLE "t_installation" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."installed_on" IS NULL AND r."promised_on" < $as_of THEN 1 END) AS "count_installed_on_missing_promised_on",
  count(CASE WHEN r."delayed_by_carrier" = TRUE AND r."ordered_on" >= ($as_of - 365) AND r."ordered_on" < $as_of THEN 1 END) AS "count_delayed_by_carrier_true_ordered_on_ordered_on"
FROM "installation" AS r
GROUP BY 1;

-- direct, from visit
CREATE TABLE "t_visit" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."day" >= ($as_of - 90) THEN 1 END) AS "count_d90",
  max(CASE WHEN r."reached" = TRUE THEN r."day" END) AS "last_day_reached_true_d365"
FROM "visit" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from score
CREATE TABLE "t_score_elsewhere" AS
SELECT r."sub" AS sub,
  max_by(r."score", ROW(r."scored_on", r."score")) AS "last_score_d45"
FROM "score" AS r
WHERE r."day" >= ($as_of - 45)
  AND r."day" < $as_of
  AND r."model" = 'elsewhere'
GROUP BY 1;

-- direct, from warning
CREATE TABLE "t_warning" AS
SELECT r."sub" AS sub,
  count(*) AS "count_d90",
  count(CASE WHEN r."level" = 'high' THEN 1 END) AS "count_high_d90",
  max_by(r."level", r."raised_on") AS "last_level_d90"
FROM "warning" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from contact
CREATE TABLE "t_contact" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."reached" = TRUE THEN 1 END) AS "count_reached_true_d90",
  max(r."day") AS "last_day_d90"
FROM "contact" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from subscription
CREATE TABLE "t_subscription" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."product_id" IS NOT NULL AND r."cancelled_on" IS NULL THEN 1 END) AS "count_cancelled_on_missing",
  CAST(sum(CASE WHEN r."cancelled_on" IS NULL THEN "r_product_id"."monthly_fee" END) AS BIGINT) AS "sum_product_id_monthly_fee_cancelled_on_missing",
  count(CASE WHEN "r_product_id"."kind" = 'value_added' AND r."cancelled_on" IS NULL THEN 1 END) AS "count_value_added_cancelled_on_missing",
  count(CASE WHEN r."cancelled_on" >= ($as_of - 90) AND r."cancelled_on" < $as_of THEN 1 END) AS "count_cancelled_on_cancelled_on",
  count(CASE WHEN r."plan_id" IS NOT NULL AND r."ordered_on" >= ($as_of - 180) AND r."ordered_on" < $as_of THEN 1 END) AS "count_ordered_on_ordered_on",
  count(CASE WHEN "r_plan_id"."monthly_fee" < "r_previous_plan_id"."monthly_fee" AND r."ordered_on" >= ($as_of - 180) AND r."ordered_on" < $as_of THEN 1 END) AS "count_monthly_fee_ordered_on_ordered_on"
FROM "subscription" AS r
  LEFT JOIN "product" AS "r_product_id" ON "r_product_id"."product_id" = r."product_id"
  LEFT JOIN "plan" AS "r_plan_id" ON "r_plan_id"."plan_id" = r."plan_id"
  LEFT JOIN "plan" AS "r_previous_plan_id" ON "r_previous_plan_id"."plan_id" = r."previous_plan_id"
GROUP BY 1;

-- direct, from contract
CREATE TABLE "t_contract" AS
SELECT r."sub" AS sub,
  max(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."ends_on" END) AS "max_ends_on_starts_on_ends_on_ended_early_on_missing",
  max(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."floor_fee" END) AS "max_floor_fee_starts_on_ends_on_ended_early_on_missing",
  count(CASE WHEN r."ended_early_on" >= ($as_of - 365) AND r."ended_early_on" < $as_of THEN 1 END) AS "count_ended_early_on_ended_early_on"
FROM "contract" AS r
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_voice" AS
SELECT sub,
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out" END) AS BIGINT) AS "count_out_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_rival_a_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out" END) AS BIGINT) AS "sum_duration_s_out_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s_out_rival_a_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b_d60_30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s_out" END) AS BIGINT) AS "sum_duration_s_out_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_long" END) AS BIGINT) AS "sum_duration_s_out_long_d30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_out_rival_service" END) AS BIGINT) AS "count_out_rival_service_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_forwarded_true" END) AS BIGINT) AS "count_forwarded_true_d30"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 ELSE 2 END AS TINYINT) AS bk,
  CAST(sum(r."count_out") AS BIGINT) AS "count_out",
  CAST(sum(r."sum_duration_s") AS BIGINT) AS "sum_duration_s",
  CAST(sum(r."sum_duration_s_out_rival_a_rival_b") AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b",
  CAST(sum(r."sum_duration_s_out") AS BIGINT) AS "sum_duration_s_out",
  CAST(sum(r."sum_duration_s_out_long") AS BIGINT) AS "sum_duration_s_out_long",
  CAST(sum(r."count_out_rival_service") AS BIGINT) AS "count_out_rival_service",
  CAST(sum(r."count_forwarded_true") AS BIGINT) AS "count_forwarded_true"
FROM "partial_usage_voice" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from day partials of usage
CREATE TABLE "t_usage_sms_out" AS
SELECT r."sub" AS sub,
  CAST(sum(r."count") AS BIGINT) AS "count_d30"
FROM "partial_usage_sms_out" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from day partials of usage
CREATE TABLE "t_usage_data" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."day" >= ($as_of - 7) THEN r."sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d7",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d30",
  CAST(sum(CASE WHEN r."day" < ($as_of - 30) THEN r."sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d60_30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count" END) AS BIGINT) AS "count_d30"
FROM "partial_usage_data" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from day partials of usage
CREATE TABLE "t_usage" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."sum_fee" END) AS BIGINT) AS "sum_fee_d30",
  max(CASE WHEN r."count_last_day" > 0 THEN r."day" END) AS "last_day_d60",
  bit_or(CASE WHEN r."count_last_day" > 0 AND r."day" >= ($as_of - 30) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_d30",
  bit_or(CASE WHEN r."count_mask_domestic_abroad" > 0 AND r."day" >= ($as_of - 30) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_domestic_abroad_d30"
FROM "partial_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_counterparty" AS
SELECT sub,
  count(CASE WHEN seen & 1 <> 0 THEN 1 END) AS "distinct_d30",
  count(CASE WHEN seen & 2 <> 0 THEN 1 END) AS "distinct_d60_30"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain,
  bit_or(CASE WHEN r."day" >= ($as_of - 30) THEN 1 ELSE 2 END) AS seen
FROM "partial_usage_counterparty" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_cell_id" AS
SELECT sub,
  count(*) AS "distinct_d30",
  substr(max(lpad(CAST("n_most_d30" AS VARCHAR), 12, '0') || grain), 13) AS "most_d30"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain,
  sum(r."count_most") AS "n_most_d30"
FROM "partial_usage_cell_id" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from daily_usage
CREATE TABLE "t_daily_usage" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."voice_out_s" END) AS BIGINT) AS "sum_voice_out_s_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_d30",
  CAST(sum(CASE WHEN r."day" < ($as_of - 30) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_d60_30"
FROM "daily_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- One row per subscriber
CREATE TABLE "factor" AS
SELECT sub, subscriber_id, "recharge_count_7d", "recharge_count_30d", "recharge_count_90d", "recharge_amount_30d", "recharge_amount_90d", "recharges_since_activation", "last_recharge_on", "days_since_recharge", "last_recharge_amount", "avg_recharge_180d", "max_recharge_180d", "agent_recharge_share_180d", "recharge_change_90d", "balance", "balance_min_30d", "days_low_balance_30d", "balance_31d_ago", "spend_per_day_30d", "balance_days_left", "arpu_3m", "arpu_last", "arpu_change_3m", "arpu_change_1m", "arpu_slope_6m", "bill_total_3m", "data_fee_3m", "data_fee_share_3m", "value_added_fee_3m", "bill_paid_6m", "bill_total_6m", "unpaid_6m", "value_class", "summary_revenue_3m", "summary_active_days", "summary_data_slope_6m", "summary_recharges_3m", "summary_off_net_min_3m", "summary_on_net_min_3m", "summary_off_net_share_3m", "complaints_30d", "complaints_90d", "open_complaints", "leaving_enquiries_30d", "service_contacts_30d", "unsatisfied_180d", "open_faults", "faults_90d", "faults_365d", "oldest_open_fault_on", "oldest_open_fault_days", "installs_overdue", "installs_delayed_365d", "visits_90d", "last_visit_on", "churn_score", "warnings_90d", "high_warnings_90d", "last_warning_level", "contacts_7d", "contacts_30d", "contacts_reached_90d", "last_contact_on", "days_since_contact", "opted_out", "customer_kind", "sex", "birthday", "days_to_birthday", "age_months", "birthday_soon", "dual_sim", "device_brand", "device_generation", "device_since", "device_age_days", "status", "status_since", "days_in_status", "days_in_grace", "payment", "brand", "grid", "agent", "joined_on", "months_on_network", "activated_on", "days_since_activation", "forward_off_net", "days_to_month_end", "plan", "plan_fee", "plan_voice_min", "plan_data_kib", "plan_on_sale", "products_active", "product_fee_active", "value_added_active", "cancellations_90d", "plan_changes_180d", "downgrades_180d", "contract_ends_on", "contract_days_left", "contract_floor_fee", "contracts_broken_365d", "calls_made_30d", "voice_s_30d", "voice_change_30d", "off_net_share_30d", "off_net_share_prev_30d", "off_net_share_change", "long_distance_share_30d", "rival_service_calls_7d", "forwarded_calls_30d", "sms_sent_30d", "data_kib_7d", "data_kib_30d", "data_change_30d", "data_sessions_30d", "usage_fee_30d", "last_use_on", "days_since_use", "active_days_30d", "silent_days_max_30d", "roaming_days_30d", "counterparties_30d", "counterparties_change_30d", "cells_30d", "main_cell_30d", "main_area", "daily_voice_s_30d", "daily_data_kib_30d", "daily_data_change_30d"
FROM (
SELECT w.*,
  CAST((CAST(CASE WHEN w."balance" >= 0 THEN w."balance" WHEN 0 > w."balance" THEN 0 END AS DOUBLE) / nullif(CASE WHEN coalesce((w."spend_per_day_30d" > 0), FALSE) THEN w."spend_per_day_30d" ELSE NULL END, 0)) AS DOUBLE) AS "balance_days_left",
  CAST(coalesce((w."days_to_birthday" < 7), FALSE) AS BOOLEAN) AS "birthday_soon",
  CAST(CASE WHEN coalesce((w."status" = 'grace'), FALSE) THEN w."days_in_status" ELSE NULL END AS BIGINT) AS "days_in_grace"
FROM (
SELECT w.*,
  CAST(CAST($as_of - w."last_recharge_on" AS BIGINT) AS BIGINT) AS "days_since_recharge",
  CAST((CAST(((w."balance_31d_ago" + w."recharge_amount_30d") - w."balance") AS DOUBLE) / nullif(30, 0)) AS DOUBLE) AS "spend_per_day_30d",
  CAST((CAST(w."data_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "data_fee_share_3m",
  CAST((w."bill_total_6m" - w."bill_paid_6m") AS BIGINT) AS "unpaid_6m",
  CAST(CASE WHEN (w."arpu_3m" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."arpu_3m" >= 12000), FALSE) THEN 'high' ELSE CASE WHEN coalesce((w."arpu_3m" >= 5000), FALSE) THEN 'middle' ELSE 'low' END END END AS VARCHAR) AS "value_class",
  CAST((CAST(w."summary_off_net_min_3m" AS DOUBLE) / nullif((w."summary_off_net_min_3m" + w."summary_on_net_min_3m"), 0)) AS DOUBLE) AS "summary_off_net_share_3m",
  CAST(CAST($as_of - w."oldest_open_fault_on" AS BIGINT) AS BIGINT) AS "oldest_open_fault_days",
  CAST(CAST($as_of - w."last_contact_on" AS BIGINT) AS BIGINT) AS "days_since_contact",
  CAST(CAST(CASE WHEN CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") AS INTEGER)) AS DATE) >= $as_of THEN CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") AS INTEGER)) AS DATE) ELSE CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") + 1 AS INTEGER)) AS DATE) END - $as_of AS BIGINT) AS BIGINT) AS "days_to_birthday",
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."birthday") * 12 + extract(month FROM w."birthday")) - CASE WHEN extract(day FROM w."birthday") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "age_months",
  CAST(CAST($as_of - w."device_since" AS BIGINT) AS BIGINT) AS "device_age_days",
  CAST(CAST($as_of - w."status_since" AS BIGINT) AS BIGINT) AS "days_in_status",
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."joined_on") * 12 + extract(month FROM w."joined_on")) - CASE WHEN extract(day FROM w."joined_on") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "months_on_network",
  CAST(CAST($as_of - w."activated_on" AS BIGINT) AS BIGINT) AS "days_since_activation",
  CAST(CAST(w."contract_ends_on" - $as_of AS BIGINT) AS BIGINT) AS "contract_days_left",
  CAST((w."off_net_share_30d" - w."off_net_share_prev_30d") AS DOUBLE) AS "off_net_share_change",
  CAST(CAST($as_of - w."last_use_on" AS BIGINT) AS BIGINT) AS "days_since_use",
  CAST("main_cell_30d_cell"."area" AS VARCHAR) AS "main_area"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST(coalesce("t_recharge"."count_d7", 0) AS BIGINT) AS "recharge_count_7d",
  CAST(coalesce("t_recharge"."count_d30", 0) AS BIGINT) AS "recharge_count_30d",
  CAST(coalesce("t_recharge"."count_d90", 0) AS BIGINT) AS "recharge_count_90d",
  CAST(coalesce("t_recharge"."sum_amount_d30", 0) AS BIGINT) AS "recharge_amount_30d",
  CAST(coalesce("t_recharge"."sum_amount_d90", 0) AS BIGINT) AS "recharge_amount_90d",
  CAST(coalesce("t_recharge_2"."count_d365", 0) AS BIGINT) AS "recharges_since_activation",
  CAST("t_recharge"."last_day_d365" AS DATE) AS "last_recharge_on",
  CAST("t_recharge"."last_amount_d365" AS BIGINT) AS "last_recharge_amount",
  CAST(CAST(round((CAST("t_recharge"."sum_amount_d180" AS DOUBLE) / nullif("t_recharge"."count_d180", 0))) AS BIGINT) AS BIGINT) AS "avg_recharge_180d",
  CAST("t_recharge_again"."max_amount_d180" AS BIGINT) AS "max_recharge_180d",
  CAST((CAST(coalesce("t_recharge"."sum_amount_agent_d180", 0) AS DOUBLE) / nullif("t_recharge"."sum_amount_d180", 0)) AS DOUBLE) AS "agent_recharge_share_180d",
  CAST((CAST((coalesce("t_recharge"."sum_amount_d90", 0) - "t_recharge"."sum_amount_d180_90") AS DOUBLE) / nullif("t_recharge"."sum_amount_d180_90", 0)) AS DOUBLE) AS "recharge_change_90d",
  CAST("t_balance"."last_balance_d7" AS BIGINT) AS "balance",
  CAST("t_balance_again"."min_balance_d30" AS BIGINT) AS "balance_min_30d",
  CAST(coalesce("t_balance"."count_balance_1000_d30", 0) AS BIGINT) AS "days_low_balance_30d",
  CAST("t_balance_again"."last_balance_d31_30" AS BIGINT) AS "balance_31d_ago",
  CAST(CAST(round((CAST("t_bill"."sum_total_m3" AS DOUBLE) / nullif("t_bill"."count_m3", 0))) AS BIGINT) AS BIGINT) AS "arpu_3m",
  CAST("t_bill"."last_total_m1" AS BIGINT) AS "arpu_last",
  CAST((CAST(((CAST("t_bill"."sum_total_m3" AS DOUBLE) / nullif("t_bill"."count_m3", 0)) - (CAST("t_bill"."sum_total_m6_3" AS DOUBLE) / nullif("t_bill"."count_m6_3", 0))) AS DOUBLE) / nullif((CAST("t_bill"."sum_total_m6_3" AS DOUBLE) / nullif("t_bill"."count_m6_3", 0)), 0)) AS DOUBLE) AS "arpu_change_3m",
  CAST((CAST((coalesce("t_bill"."sum_total_m1", 0) - "t_bill"."sum_total_m2_1") AS DOUBLE) / nullif("t_bill"."sum_total_m2_1", 0)) AS DOUBLE) AS "arpu_change_1m",
  CAST("t_bill"."slope_total_m6" AS DOUBLE) AS "arpu_slope_6m",
  CAST(coalesce("t_bill"."sum_total_m3", 0) AS BIGINT) AS "bill_total_3m",
  CAST(coalesce("t_bill"."sum_data_fee_m3", 0) AS BIGINT) AS "data_fee_3m",
  CAST(coalesce("t_bill"."sum_value_added_fee_m3", 0) AS BIGINT) AS "value_added_fee_3m",
  CAST(coalesce("t_bill"."sum_paid_m6", 0) AS BIGINT) AS "bill_paid_6m",
  CAST(coalesce("t_bill"."sum_total_m6", 0) AS BIGINT) AS "bill_total_6m",
  CAST(CAST(round((CAST("t_monthly_summary"."sum_revenue_m3" AS DOUBLE) / nullif("t_monthly_summary"."count_m3", 0))) AS BIGINT) AS BIGINT) AS "summary_revenue_3m",
  CAST("t_monthly_summary"."last_active_days_m1" AS BIGINT) AS "summary_active_days",
  CAST("t_monthly_summary"."slope_data_kib_m6" AS DOUBLE) AS "summary_data_slope_6m",
  CAST(coalesce("t_monthly_summary"."sum_recharge_count_m3", 0) AS BIGINT) AS "summary_recharges_3m",
  CAST(coalesce("t_monthly_summary"."sum_voice_off_net_min_m3", 0) AS DOUBLE) AS "summary_off_net_min_3m",
  CAST(coalesce("t_monthly_summary"."sum_voice_on_net_min_m3", 0) AS DOUBLE) AS "summary_on_net_min_3m",
  CAST(coalesce("t_service_contact"."count_complaint_d30", 0) AS BIGINT) AS "complaints_30d",
  CAST(coalesce("t_service_contact"."count_complaint_d90", 0) AS BIGINT) AS "complaints_90d",
  CAST(coalesce("t_service_contact"."count_complaint_closed_on_missing_d90", 0) AS BIGINT) AS "open_complaints",
  CAST(coalesce("t_service_contact"."count_leaving_d30", 0) AS BIGINT) AS "leaving_enquiries_30d",
  CAST(coalesce("t_service_contact"."count_d30", 0) AS BIGINT) AS "service_contacts_30d",
  CAST(coalesce("t_service_contact"."count_satisfied_false_d180", 0) AS BIGINT) AS "unsatisfied_180d",
  CAST(coalesce("t_fault"."count_repaired_on_missing", 0) AS BIGINT) AS "open_faults",
  CAST(coalesce("t_fault"."count_reported_on_reported_on", 0) AS BIGINT) AS "faults_90d",
  CAST(coalesce("t_fault"."count_reported_on_reported_on_2", 0) AS BIGINT) AS "faults_365d",
  CAST("t_fault"."min_reported_on_repaired_on_missing" AS DATE) AS "oldest_open_fault_on",
  CAST(coalesce("t_installation"."count_installed_on_missing_promised_on", 0) AS BIGINT) AS "installs_overdue",
  CAST(coalesce("t_installation"."count_delayed_by_carrier_true_ordered_on_ordered_on", 0) AS BIGINT) AS "installs_delayed_365d",
  CAST(coalesce("t_visit"."count_d90", 0) AS BIGINT) AS "visits_90d",
  CAST("t_visit"."last_day_reached_true_d365" AS DATE) AS "last_visit_on",
  CAST("t_score_elsewhere"."last_score_d45" AS DOUBLE) AS "churn_score",
  CAST(coalesce("t_warning"."count_d90", 0) AS BIGINT) AS "warnings_90d",
  CAST(coalesce("t_warning"."count_high_d90", 0) AS BIGINT) AS "high_warnings_90d",
  CAST("t_warning"."last_level_d90" AS VARCHAR) AS "last_warning_level",
  CAST(coalesce("t_contact"."count_d7", 0) AS BIGINT) AS "contacts_7d",
  CAST(coalesce("t_contact"."count_d30", 0) AS BIGINT) AS "contacts_30d",
  CAST(coalesce("t_contact"."count_reached_true_d90", 0) AS BIGINT) AS "contacts_reached_90d",
  CAST("t_contact"."last_day_d90" AS DATE) AS "last_contact_on",
  CAST("s_customer_id"."opted_out" AS BOOLEAN) AS "opted_out",
  CAST("s_customer_id"."kind" AS VARCHAR) AS "customer_kind",
  CAST("s_customer_id"."sex" AS VARCHAR) AS "sex",
  CAST("s_customer_id"."birthday" AS DATE) AS "birthday",
  CAST("device"."dual_sim" AS BOOLEAN) AS "dual_sim",
  CAST("device"."brand" AS VARCHAR) AS "device_brand",
  CAST("device"."generation" AS BIGINT) AS "device_generation",
  CAST("device"."since" AS DATE) AS "device_since",
  CAST("s"."status" AS VARCHAR) AS "status",
  CAST("s"."status_since" AS DATE) AS "status_since",
  CAST("s"."payment" AS VARCHAR) AS "payment",
  CAST("s"."brand" AS VARCHAR) AS "brand",
  CAST("s"."grid_id" AS VARCHAR) AS "grid",
  CAST("s"."agent_id" AS VARCHAR) AS "agent",
  CAST("s"."joined_on" AS DATE) AS "joined_on",
  CAST("s"."activated_on" AS DATE) AS "activated_on",
  CAST("s"."forward_off_net" AS BOOLEAN) AS "forward_off_net",
  CAST(CAST(last_day($as_of) - $as_of AS BIGINT) AS BIGINT) AS "days_to_month_end",
  CAST("s"."plan_id" AS VARCHAR) AS "plan",
  CAST("s_plan_id"."monthly_fee" AS BIGINT) AS "plan_fee",
  CAST("s_plan_id"."voice_min" AS BIGINT) AS "plan_voice_min",
  CAST("s_plan_id"."data_kib" AS BIGINT) AS "plan_data_kib",
  CAST("s_plan_id"."on_sale" AS BOOLEAN) AS "plan_on_sale",
  CAST(coalesce("t_subscription"."count_cancelled_on_missing", 0) AS BIGINT) AS "products_active",
  CAST(coalesce("t_subscription"."sum_product_id_monthly_fee_cancelled_on_missing", 0) AS BIGINT) AS "product_fee_active",
  CAST(coalesce("t_subscription"."count_value_added_cancelled_on_missing", 0) AS BIGINT) AS "value_added_active",
  CAST(coalesce("t_subscription"."count_cancelled_on_cancelled_on", 0) AS BIGINT) AS "cancellations_90d",
  CAST(coalesce("t_subscription"."count_ordered_on_ordered_on", 0) AS BIGINT) AS "plan_changes_180d",
  CAST(coalesce("t_subscription"."count_monthly_fee_ordered_on_ordered_on", 0) AS BIGINT) AS "downgrades_180d",
  CAST("t_contract"."max_ends_on_starts_on_ends_on_ended_early_on_missing" AS DATE) AS "contract_ends_on",
  CAST("t_contract"."max_floor_fee_starts_on_ends_on_ended_early_on_missing" AS BIGINT) AS "contract_floor_fee",
  CAST(coalesce("t_contract"."count_ended_early_on_ended_early_on", 0) AS BIGINT) AS "contracts_broken_365d",
  CAST(coalesce("t_usage_voice"."count_out_d30", 0) AS BIGINT) AS "calls_made_30d",
  CAST(coalesce("t_usage_voice"."sum_duration_s_d30", 0) AS BIGINT) AS "voice_s_30d",
  CAST((CAST((coalesce("t_usage_voice"."sum_duration_s_d30", 0) - "t_usage_voice"."sum_duration_s_d60_30") AS DOUBLE) / nullif("t_usage_voice"."sum_duration_s_d60_30", 0)) AS DOUBLE) AS "voice_change_30d",
  CAST((CAST(coalesce("t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d30", 0) AS DOUBLE) / nullif("t_usage_voice"."sum_duration_s_out_d30", 0)) AS DOUBLE) AS "off_net_share_30d",
  CAST((CAST(coalesce("t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d60_30", 0) AS DOUBLE) / nullif("t_usage_voice"."sum_duration_s_out_d60_30", 0)) AS DOUBLE) AS "off_net_share_prev_30d",
  CAST((CAST(coalesce("t_usage_voice"."sum_duration_s_out_long_d30", 0) AS DOUBLE) / nullif("t_usage_voice"."sum_duration_s_out_d30", 0)) AS DOUBLE) AS "long_distance_share_30d",
  CAST(coalesce("t_usage_voice"."count_out_rival_service_d7", 0) AS BIGINT) AS "rival_service_calls_7d",
  CAST(coalesce("t_usage_voice"."count_forwarded_true_d30", 0) AS BIGINT) AS "forwarded_calls_30d",
  CAST(coalesce("t_usage_sms_out"."count_d30", 0) AS BIGINT) AS "sms_sent_30d",
  CAST(coalesce("t_usage_data"."sum_volume_kib_d7", 0) AS BIGINT) AS "data_kib_7d",
  CAST(coalesce("t_usage_data"."sum_volume_kib_d30", 0) AS BIGINT) AS "data_kib_30d",
  CAST((CAST((coalesce("t_usage_data"."sum_volume_kib_d30", 0) - "t_usage_data"."sum_volume_kib_d60_30") AS DOUBLE) / nullif("t_usage_data"."sum_volume_kib_d60_30", 0)) AS DOUBLE) AS "data_change_30d",
  CAST(coalesce("t_usage_data"."count_d30", 0) AS BIGINT) AS "data_sessions_30d",
  CAST(coalesce("t_usage"."sum_fee_d30", 0) AS BIGINT) AS "usage_fee_30d",
  CAST("t_usage"."last_day_d60" AS DATE) AS "last_use_on",
  CAST(coalesce(bit_count("t_usage"."mask_d30"), 0) AS BIGINT) AS "active_days_30d",
  CAST(coalesce(length(list_max(string_split(lpad(bin("t_usage"."mask_d30" >> 0), CAST(30 - 0 AS INTEGER), '0'), '1'))), 30) AS BIGINT) AS "silent_days_max_30d",
  CAST(coalesce(bit_count("t_usage"."mask_domestic_abroad_d30"), 0) AS BIGINT) AS "roaming_days_30d",
  CAST(coalesce("t_usage_counterparty"."distinct_d30", 0) AS BIGINT) AS "counterparties_30d",
  CAST((CAST((coalesce("t_usage_counterparty"."distinct_d30", 0) - "t_usage_counterparty"."distinct_d60_30") AS DOUBLE) / nullif("t_usage_counterparty"."distinct_d60_30", 0)) AS DOUBLE) AS "counterparties_change_30d",
  CAST(coalesce("t_usage_cell_id"."distinct_d30", 0) AS BIGINT) AS "cells_30d",
  CAST("t_usage_cell_id"."most_d30" AS VARCHAR) AS "main_cell_30d",
  CAST(coalesce("t_daily_usage"."sum_voice_out_s_d30", 0) AS BIGINT) AS "daily_voice_s_30d",
  CAST(coalesce("t_daily_usage"."sum_data_kib_d30", 0) AS BIGINT) AS "daily_data_kib_30d",
  CAST((CAST((coalesce("t_daily_usage"."sum_data_kib_d30", 0) - "t_daily_usage"."sum_data_kib_d60_30") AS DOUBLE) / nullif("t_daily_usage"."sum_data_kib_d60_30", 0)) AS DOUBLE) AS "daily_data_change_30d"
FROM (SELECT * FROM "subscriber" AS r WHERE r."status" NOT IN ('closed', 'ported_out')) AS s
  LEFT JOIN "customer" AS "s_customer_id" ON "s_customer_id"."customer_id" = "s"."customer_id"
  LEFT JOIN "device" AS "device" ON "device"."sub" = "s".sub
  LEFT JOIN "plan" AS "s_plan_id" ON "s_plan_id"."plan_id" = "s"."plan_id"
  LEFT JOIN "t_recharge" AS "t_recharge" ON "t_recharge".sub = s.sub
  LEFT JOIN "t_recharge_again" AS "t_recharge_again" ON "t_recharge_again".sub = s.sub
  LEFT JOIN "t_recharge_2" AS "t_recharge_2" ON "t_recharge_2".sub = s.sub
  LEFT JOIN "t_balance" AS "t_balance" ON "t_balance".sub = s.sub
  LEFT JOIN "t_balance_again" AS "t_balance_again" ON "t_balance_again".sub = s.sub
  LEFT JOIN "t_bill" AS "t_bill" ON "t_bill".sub = s.sub
  LEFT JOIN "t_monthly_summary" AS "t_monthly_summary" ON "t_monthly_summary".sub = s.sub
  LEFT JOIN "t_service_contact" AS "t_service_contact" ON "t_service_contact".sub = s.sub
  LEFT JOIN "t_fault" AS "t_fault" ON "t_fault".sub = s.sub
  LEFT JOIN "t_installation" AS "t_installation" ON "t_installation".sub = s.sub
  LEFT JOIN "t_visit" AS "t_visit" ON "t_visit".sub = s.sub
  LEFT JOIN "t_score_elsewhere" AS "t_score_elsewhere" ON "t_score_elsewhere".sub = s.sub
  LEFT JOIN "t_warning" AS "t_warning" ON "t_warning".sub = s.sub
  LEFT JOIN "t_contact" AS "t_contact" ON "t_contact".sub = s.sub
  LEFT JOIN "t_subscription" AS "t_subscription" ON "t_subscription".sub = s.sub
  LEFT JOIN "t_contract" AS "t_contract" ON "t_contract".sub = s.sub
  LEFT JOIN "t_usage_voice" AS "t_usage_voice" ON "t_usage_voice".sub = s.sub
  LEFT JOIN "t_usage_sms_out" AS "t_usage_sms_out" ON "t_usage_sms_out".sub = s.sub
  LEFT JOIN "t_usage_data" AS "t_usage_data" ON "t_usage_data".sub = s.sub
  LEFT JOIN "t_usage" AS "t_usage" ON "t_usage".sub = s.sub
  LEFT JOIN "t_usage_counterparty" AS "t_usage_counterparty" ON "t_usage_counterparty".sub = s.sub
  LEFT JOIN "t_usage_cell_id" AS "t_usage_cell_id" ON "t_usage_cell_id".sub = s.sub
  LEFT JOIN "t_daily_usage" AS "t_daily_usage" ON "t_daily_usage".sub = s.sub
) AS w
  LEFT JOIN "cell" AS "main_cell_30d_cell" ON "main_cell_30d_cell"."cell_id" = w."main_cell_30d"
) AS w
);
