-- 554 factors. Written by npm run catalogue from catalogue/factors; do not edit.

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_voice" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b",
  CAST(sum(CASE WHEN r."direction" = 'out' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out",
  CAST(sum(r."duration_s") AS BIGINT) AS "sum_duration_s",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'rival_service' THEN 1 END) AS "count_out_rival_service",
  count(CASE WHEN r."direction" = 'out' THEN 1 END) AS "count_out",
  count(CASE WHEN r."direction" = 'in' THEN 1 END) AS "count_in",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'own' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_own",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN 1 END) AS "count_out_rival_a_rival_b",
  count(*) AS "count",
  CAST(sum(CASE WHEN r."counterparty" IS NOT NULL THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_2",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty" IS NOT NULL THEN 1 END) AS "count_out_2",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."reach" = 'long' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_long",
  count(CASE WHEN r."forwarded" = TRUE THEN 1 END) AS "count_forwarded_true",
  count(CASE WHEN r."duration_s" IS NOT NULL THEN 1 END) AS "count_2",
  count(CASE WHEN r."duration_s" >= 600 THEN 1 END) AS "count_duration_s_600",
  count(CASE WHEN r."direction" = 'out' AND r."duration_s" < 10 THEN 1 END) AS "count_out_duration_s_10",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'rival_a' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_rival_a",
  CAST(sum(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'rival_b' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_out_rival_b",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'fixed' THEN 1 END) AS "count_out_fixed",
  count(CASE WHEN r."counterparty_carrier" = 'foreign' THEN 1 END) AS "count_foreign",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" = 'service' THEN 1 END) AS "count_out_service",
  CAST(sum(CASE WHEN r."counterparty_carrier" = 'rival_service' THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_rival_service",
  count(CASE WHEN r."direction" = 'in' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN 1 END) AS "count_in_rival_a_rival_b",
  CAST(sum(CASE WHEN r."roaming" IN ('domestic', 'abroad') THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_domestic_abroad",
  count(CASE WHEN ((extract(hour FROM r."started_at") + 8) % 24) IN (22, 23, 0, 1, 2, 3, 4, 5) THEN 1 END) AS "count_22_23_0_1_2_3_4_5",
  count(CASE WHEN extract(isodow FROM r."day") IN (1, 2, 3, 4, 5) AND ((extract(hour FROM r."started_at") + 8) % 24) >= 9 AND ((extract(hour FROM r."started_at") + 8) % 24) < 18 THEN 1 END) AS "count_1_2_3_4_5_hour_9_hour_18",
  count(CASE WHEN ((extract(hour FROM r."started_at") + 8) % 24) >= 18 AND ((extract(hour FROM r."started_at") + 8) % 24) < 22 THEN 1 END) AS "count_hour_18_hour_22",
  CAST(sum(CASE WHEN extract(isodow FROM r."day") IN (6, 7) THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_6_7",
  CAST(sum(r."fee") AS BIGINT) AS "sum_fee",
  CAST(sum(CASE WHEN r."forwarded" = TRUE THEN r."duration_s" END) AS BIGINT) AS "sum_duration_s_forwarded_true",
  count(CASE WHEN r."direction" = 'in' AND r."forwarded" = TRUE THEN 1 END) AS "count_in_forwarded_true",
  count(CASE WHEN r."generation" <= 3 THEN 1 END) AS "count_generation_3"
FROM "usage" AS r
WHERE r."kind" = 'voice'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_counterparty" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."counterparty" AS grain,
  count(CASE WHEN r."kind" IN ('voice', 'sms') AND r."counterparty_carrier" IN ('own', 'rival_a', 'rival_b', 'fixed') THEN 1 END) AS "count_distinct_voice_sms_own_rival_a_rival_b_fixed",
  count(CASE WHEN r."kind" IN ('voice', 'sms') AND r."counterparty_carrier" = 'own' THEN 1 END) AS "count_distinct_voice_sms_own",
  count(CASE WHEN r."kind" IN ('voice', 'sms') AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN 1 END) AS "count_distinct_voice_sms_rival_a_rival_b",
  count(CASE WHEN r."kind" = 'voice' AND r."direction" = 'out' THEN 1 END) AS "count_distinct_voice_out",
  count(CASE WHEN r."kind" = 'voice' AND r."direction" = 'in' THEN 1 END) AS "count_distinct_voice_in",
  count(CASE WHEN r."kind" = 'voice' AND r."reach" = 'long' THEN 1 END) AS "count_distinct_voice_long",
  CAST(sum(CASE WHEN r."kind" = 'voice' THEN r."duration_s" END) AS BIGINT) AS "total_top_3_duration_s_voice",
  count(CASE WHEN r."kind" = 'voice' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN 1 END) AS "count_new_values_voice_rival_a_rival_b",
  count(CASE WHEN r."kind" = 'voice' AND r."counterparty_carrier" = 'own' THEN 1 END) AS "count_lost_values_voice_own",
  count(CASE WHEN r."kind" = 'sms' THEN 1 END) AS "count_distinct_sms"
FROM "usage" AS r
WHERE r."counterparty" IS NOT NULL
GROUP BY 1, 2, 3;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(*) AS "count_mask",
  CAST(sum(CASE WHEN r."app_class" = 'video' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_video",
  CAST(sum(r."fee") AS BIGINT) AS "sum_fee",
  count(CASE WHEN r."fee" > 0 THEN 1 END) AS "count_fee_0",
  max(CASE WHEN r."fee" > 0 THEN r."fee" END) AS "max_fee_fee_0",
  CAST(sum(CASE WHEN r."app_class" = 'game' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_game",
  count(CASE WHEN r."app_class" = 'video' THEN 1 END) AS "count_mask_video",
  count(CASE WHEN r."app_class" = 'game' THEN 1 END) AS "count_mask_game",
  count(CASE WHEN r."app_class" = 'shopping' THEN 1 END) AS "count_mask_shopping",
  count(CASE WHEN r."direction" = 'out' THEN 1 END) AS "count_mask_out",
  count(CASE WHEN r."direction" = 'in' THEN 1 END) AS "count_mask_in",
  count(CASE WHEN r."roaming" IN ('domestic', 'abroad') THEN 1 END) AS "count_mask_domestic_abroad",
  count(CASE WHEN r."roaming" = 'abroad' THEN 1 END) AS "count_mask_abroad",
  count(CASE WHEN r."cell_id" IS NOT NULL AND r."cell_id" IS NOT NULL THEN 1 END) AS "count_2"
FROM "usage" AS r
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_data" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  CAST(sum(r."volume_kib") AS BIGINT) AS "sum_volume_kib",
  count(*) AS "count",
  count(CASE WHEN r."volume_kib" IS NOT NULL THEN 1 END) AS "count_2",
  CAST(sum(CASE WHEN ((extract(hour FROM r."started_at") + 8) % 24) IN (23, 0, 1, 2, 3, 4, 5, 6) THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_23_0_1_2_3_4_5_6",
  CAST(sum(CASE WHEN extract(isodow FROM r."day") IN (1, 2, 3, 4, 5) AND ((extract(hour FROM r."started_at") + 8) % 24) >= 9 AND ((extract(hour FROM r."started_at") + 8) % 24) < 18 THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_1_2_3_4_5_hour_9_hour_18",
  CAST(sum(CASE WHEN ((extract(hour FROM r."started_at") + 8) % 24) >= 18 AND ((extract(hour FROM r."started_at") + 8) % 24) < 23 THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_hour_18_hour_23",
  CAST(sum(CASE WHEN extract(isodow FROM r."day") IN (6, 7) THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_6_7",
  CAST(sum(CASE WHEN r."app_class" = 'video' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_video",
  CAST(sum(CASE WHEN r."app_class" = 'social' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_social",
  CAST(sum(CASE WHEN r."app_class" = 'shopping' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_shopping",
  CAST(sum(CASE WHEN r."app_class" = 'news' THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_news",
  CAST(sum(CASE WHEN r."generation" >= 5 THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_generation_5",
  count(CASE WHEN r."generation" <= 3 THEN 1 END) AS "count_generation_3",
  CAST(sum(CASE WHEN r."roaming" IN ('domestic', 'abroad') THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_domestic_abroad",
  count(CASE WHEN r."roaming" = 'abroad' THEN 1 END) AS "count_abroad",
  CAST(sum(r."fee") AS BIGINT) AS "sum_fee",
  CAST(sum(CASE WHEN r."app_class" IS NOT NULL THEN r."volume_kib" END) AS BIGINT) AS "sum_volume_kib_2"
FROM "usage" AS r
WHERE r."kind" = 'data'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_sms" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(CASE WHEN r."direction" = 'out' THEN 1 END) AS "count_out",
  count(CASE WHEN r."direction" = 'in' THEN 1 END) AS "count_in",
  count(CASE WHEN r."direction" = 'out' AND r."counterparty_carrier" IN ('rival_a', 'rival_b') THEN 1 END) AS "count_out_rival_a_rival_b",
  CAST(sum(r."fee") AS BIGINT) AS "sum_fee"
FROM "usage" AS r
WHERE r."kind" = 'sms'
GROUP BY 1, 2;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_app_class" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."app_class" AS grain,
  count(CASE WHEN r."kind" = 'data' THEN 1 END) AS "count_most_data",
  CAST(sum(CASE WHEN r."kind" = 'data' THEN r."volume_kib" END) AS BIGINT) AS "total_top_1_volume_kib_data"
FROM "usage" AS r
WHERE r."app_class" IS NOT NULL
GROUP BY 1, 2, 3;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_imei" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."imei" AS grain
FROM "usage" AS r
WHERE r."imei" IS NOT NULL
GROUP BY 1, 2, 3;

-- Day partial: usage rows of some days, kept
CREATE TABLE "partial_usage_cell_id" AS
SELECT r."sub" AS sub,
  r."day" AS "day",
  r."cell_id" AS grain,
  count(*) AS "count_most",
  count(CASE WHEN ((extract(hour FROM r."started_at") + 8) % 24) IN (21, 22, 23, 0, 1, 2, 3, 4, 5, 6) THEN 1 END) AS "count_most_21_22_23_0_1_2_3_4_5_6",
  count(CASE WHEN extract(isodow FROM r."day") IN (1, 2, 3, 4, 5) AND ((extract(hour FROM r."started_at") + 8) % 24) >= 9 AND ((extract(hour FROM r."started_at") + 8) % 24) < 18 THEN 1 END) AS "count_most_1_2_3_4_5_hour_9_hour_18",
  count(CASE WHEN extract(isodow FROM r."day") IN (6, 7) THEN 1 END) AS "count_distinct_6_7"
FROM "usage" AS r
WHERE r."cell_id" IS NOT NULL
GROUP BY 1, 2, 3;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_voice" AS
SELECT sub,
  CAST(sum(CASE WHEN bk <= 0 THEN "sum_duration_s_out_rival_a_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b_d7",
  CAST(sum(CASE WHEN bk <= 0 THEN "sum_duration_s_out" END) AS BIGINT) AS "sum_duration_s_out_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_rival_a_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out" END) AS BIGINT) AS "sum_duration_s_out_d30",
  CAST(sum(CASE WHEN bk <= 0 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d7",
  CAST(sum(CASE WHEN bk >= 1 AND bk <= 2 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d35_7",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_out_rival_service" END) AS BIGINT) AS "count_out_rival_service_d7",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s_out_rival_a_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b_d60_30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s_out" END) AS BIGINT) AS "sum_duration_s_out_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s" END) AS BIGINT) AS "sum_duration_s_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out" END) AS BIGINT) AS "count_out_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "count_out" END) AS BIGINT) AS "count_out_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_in" END) AS BIGINT) AS "count_in_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "count_in" END) AS BIGINT) AS "count_in_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_own" END) AS BIGINT) AS "sum_duration_s_out_own_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_duration_s_out_own" END) AS BIGINT) AS "sum_duration_s_out_own_d60_30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_out_rival_a_rival_b" END) AS BIGINT) AS "count_out_rival_a_rival_b_d7",
  CAST(sum(CASE WHEN bk >= 1 AND bk <= 2 THEN "count_out_rival_a_rival_b" END) AS BIGINT) AS "count_out_rival_a_rival_b_d35_7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count" END) AS BIGINT) AS "count_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_2" END) AS BIGINT) AS "sum_duration_s_2_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_2" END) AS BIGINT) AS "count_out_2_d30",
  CAST(sum("sum_duration_s_2") AS BIGINT) AS "sum_duration_s_2_d60",
  bit_or(CASE WHEN bk <= 1 THEN "mask" END) AS "mask_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_long" END) AS BIGINT) AS "sum_duration_s_out_long_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_forwarded_true" END) AS BIGINT) AS "count_forwarded_true_d30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_out" END) AS BIGINT) AS "count_out_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_2" END) AS BIGINT) AS "count_2_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_duration_s_600" END) AS BIGINT) AS "count_duration_s_600_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_duration_s_10" END) AS BIGINT) AS "count_out_duration_s_10_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_rival_a" END) AS BIGINT) AS "sum_duration_s_out_rival_a_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_out_rival_b" END) AS BIGINT) AS "sum_duration_s_out_rival_b_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_fixed" END) AS BIGINT) AS "count_out_fixed_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_foreign" END) AS BIGINT) AS "count_foreign_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_service" END) AS BIGINT) AS "count_out_service_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_rival_service" END) AS BIGINT) AS "count_out_rival_service_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_rival_service" END) AS BIGINT) AS "sum_duration_s_rival_service_d30",
  max("last_day_out_rival_service") AS "last_day_out_rival_service_d60",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_in_rival_a_rival_b" END) AS BIGINT) AS "count_in_rival_a_rival_b_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_domestic_abroad" END) AS BIGINT) AS "sum_duration_s_domestic_abroad_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_22_23_0_1_2_3_4_5" END) AS BIGINT) AS "count_22_23_0_1_2_3_4_5_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_1_2_3_4_5_hour_9_hour_18" END) AS BIGINT) AS "count_1_2_3_4_5_hour_9_hour_18_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_hour_18_hour_22" END) AS BIGINT) AS "count_hour_18_hour_22_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_6_7" END) AS BIGINT) AS "sum_duration_s_6_7_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_out" END) AS "mask_out_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_duration_s_forwarded_true" END) AS BIGINT) AS "sum_duration_s_forwarded_true_d30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_in_forwarded_true" END) AS BIGINT) AS "count_in_forwarded_true_d7",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_in" END) AS BIGINT) AS "count_in_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_generation_3" END) AS BIGINT) AS "count_generation_3_d30"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 WHEN r."day" >= ($as_of - 35) THEN 2 ELSE 3 END AS TINYINT) AS bk,
  CAST(sum(r."sum_duration_s_out_rival_a_rival_b") AS BIGINT) AS "sum_duration_s_out_rival_a_rival_b",
  CAST(sum(r."sum_duration_s_out") AS BIGINT) AS "sum_duration_s_out",
  CAST(sum(r."sum_duration_s") AS BIGINT) AS "sum_duration_s",
  CAST(sum(r."count_out_rival_service") AS BIGINT) AS "count_out_rival_service",
  CAST(sum(r."count_out") AS BIGINT) AS "count_out",
  CAST(sum(r."count_in") AS BIGINT) AS "count_in",
  CAST(sum(r."sum_duration_s_out_own") AS BIGINT) AS "sum_duration_s_out_own",
  CAST(sum(r."count_out_rival_a_rival_b") AS BIGINT) AS "count_out_rival_a_rival_b",
  CAST(sum(r."count") AS BIGINT) AS "count",
  CAST(sum(r."sum_duration_s_2") AS BIGINT) AS "sum_duration_s_2",
  CAST(sum(r."count_out_2") AS BIGINT) AS "count_out_2",
  bit_or(CASE WHEN r."count" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask",
  CAST(sum(r."sum_duration_s_out_long") AS BIGINT) AS "sum_duration_s_out_long",
  CAST(sum(r."count_forwarded_true") AS BIGINT) AS "count_forwarded_true",
  CAST(sum(r."count_2") AS BIGINT) AS "count_2",
  CAST(sum(r."count_duration_s_600") AS BIGINT) AS "count_duration_s_600",
  CAST(sum(r."count_out_duration_s_10") AS BIGINT) AS "count_out_duration_s_10",
  CAST(sum(r."sum_duration_s_out_rival_a") AS BIGINT) AS "sum_duration_s_out_rival_a",
  CAST(sum(r."sum_duration_s_out_rival_b") AS BIGINT) AS "sum_duration_s_out_rival_b",
  CAST(sum(r."count_out_fixed") AS BIGINT) AS "count_out_fixed",
  CAST(sum(r."count_foreign") AS BIGINT) AS "count_foreign",
  CAST(sum(r."count_out_service") AS BIGINT) AS "count_out_service",
  CAST(sum(r."sum_duration_s_rival_service") AS BIGINT) AS "sum_duration_s_rival_service",
  max(CASE WHEN r."count_out_rival_service" > 0 THEN r."day" END) AS "last_day_out_rival_service",
  CAST(sum(r."count_in_rival_a_rival_b") AS BIGINT) AS "count_in_rival_a_rival_b",
  CAST(sum(r."sum_duration_s_domestic_abroad") AS BIGINT) AS "sum_duration_s_domestic_abroad",
  CAST(sum(r."count_22_23_0_1_2_3_4_5") AS BIGINT) AS "count_22_23_0_1_2_3_4_5",
  CAST(sum(r."count_1_2_3_4_5_hour_9_hour_18") AS BIGINT) AS "count_1_2_3_4_5_hour_9_hour_18",
  CAST(sum(r."count_hour_18_hour_22") AS BIGINT) AS "count_hour_18_hour_22",
  CAST(sum(r."sum_duration_s_6_7") AS BIGINT) AS "sum_duration_s_6_7",
  bit_or(CASE WHEN r."count_out" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_out",
  CAST(sum(r."sum_fee") AS BIGINT) AS "sum_fee",
  CAST(sum(r."sum_duration_s_forwarded_true") AS BIGINT) AS "sum_duration_s_forwarded_true",
  CAST(sum(r."count_in_forwarded_true") AS BIGINT) AS "count_in_forwarded_true",
  CAST(sum(r."count_generation_3") AS BIGINT) AS "count_generation_3"
FROM "partial_usage_voice" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_voice_again" AS
SELECT sub,
  min("first_day_out_rival_service") AS "first_day_out_rival_service_d60"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 WHEN r."day" >= ($as_of - 35) THEN 2 ELSE 3 END AS TINYINT) AS bk,
  min(CASE WHEN r."count_out_rival_service" > 0 THEN r."day" END) AS "first_day_out_rival_service"
FROM "partial_usage_voice" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from bill
CREATE TABLE "t_bill" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m3",
  count(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) AND r."month" < ($month_end - INTERVAL 3 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m6_3",
  count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) AND r."month" < ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m6_3",
  max_by(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."total" END, r."month") AS "last_total_m1",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m1",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 2 MONTH) AND r."month" < ($month_end - INTERVAL 1 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m2_1",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."total" END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * r."total" END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."total" END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."total" END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."total" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_total_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."paid" END) AS BIGINT) AS "sum_paid_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."total" END) AS BIGINT) AS "sum_total_m6",
  count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN 1 END) AS "count_m6",
  max_by(CASE WHEN r."month" >= ($month_end - INTERVAL 2 MONTH) AND r."month" < ($month_end - INTERVAL 1 MONTH) THEN r."total" END, r."month") AS "last_total_m2_1",
  max(r."total") AS "max_total_m12",
  min(r."total") AS "min_total_m12",
  count(*) AS "count_m12",
  count(CASE WHEN r."total" >= 12000 THEN 1 END) AS "count_total_12000_m12",
  count(CASE WHEN r."total" < 1000 AND r."month" >= ($month_end - INTERVAL 6 MONTH) THEN 1 END) AS "count_total_1000_m6",
  count(CASE WHEN r."paid" < r."total" AND r."month" >= ($month_end - INTERVAL 6 MONTH) THEN 1 END) AS "count_paid_m6",
  sum(TRY_CAST(r."total" AS DECIMAL(16, 0)) * TRY_CAST(r."total" AS DECIMAL(16, 0))) AS "squares_total_m12",
  CAST(sum(r."total") AS BIGINT) AS "sum_total_m12",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."data_fee" END) AS BIGINT) AS "sum_data_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."value_added_fee" END) AS BIGINT) AS "sum_value_added_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."plan_fee" END) AS BIGINT) AS "sum_plan_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."voice_fee" END) AS BIGINT) AS "sum_voice_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."sms_fee" END) AS BIGINT) AS "sum_sms_fee_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."roaming_fee" END) AS BIGINT) AS "sum_roaming_fee_m3",
  count(CASE WHEN r."roaming_fee" > 0 THEN 1 END) AS "count_roaming_fee_0_m12",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."late_fee" END) AS BIGINT) AS "sum_late_fee_m6",
  count(CASE WHEN r."late_fee" > 0 THEN 1 END) AS "count_late_fee_0_m12",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."discount" END) AS BIGINT) AS "sum_discount_m3"
FROM "bill" AS r
WHERE r."month" >= ($month_end - INTERVAL 12 MONTH)
  AND r."month" < $month_end
GROUP BY 1;

-- direct, from subscription
CREATE TABLE "t_subscription" AS
SELECT r."sub" AS sub,
  count(CASE WHEN "r_plan_id"."monthly_fee" < "r_previous_plan_id"."monthly_fee" AND r."ordered_on" >= ($as_of - 180) AND r."ordered_on" < $as_of THEN 1 END) AS "count_monthly_fee_ordered_on_ordered_on",
  count(CASE WHEN r."product_id" IS NOT NULL AND r."cancelled_on" IS NULL THEN 1 END) AS "count_cancelled_on_missing",
  count(CASE WHEN r."plan_id" IS NOT NULL AND r."ordered_on" >= ($as_of - 180) AND r."ordered_on" < $as_of THEN 1 END) AS "count_ordered_on_ordered_on",
  count(CASE WHEN "r_plan_id"."monthly_fee" > "r_previous_plan_id"."monthly_fee" AND r."ordered_on" >= ($as_of - 180) AND r."ordered_on" < $as_of THEN 1 END) AS "count_monthly_fee_ordered_on_ordered_on_2",
  max(CASE WHEN r."plan_id" IS NOT NULL THEN r."ordered_on" END) AS "max_ordered_on",
  max_by(CASE WHEN r."plan_id" IS NOT NULL THEN "r_previous_plan_id"."monthly_fee" END, ROW(r."ordered_on", "r_previous_plan_id"."monthly_fee")) AS "last_previous_plan_id_monthly_fee",
  CAST(sum(CASE WHEN r."cancelled_on" IS NULL THEN "r_product_id"."monthly_fee" END) AS BIGINT) AS "sum_product_id_monthly_fee_cancelled_on_missing",
  count(CASE WHEN "r_product_id"."kind" = 'value_added' AND r."cancelled_on" IS NULL THEN 1 END) AS "count_value_added_cancelled_on_missing",
  count(CASE WHEN r."cancelled_on" >= ($as_of - 90) AND r."cancelled_on" < $as_of THEN 1 END) AS "count_cancelled_on_cancelled_on",
  count(CASE WHEN "r_product_id"."kind" = 'data_pack' AND r."cancelled_on" IS NULL THEN 1 END) AS "count_data_pack_cancelled_on_missing",
  count(CASE WHEN "r_product_id"."kind" = 'voice_pack' AND r."cancelled_on" IS NULL THEN 1 END) AS "count_voice_pack_cancelled_on_missing",
  max(CASE WHEN r."cancelled_on" IS NULL AND r."product_id" IS NOT NULL THEN "r_product_id"."monthly_fee" END) AS "max_product_id_monthly_fee_cancelled_on_missing",
  count(CASE WHEN r."product_id" IS NOT NULL AND r."ordered_on" >= ($as_of - 90) AND r."ordered_on" < $as_of THEN 1 END) AS "count_ordered_on_ordered_on_2",
  count(CASE WHEN "r_product_id"."kind" = 'data_pack' AND r."ordered_on" >= ($as_of - 365) AND r."ordered_on" < $as_of THEN 1 END) AS "count_data_pack_ordered_on_ordered_on",
  count(CASE WHEN r."product_id" IS NOT NULL THEN 1 END) AS "count",
  count(CASE WHEN r."product_id" IS NOT NULL AND r."cancelled_on" IS NOT NULL THEN 1 END) AS "count_2",
  count(CASE WHEN r."cancelled_on" >= ($as_of - 365) AND r."cancelled_on" < $as_of THEN 1 END) AS "count_cancelled_on_cancelled_on_2",
  max(CASE WHEN r."product_id" IS NOT NULL THEN r."ordered_on" END) AS "max_ordered_on_2",
  min(CASE WHEN r."product_id" IS NOT NULL AND r."cancelled_on" IS NULL THEN r."ordered_on" END) AS "min_ordered_on_cancelled_on_missing"
FROM "subscription" AS r
  LEFT JOIN "plan" AS "r_previous_plan_id" ON "r_previous_plan_id"."plan_id" = r."previous_plan_id"
  LEFT JOIN "product" AS "r_product_id" ON "r_product_id"."product_id" = r."product_id"
  LEFT JOIN "plan" AS "r_plan_id" ON "r_plan_id"."plan_id" = r."plan_id"
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_counterparty" AS
SELECT sub,
  count(CASE WHEN "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 3 <> 0 THEN 1 END) AS "distinct_voice_sms_own_rival_a_rival_b_fixed_d30",
  count(CASE WHEN "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 4 <> 0 THEN 1 END) AS "distinct_voice_sms_own_rival_a_rival_b_fixed_d60_30",
  count(CASE WHEN "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 1 <> 0 THEN 1 END) AS "distinct_voice_sms_own_rival_a_rival_b_fixed_d7",
  count(CASE WHEN "seen_count_distinct_voice_sms_own" & 3 <> 0 THEN 1 END) AS "distinct_voice_sms_own_d30",
  count(CASE WHEN "seen_count_distinct_voice_sms_rival_a_rival_b" & 3 <> 0 THEN 1 END) AS "distinct_voice_sms_rival_a_rival_b_d30",
  count(CASE WHEN "seen_count_distinct_voice_out" & 3 <> 0 THEN 1 END) AS "distinct_voice_out_d30",
  count(CASE WHEN "seen_count_distinct_voice_in" & 3 <> 0 THEN 1 END) AS "distinct_voice_in_d30",
  count(CASE WHEN "seen_count_distinct_voice_long" & 3 <> 0 THEN 1 END) AS "distinct_voice_long_d30",
  list_sum(max("n_top_3_duration_s_voice_d30", 3)) AS "top_3_duration_s_voice_d30",
  list_sum(max("n_top_1_voice_out_d30", 1)) AS "top_1_voice_out_d30",
  sum(TRY_CAST("n_value_squares_duration_s_voice_d60" AS DECIMAL(16, 0)) * TRY_CAST("n_value_squares_duration_s_voice_d60" AS DECIMAL(16, 0))) AS "value_squares_duration_s_voice_d60",
  count(CASE WHEN "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 3 <> 0 AND "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 4 = 0 THEN 1 END) AS "new_values_voice_sms_own_rival_a_rival_b_fixed_d60",
  count(CASE WHEN "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 4 <> 0 AND "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed" & 3 = 0 THEN 1 END) AS "lost_values_voice_sms_own_rival_a_rival_b_fixed_d60",
  count(CASE WHEN "seen_count_new_values_voice_rival_a_rival_b" & 3 <> 0 AND "seen_count_new_values_voice_rival_a_rival_b" & 4 = 0 THEN 1 END) AS "new_values_voice_rival_a_rival_b_d60",
  count(CASE WHEN "seen_count_lost_values_voice_own" & 4 <> 0 AND "seen_count_lost_values_voice_own" & 3 = 0 THEN 1 END) AS "lost_values_voice_own_d60",
  count(CASE WHEN "seen_count_distinct_sms" & 3 <> 0 THEN 1 END) AS "distinct_sms_d30"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain,
  bit_or(CASE WHEN r."count_distinct_voice_sms_own_rival_a_rival_b_fixed" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_sms_own_rival_a_rival_b_fixed",
  bit_or(CASE WHEN r."count_distinct_voice_sms_own" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_sms_own",
  bit_or(CASE WHEN r."count_distinct_voice_sms_rival_a_rival_b" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_sms_rival_a_rival_b",
  bit_or(CASE WHEN r."count_distinct_voice_out" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_out",
  bit_or(CASE WHEN r."count_distinct_voice_in" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_in",
  bit_or(CASE WHEN r."count_distinct_voice_long" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_voice_long",
  bit_or(CASE WHEN r."count_new_values_voice_rival_a_rival_b" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_new_values_voice_rival_a_rival_b",
  bit_or(CASE WHEN r."count_lost_values_voice_own" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_lost_values_voice_own",
  bit_or(CASE WHEN r."count_distinct_sms" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_sms",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."total_top_3_duration_s_voice" END) AS BIGINT) AS "n_top_3_duration_s_voice_d30",
  nullif(CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count_distinct_voice_out" END) AS BIGINT), 0) AS "n_top_1_voice_out_d30",
  CAST(sum(r."total_top_3_duration_s_voice") AS BIGINT) AS "n_value_squares_duration_s_voice_d60"
FROM "partial_usage_counterparty" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage" AS
SELECT sub,
  bit_or(CASE WHEN bk <= 1 THEN "mask" END) AS "mask_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_video" END) AS BIGINT) AS "sum_volume_kib_video_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_volume_kib_video" END) AS BIGINT) AS "sum_volume_kib_video_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d60_30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count" END) AS BIGINT) AS "count_d7",
  CAST(sum(CASE WHEN bk >= 1 AND bk <= 2 THEN "count" END) AS BIGINT) AS "count_d35_7",
  CAST(sum(CASE WHEN bk <= 0 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_fee_0" END) AS BIGINT) AS "count_fee_0_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_game" END) AS BIGINT) AS "sum_volume_kib_game_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_video" END) AS "mask_video_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_game" END) AS "mask_game_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_shopping" END) AS "mask_shopping_d30",
  max("last_day") AS "last_day_d60",
  bit_or(CASE WHEN bk <= 0 THEN "mask" END) AS "mask_d7",
  bit_or(CASE WHEN bk >= 2 THEN "mask" END) AS "mask_d60_30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_out" END) AS "mask_out_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_in" END) AS "mask_in_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_domestic_abroad" END) AS "mask_domestic_abroad_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_domestic_abroad" END) AS BIGINT) AS "count_domestic_abroad_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count" END) AS BIGINT) AS "count_d30",
  bit_or(CASE WHEN bk <= 0 THEN "mask_domestic_abroad" END) AS "mask_domestic_abroad_d7",
  bit_or("mask_abroad") AS "mask_abroad_d60",
  max("last_day_domestic_abroad") AS "last_day_domestic_abroad_d60",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_2" END) AS BIGINT) AS "count_2_d30"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 WHEN r."day" >= ($as_of - 35) THEN 2 ELSE 3 END AS TINYINT) AS bk,
  bit_or(CASE WHEN r."count_mask" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask",
  CAST(sum(r."sum_volume_kib_video") AS BIGINT) AS "sum_volume_kib_video",
  CAST(sum(r."sum_fee") AS BIGINT) AS "sum_fee",
  CAST(sum(r."count_mask") AS BIGINT) AS "count",
  CAST(sum(r."count_fee_0") AS BIGINT) AS "count_fee_0",
  CAST(sum(r."sum_volume_kib_game") AS BIGINT) AS "sum_volume_kib_game",
  bit_or(CASE WHEN r."count_mask_video" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_video",
  bit_or(CASE WHEN r."count_mask_game" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_game",
  bit_or(CASE WHEN r."count_mask_shopping" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_shopping",
  max(CASE WHEN r."count_mask" > 0 THEN r."day" END) AS "last_day",
  bit_or(CASE WHEN r."count_mask_out" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_out",
  bit_or(CASE WHEN r."count_mask_in" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_in",
  bit_or(CASE WHEN r."count_mask_domestic_abroad" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_domestic_abroad",
  CAST(sum(r."count_mask_domestic_abroad") AS BIGINT) AS "count_domestic_abroad",
  bit_or(CASE WHEN r."count_mask_abroad" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_abroad",
  max(CASE WHEN r."count_mask_domestic_abroad" > 0 THEN r."day" END) AS "last_day_domestic_abroad",
  CAST(sum(r."count_2") AS BIGINT) AS "count_2"
FROM "partial_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_again" AS
SELECT sub,
  max(CASE WHEN bk <= 1 THEN "max_fee_fee_0" END) AS "max_fee_fee_0_d30",
  min("first_day") AS "first_day_d60"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 WHEN r."day" >= ($as_of - 35) THEN 2 ELSE 3 END AS TINYINT) AS bk,
  max(r."max_fee_fee_0") AS "max_fee_fee_0",
  min(CASE WHEN r."count_mask" > 0 THEN r."day" END) AS "first_day"
FROM "partial_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from balance
CREATE TABLE "t_balance" AS
SELECT r."sub" AS sub,
  max_by(CASE WHEN r."day" >= ($as_of - 7) THEN r."balance" END, r."day") AS "last_balance_d7",
  count(CASE WHEN r."balance" < 1000 AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_balance_1000_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."balance" END) AS BIGINT) AS "sum_balance_d30",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."balance" < 0 AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_balance_0_d30",
  bit_or(CASE WHEN r."balance" < 0 AND r."day" >= ($as_of - 60) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_balance_0_d60",
  bit_or(CASE WHEN r."balance" < 1000 AND r."day" >= ($as_of - 30) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_balance_1000_d30",
  max(CASE WHEN r."balance" < 0 THEN r."day" END) AS "last_day_balance_0_d90"
FROM "balance" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from balance
CREATE TABLE "t_balance_again" AS
SELECT r."sub" AS sub,
  min(CASE WHEN r."day" >= ($as_of - 30) THEN r."balance" END) AS "min_balance_d30",
  max_by(CASE WHEN r."day" >= ($as_of - 31) AND r."day" < ($as_of - 30) THEN r."balance" END, r."day") AS "last_balance_d31_30",
  max(CASE WHEN r."day" >= ($as_of - 30) THEN r."balance" END) AS "max_balance_d30",
  max_by(CASE WHEN r."day" >= ($as_of - 8) AND r."day" < ($as_of - 7) THEN r."balance" END, r."day") AS "last_balance_d8_7"
FROM "balance" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from recharge
CREATE TABLE "t_recharge" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."amount" END) AS BIGINT) AS "sum_amount_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 90) THEN r."amount" END) AS BIGINT) AS "sum_amount_d90",
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."day" >= ($as_of - 90) THEN 1 END) AS "count_d90",
  max(r."day") AS "last_day_d365",
  max_by(r."amount", ROW(r."paid_at", r."amount")) AS "last_amount_d365",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_d180",
  count(CASE WHEN r."day" >= ($as_of - 180) THEN 1 END) AS "count_d180",
  CAST(sum(CASE WHEN r."way" = 'agent' AND r."day" >= ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_agent_d180",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 180) AND r."day" < ($as_of - 90) THEN r."amount" END) AS BIGINT) AS "sum_amount_d180_90",
  CAST(sum(r."amount") AS BIGINT) AS "sum_amount_d365",
  count(CASE WHEN r."amount" < 3000 AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_amount_3000_d180",
  count(CASE WHEN r."amount" >= 10000 THEN 1 END) AS "count_amount_10000_d365",
  count(CASE WHEN r."way" = 'app' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_app_d180",
  count(CASE WHEN r."way" = 'bank' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_bank_d180",
  CAST(sum(CASE WHEN r."way" IN ('app', 'shop', 'bank') AND r."day" >= ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_app_shop_bank_d180",
  max_by(r."way", ROW(r."paid_at", r."way")) AS "last_way_d365",
  bit_or(CASE WHEN r."day" >= ($as_of - 60) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_d60",
  max(CASE WHEN r."day" >= ($as_of - 180) THEN r."day" END) AS "last_day_d180",
  count(CASE WHEN extract(isodow FROM r."day") IN (6, 7) AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_6_7_d180",
  count(CASE WHEN ((extract(hour FROM r."paid_at") + 8) % 24) >= 18 AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_hour_18_d180",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 120) AND r."day" < ($as_of - 30) THEN r."amount" END) AS BIGINT) AS "sum_amount_d120_30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 360) AND r."day" < ($as_of - 180) THEN r."amount" END) AS BIGINT) AS "sum_amount_d360_180",
  count(CASE WHEN r."day" >= ($as_of - 360) AND r."day" < ($as_of - 180) THEN 1 END) AS "count_d360_180"
FROM "recharge" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from recharge
CREATE TABLE "t_recharge_again" AS
SELECT r."sub" AS sub,
  max(CASE WHEN r."day" >= ($as_of - 180) THEN r."amount" END) AS "max_amount_d180",
  min(CASE WHEN r."day" >= ($as_of - 180) THEN r."day" END) AS "first_day_d180"
FROM "recharge" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_data" AS
SELECT sub,
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d60_30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count" END) AS BIGINT) AS "count_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "count" END) AS BIGINT) AS "count_d60_30",
  CAST(sum(CASE WHEN bk <= 0 THEN "sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d7",
  CAST(sum(CASE WHEN bk >= 1 AND bk <= 2 THEN "sum_volume_kib" END) AS BIGINT) AS "sum_volume_kib_d35_7",
  bit_or(CASE WHEN bk <= 1 THEN "mask" END) AS "mask_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_2" END) AS BIGINT) AS "count_2_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_23_0_1_2_3_4_5_6" END) AS BIGINT) AS "sum_volume_kib_23_0_1_2_3_4_5_6_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_1_2_3_4_5_hour_9_hour_18" END) AS BIGINT) AS "sum_volume_kib_1_2_3_4_5_hour_9_hour_18_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_hour_18_hour_23" END) AS BIGINT) AS "sum_volume_kib_hour_18_hour_23_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_6_7" END) AS BIGINT) AS "sum_volume_kib_6_7_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_video" END) AS BIGINT) AS "sum_volume_kib_video_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_social" END) AS BIGINT) AS "sum_volume_kib_social_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_shopping" END) AS BIGINT) AS "sum_volume_kib_shopping_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_news" END) AS BIGINT) AS "sum_volume_kib_news_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_generation_5" END) AS BIGINT) AS "sum_volume_kib_generation_5_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_generation_3" END) AS BIGINT) AS "count_generation_3_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_domestic_abroad" END) AS BIGINT) AS "sum_volume_kib_domestic_abroad_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_abroad" END) AS BIGINT) AS "count_abroad_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d30",
  max("last_day") AS "last_day_d60",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_volume_kib_2" END) AS BIGINT) AS "sum_volume_kib_2_d30"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 WHEN r."day" >= ($as_of - 35) THEN 2 ELSE 3 END AS TINYINT) AS bk,
  CAST(sum(r."sum_volume_kib") AS BIGINT) AS "sum_volume_kib",
  CAST(sum(r."count") AS BIGINT) AS "count",
  bit_or(CASE WHEN r."count" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask",
  CAST(sum(r."count_2") AS BIGINT) AS "count_2",
  CAST(sum(r."sum_volume_kib_23_0_1_2_3_4_5_6") AS BIGINT) AS "sum_volume_kib_23_0_1_2_3_4_5_6",
  CAST(sum(r."sum_volume_kib_1_2_3_4_5_hour_9_hour_18") AS BIGINT) AS "sum_volume_kib_1_2_3_4_5_hour_9_hour_18",
  CAST(sum(r."sum_volume_kib_hour_18_hour_23") AS BIGINT) AS "sum_volume_kib_hour_18_hour_23",
  CAST(sum(r."sum_volume_kib_6_7") AS BIGINT) AS "sum_volume_kib_6_7",
  CAST(sum(r."sum_volume_kib_video") AS BIGINT) AS "sum_volume_kib_video",
  CAST(sum(r."sum_volume_kib_social") AS BIGINT) AS "sum_volume_kib_social",
  CAST(sum(r."sum_volume_kib_shopping") AS BIGINT) AS "sum_volume_kib_shopping",
  CAST(sum(r."sum_volume_kib_news") AS BIGINT) AS "sum_volume_kib_news",
  CAST(sum(r."sum_volume_kib_generation_5") AS BIGINT) AS "sum_volume_kib_generation_5",
  CAST(sum(r."count_generation_3") AS BIGINT) AS "count_generation_3",
  CAST(sum(r."sum_volume_kib_domestic_abroad") AS BIGINT) AS "sum_volume_kib_domestic_abroad",
  CAST(sum(r."count_abroad") AS BIGINT) AS "count_abroad",
  CAST(sum(r."sum_fee") AS BIGINT) AS "sum_fee",
  max(CASE WHEN r."count" > 0 THEN r."day" END) AS "last_day",
  CAST(sum(r."sum_volume_kib_2") AS BIGINT) AS "sum_volume_kib_2"
FROM "partial_usage_data" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- buckets, from day partials of usage
CREATE TABLE "t_usage_sms" AS
SELECT sub,
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out" END) AS BIGINT) AS "count_out_d30",
  CAST(sum(CASE WHEN bk >= 2 THEN "count_out" END) AS BIGINT) AS "count_out_d60_30",
  CAST(sum(CASE WHEN bk <= 0 THEN "count_out" END) AS BIGINT) AS "count_out_d7",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_in" END) AS BIGINT) AS "count_in_d30",
  bit_or(CASE WHEN bk <= 1 THEN "mask_out" END) AS "mask_out_d30",
  max("last_day_out") AS "last_day_out_d60",
  CAST(sum(CASE WHEN bk <= 1 THEN "count_out_rival_a_rival_b" END) AS BIGINT) AS "count_out_rival_a_rival_b_d30",
  CAST(sum(CASE WHEN bk <= 1 THEN "sum_fee" END) AS BIGINT) AS "sum_fee_d30"
FROM (
SELECT r."sub" AS sub,
  CAST(CASE WHEN r."day" >= ($as_of - 7) THEN 0 WHEN r."day" >= ($as_of - 30) THEN 1 ELSE 2 END AS TINYINT) AS bk,
  CAST(sum(r."count_out") AS BIGINT) AS "count_out",
  CAST(sum(r."count_in") AS BIGINT) AS "count_in",
  bit_or(CASE WHEN r."count_out" > 0 THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_out",
  max(CASE WHEN r."count_out" > 0 THEN r."day" END) AS "last_day_out",
  CAST(sum(r."count_out_rival_a_rival_b") AS BIGINT) AS "count_out_rival_a_rival_b",
  CAST(sum(r."sum_fee") AS BIGINT) AS "sum_fee"
FROM "partial_usage_sms" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- days, from day partials of usage
CREATE TABLE "t_usage_days_voice" AS
SELECT r."sub" AS sub,
  sum(TRY_CAST(r."sum_duration_s" AS DECIMAL(16, 0)) * TRY_CAST(r."sum_duration_s" AS DECIMAL(16, 0))) AS "squares_duration_s_d30",
  sum(TRY_CAST(r."count" AS DECIMAL(16, 0)) * TRY_CAST(r."count" AS DECIMAL(16, 0))) AS "squares_d30",
  CAST(sum(CASE WHEN r."sum_duration_s" > 600 THEN 1 END) AS BIGINT) AS "days_over_600_duration_s_d30",
  CAST(sum(CASE WHEN r."count" > 8 THEN 1 END) AS BIGINT) AS "days_over_8_d30"
FROM "partial_usage_voice" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from day partials of usage
CREATE TABLE "t_usage_days_voice_again" AS
SELECT r."sub" AS sub,
  max(r."sum_duration_s") AS "peak_duration_s_d30",
  max(r."count") AS "peak_d30"
FROM "partial_usage_voice" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from day partials of usage
CREATE TABLE "t_usage_days_data" AS
SELECT r."sub" AS sub,
  sum(TRY_CAST(r."sum_volume_kib" AS DECIMAL(16, 0)) * TRY_CAST(r."sum_volume_kib" AS DECIMAL(16, 0))) AS "squares_volume_kib_d30",
  CAST(sum(CASE WHEN r."sum_volume_kib" > 307200 THEN 1 END) AS BIGINT) AS "days_over_307200_volume_kib_d30"
FROM "partial_usage_data" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from day partials of usage
CREATE TABLE "t_usage_days_data_again" AS
SELECT r."sub" AS sub,
  max(r."sum_volume_kib") AS "peak_volume_kib_d30"
FROM "partial_usage_data" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from recharge
CREATE TABLE "t_recharge_days" AS
SELECT r."sub" AS sub,
  sum(CASE WHEN r."day" >= ($as_of - 90) THEN TRY_CAST(r."total_squares_amount" AS DECIMAL(16, 0)) * TRY_CAST(r."total_squares_amount" AS DECIMAL(16, 0)) END) AS "squares_amount_d90",
  CAST(sum(CASE WHEN r."count_days" > 0 THEN 1 END) AS BIGINT) AS "days_d180"
FROM (
SELECT r."sub" AS sub,
  r."day" AS "day",
  CAST(sum(r."amount") AS BIGINT) AS "total_squares_amount",
  count(*) AS "count_days"
FROM "recharge" AS r
GROUP BY 1, 2
) AS r
WHERE r."day" >= ($as_of - 180)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from contact
CREATE TABLE "t_contact" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."reached" = TRUE THEN 1 END) AS "count_reached_true_d90",
  max(r."day") AS "last_day_d90",
  count(*) AS "count_d90",
  count(CASE WHEN r."reached" IS NOT NULL AND r."reached" = TRUE THEN 1 END) AS "count_reached_true_2_d90",
  count(CASE WHEN r."reached" IS NOT NULL THEN 1 END) AS "count_2_d90",
  count(CASE WHEN r."reached" = FALSE AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_reached_false_d30",
  count(CASE WHEN r."channel" = 'sms' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_sms_d30",
  count(CASE WHEN r."channel" = 'call' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_call_d30",
  max_by(r."channel", ROW(r."at", r."channel")) AS "last_channel_d90",
  max_by(CASE WHEN r."outcome" IS NOT NULL THEN r."outcome" END, ROW(r."at", r."outcome")) AS "last_outcome_d90",
  bit_or(CASE WHEN r."day" >= ($as_of - 60) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_d60"
FROM "contact" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
GROUP BY 1;

-- values, from contact
CREATE TABLE "t_contact_channel" AS
SELECT sub,
  substr(max(lpad(CAST("n_most_d90" AS VARCHAR), 12, '0') || grain), 13) AS "most_d90"
FROM (
SELECT r."sub" AS sub,
  r."channel" AS grain,
  nullif(CAST(sum(1) AS BIGINT), 0) AS "n_most_d90"
FROM "contact" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
  AND r."reached" = TRUE
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from contract
CREATE TABLE "t_contract" AS
SELECT r."sub" AS sub,
  max(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."ends_on" END) AS "max_ends_on_starts_on_ends_on_ended_early_on_missing",
  max(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."floor_fee" END) AS "max_floor_fee_starts_on_ends_on_ended_early_on_missing",
  count(CASE WHEN r."ended_early_on" >= ($as_of - 365) AND r."ended_early_on" < $as_of THEN 1 END) AS "count_ended_early_on_ended_early_on",
  count(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN 1 END) AS "count_starts_on_ends_on_ended_early_on_missing",
  count(CASE WHEN r."kind" = 'handset' AND r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN 1 END) AS "count_handset_starts_on_ends_on_ended_early_on_missing",
  count(CASE WHEN r."kind" = 'prepaid_return' AND r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN 1 END) AS "count_prepaid_return_starts_on_ends_on_ended_early_on_missin",
  count(CASE WHEN r."kind" = 'broadband' AND r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN 1 END) AS "count_broadband_starts_on_ends_on_ended_early_on_missing",
  max_by(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."kind" END, ROW(r."starts_on", r."kind")) AS "last_kind_starts_on_ends_on_ended_early_on_missing",
  max(CASE WHEN r."starts_on" < $as_of AND r."ends_on" > $as_of AND r."ended_early_on" IS NULL THEN r."starts_on" END) AS "max_starts_on_starts_on_ends_on_ended_early_on_missing",
  max(CASE WHEN r."ends_on" <= $as_of THEN r."ends_on" END) AS "max_ends_on_ends_on"
FROM "contract" AS r
GROUP BY 1;

-- direct, from subscriber
CREATE TABLE "t_subscriber" AS
SELECT r."sub" AS sub,
  count(CASE WHEN "r_customer_id"."document_id" IS NULL THEN 1 END) AS "count_document_id_missing",
  count(CASE WHEN "r_customer_id"."name" IS NULL THEN 1 END) AS "count_name_missing",
  count(CASE WHEN r."forward_to" IS NOT NULL THEN 1 END) AS "count"
FROM "subscriber" AS r
  LEFT JOIN "customer" AS "r_customer_id" ON "r_customer_id"."customer_id" = r."customer_id"
GROUP BY 1;

-- direct, from service_contact
CREATE TABLE "t_service_contact" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."kind" = 'complaint' AND r."topic" = '资费争议' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_complaint_d180",
  count(CASE WHEN r."kind" = 'complaint' THEN 1 END) AS "count_complaint_2_d365",
  max_by(CASE WHEN r."satisfied" IS NOT NULL THEN r."satisfied" END, ROW(r."at", r."satisfied")) AS "last_satisfied_d365",
  count(CASE WHEN r."kind" = 'complaint' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_complaint_2_d30",
  count(CASE WHEN r."kind" = 'complaint' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_complaint_2_d90",
  count(CASE WHEN r."kind" = 'complaint' AND r."closed_on" IS NULL AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_complaint_closed_on_missing_d90",
  count(CASE WHEN r."kind" = 'leaving' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_leaving_d30",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."satisfied" = FALSE AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_satisfied_false_d180",
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(CASE WHEN r."kind" = 'enquiry' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_enquiry_d90",
  count(CASE WHEN r."kind" = 'request' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_request_d90",
  count(CASE WHEN r."kind" = 'leaving' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_leaving_d180",
  max(CASE WHEN r."kind" = 'complaint' THEN r."day" END) AS "last_day_complaint_d365",
  max(CASE WHEN r."kind" = 'leaving' THEN r."day" END) AS "last_day_leaving_d365",
  count(*) AS "count_d365",
  count(CASE WHEN r."kind" = 'complaint' AND r."topic" = '网络覆盖' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_complaint_3_d180",
  count(CASE WHEN r."topic" = '账单查询' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_2_d180",
  count(CASE WHEN r."channel" = 'hotline' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_hotline_d90",
  count(CASE WHEN r."channel" = 'shop' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_shop_d180",
  count(CASE WHEN r."channel" = 'app' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_app_d90",
  count(CASE WHEN r."satisfied" IS NOT NULL AND r."satisfied" = TRUE THEN 1 END) AS "count_satisfied_true_d365",
  count(CASE WHEN r."satisfied" IS NOT NULL THEN 1 END) AS "count_3_d365",
  count(CASE WHEN r."kind" = 'complaint' AND r."closed_on" IS NOT NULL AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_complaint_4_d90",
  count(CASE WHEN r."day" >= ($as_of - 120) AND r."day" < ($as_of - 30) THEN 1 END) AS "count_d120_30",
  count(CASE WHEN r."kind" = 'complaint' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_complaint_2_d180"
FROM "service_contact" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from service_contact
CREATE TABLE "t_service_contact_again" AS
SELECT r."sub" AS sub,
  min(CASE WHEN r."kind" = 'complaint' AND r."closed_on" IS NULL AND r."day" >= ($as_of - 90) THEN r."day" END) AS "first_day_complaint_closed_on_missing_d90",
  min(CASE WHEN r."kind" = 'complaint' THEN r."day" END) AS "first_day_complaint_d365"
FROM "service_contact" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from daily_usage
CREATE TABLE "t_daily_usage" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."voice_out_s" END) AS BIGINT) AS "sum_voice_out_s_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_d30",
  CAST(sum(CASE WHEN r."day" < ($as_of - 30) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_d60_30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."voice_count" END) AS BIGINT) AS "sum_voice_count_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."voice_in_s" END) AS BIGINT) AS "sum_voice_in_s_d30",
  CAST(sum(CASE WHEN r."day" >= ($as_of - 14) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_d14",
  count(CASE WHEN r."data_kib" IS NOT NULL AND r."day" >= ($as_of - 14) THEN 1 END) AS "count_d14"
FROM "daily_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from daily_usage
CREATE TABLE "t_daily_usage_again" AS
SELECT r."sub" AS sub,
  max(CASE WHEN r."day" >= ($as_of - 30) THEN r."data_kib" END) AS "max_data_kib_d30",
  max(CASE WHEN r."day" >= ($as_of - 30) THEN r."voice_out_s" END) AS "max_voice_out_s_d30"
FROM "daily_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_app_class" AS
SELECT sub,
  substr(max(lpad(CAST("n_most_data_d30" AS VARCHAR), 12, '0') || grain), 13) AS "most_data_d30",
  count(*) AS "distinct_d30",
  list_sum(max("n_top_1_volume_kib_data_d30", 1)) AS "top_1_volume_kib_data_d30"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain,
  nullif(CAST(sum(r."count_most_data") AS BIGINT), 0) AS "n_most_data_d30",
  CAST(sum(r."total_top_1_volume_kib_data") AS BIGINT) AS "n_top_1_volume_kib_data_d30"
FROM "partial_usage_app_class" AS r
WHERE r."day" >= ($as_of - 30)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_imei" AS
SELECT sub,
  count(*) AS "distinct_d60"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain
FROM "partial_usage_imei" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from fault
CREATE TABLE "t_fault" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."repaired_on" IS NULL THEN 1 END) AS "count_repaired_on_missing",
  count(CASE WHEN r."reported_on" >= ($as_of - 90) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on",
  count(CASE WHEN r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on_2",
  min(CASE WHEN r."repaired_on" IS NULL THEN r."reported_on" END) AS "min_reported_on_repaired_on_missing",
  count(CASE WHEN r."reported_on" >= ($as_of - 30) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on_3",
  count(CASE WHEN r."reported_on" >= ($as_of - 180) AND r."reported_on" < $as_of THEN 1 END) AS "count_reported_on_reported_on_4",
  count(CASE WHEN r."kind" = 'slow' AND r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_slow_reported_on_reported_on",
  count(CASE WHEN r."kind" = 'no_service' AND r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_no_service_reported_on_reported_on",
  count(CASE WHEN r."kind" = 'broadband' AND r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_broadband_reported_on_reported_on",
  count(CASE WHEN r."kind" = 'drops' AND r."reported_on" >= ($as_of - 365) AND r."reported_on" < $as_of THEN 1 END) AS "count_drops_reported_on_reported_on",
  max(r."reported_on") AS "max_reported_on",
  max(r."repaired_on") AS "max_repaired_on",
  max_by(r."kind", ROW(r."reported_on", r."kind")) AS "last_kind"
FROM "fault" AS r
GROUP BY 1;

-- direct, from installation
CREATE TABLE "t_installation" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."installed_on" IS NULL AND r."promised_on" < $as_of THEN 1 END) AS "count_installed_on_missing_promised_on",
  count(CASE WHEN r."delayed_by_carrier" = TRUE AND r."ordered_on" >= ($as_of - 365) AND r."ordered_on" < $as_of THEN 1 END) AS "count_delayed_by_carrier_true_ordered_on_ordered_on",
  count(CASE WHEN r."installed_on" IS NULL THEN 1 END) AS "count_installed_on_missing",
  count(CASE WHEN r."ordered_on" >= ($as_of - 365) AND r."ordered_on" < $as_of THEN 1 END) AS "count_ordered_on_ordered_on",
  max(r."installed_on") AS "max_installed_on",
  min(CASE WHEN r."installed_on" IS NULL THEN r."promised_on" END) AS "min_promised_on_installed_on_missing",
  min(CASE WHEN r."installed_on" IS NULL THEN r."ordered_on" END) AS "min_ordered_on_installed_on_missing",
  count(CASE WHEN r."installed_on" > r."promised_on" AND r."ordered_on" >= ($as_of - 365) AND r."ordered_on" < $as_of THEN 1 END) AS "count_installed_on_ordered_on_ordered_on"
FROM "installation" AS r
GROUP BY 1;

-- days, from day partials of usage
CREATE TABLE "t_usage_days" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."count_mask" > 0 THEN 1 END) AS BIGINT) AS "days_d60"
FROM "partial_usage" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1;

-- values, from day partials of usage
CREATE TABLE "t_usage_cell_id" AS
SELECT sub,
  count(CASE WHEN "seen" & 3 <> 0 THEN 1 END) AS "distinct_d30",
  substr(max(lpad(CAST("n_most_d30" AS VARCHAR), 12, '0') || grain), 13) AS "most_d30",
  count(CASE WHEN "seen" & 1 <> 0 THEN 1 END) AS "distinct_d7",
  count(CASE WHEN "seen" & 4 <> 0 THEN 1 END) AS "distinct_d60_30",
  substr(max(lpad(CAST("n_most_d60_30" AS VARCHAR), 12, '0') || grain), 13) AS "most_d60_30",
  substr(max(lpad(CAST("n_most_21_22_23_0_1_2_3_4_5_6_d30" AS VARCHAR), 12, '0') || grain), 13) AS "most_21_22_23_0_1_2_3_4_5_6_d30",
  substr(max(lpad(CAST("n_most_1_2_3_4_5_hour_9_hour_18_d30" AS VARCHAR), 12, '0') || grain), 13) AS "most_1_2_3_4_5_hour_9_hour_18_d30",
  count(CASE WHEN "seen_count_distinct_6_7" & 3 <> 0 THEN 1 END) AS "distinct_6_7_d30",
  list_sum(max("n_top_1_d30", 1)) AS "top_1_d30",
  count(CASE WHEN "seen" & 3 <> 0 AND "seen" & 4 = 0 THEN 1 END) AS "new_values_d60",
  count(CASE WHEN "seen" & 4 <> 0 AND "seen" & 3 = 0 THEN 1 END) AS "lost_values_d60"
FROM (
SELECT r."sub" AS sub,
  r."grain" AS grain,
  bit_or(CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END) AS "seen",
  bit_or(CASE WHEN r."count_distinct_6_7" > 0 THEN CASE WHEN r."day" >= ($as_of - 7) THEN 1 WHEN r."day" >= ($as_of - 30) THEN 2 ELSE 4 END END) AS "seen_count_distinct_6_7",
  nullif(CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count_most" END) AS BIGINT), 0) AS "n_most_d30",
  nullif(CAST(sum(CASE WHEN r."day" < ($as_of - 30) THEN r."count_most" END) AS BIGINT), 0) AS "n_most_d60_30",
  nullif(CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count_most_21_22_23_0_1_2_3_4_5_6" END) AS BIGINT), 0) AS "n_most_21_22_23_0_1_2_3_4_5_6_d30",
  nullif(CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count_most_1_2_3_4_5_hour_9_hour_18" END) AS BIGINT), 0) AS "n_most_1_2_3_4_5_hour_9_hour_18_d30",
  nullif(CAST(sum(CASE WHEN r."day" >= ($as_of - 30) THEN r."count_most" END) AS BIGINT), 0) AS "n_top_1_d30"
FROM "partial_usage_cell_id" AS r
WHERE r."day" >= ($as_of - 60)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from monthly_summary
CREATE TABLE "t_monthly_summary" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."revenue" END) AS BIGINT) AS "sum_revenue_m3",
  count(CASE WHEN r."revenue" IS NOT NULL AND r."month" >= ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_m3",
  max_by(CASE WHEN r."month" >= ($month_end - INTERVAL 1 MONTH) THEN r."active_days" END, r."month") AS "last_active_days_m1",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."data_kib" END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * r."data_kib" END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."data_kib" END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."data_kib" END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."data_kib" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_data_kib_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."recharge_count" END) AS BIGINT) AS "sum_recharge_count_m3",
  sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) AS "sum_voice_off_net_min_m3",
  sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) AS "sum_voice_on_net_min_m3",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN r."revenue" END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN date_diff('month', $month_end, r."month") * r."revenue" END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN CASE WHEN r."revenue" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN r."revenue" END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN r."revenue" END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN CASE WHEN r."revenue" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN CASE WHEN r."revenue" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 12 MONTH) THEN CASE WHEN r."revenue" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_revenue_m12",
  CAST(sum(CASE WHEN r."month" < ($month_end - INTERVAL 12 MONTH) THEN r."revenue" END) AS BIGINT) AS "sum_revenue_m15_12",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_m3",
  count(CASE WHEN r."data_kib" IS NOT NULL AND r."month" >= ($month_end - INTERVAL 3 MONTH) THEN 1 END) AS "count_2_m3",
  CAST(sum(CASE WHEN r."month" < ($month_end - INTERVAL 12 MONTH) THEN r."data_kib" END) AS BIGINT) AS "sum_data_kib_m15_12",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_off_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_voice_off_net_min_m6",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_voice_on_net_min_m6",
  sum(CASE WHEN r."month" < ($month_end - INTERVAL 12 MONTH) THEN TRY_CAST(r."voice_on_net_min" AS DECIMAL(28, 6)) END) AS "sum_voice_on_net_min_m15_12",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."sms_count" END) AS BIGINT) AS "sum_sms_count_m3",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 3 MONTH) THEN r."recharge_amount" END) AS BIGINT) AS "sum_recharge_amount_m3",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."recharge_amount" END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * r."recharge_amount" END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."recharge_amount" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."recharge_amount" END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."recharge_amount" END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."recharge_amount" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."recharge_amount" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."recharge_amount" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_recharge_amount_m6",
  count(CASE WHEN r."recharge_count" = 0 AND r."month" >= ($month_end - INTERVAL 6 MONTH) THEN 1 END) AS "count_recharge_count_0_m6",
  CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."active_days" END) AS BIGINT) AS "sum_active_days_m6",
  count(CASE WHEN r."active_days" IS NOT NULL AND r."month" >= ($month_end - INTERVAL 6 MONTH) THEN 1 END) AS "count_3_m6",
  (count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."active_days" END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN date_diff('month', $month_end, r."month") * r."active_days" END) AS DOUBLE) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."active_days" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * CAST(sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."active_days" END) AS DOUBLE)) / nullif(CAST(count(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN r."active_days" END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."active_days" IS NOT NULL THEN date_diff('month', $month_end, r."month") * date_diff('month', $month_end, r."month") END END) - sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."active_days" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) * sum(CASE WHEN r."month" >= ($month_end - INTERVAL 6 MONTH) THEN CASE WHEN r."active_days" IS NOT NULL THEN date_diff('month', $month_end, r."month") END END) AS DOUBLE), 0) AS "slope_active_days_m6",
  count(CASE WHEN r."active_days" < 10 AND r."month" >= ($month_end - INTERVAL 12 MONTH) THEN 1 END) AS "count_active_days_10_m12",
  count(CASE WHEN r."revenue" = 0 AND r."month" >= ($month_end - INTERVAL 12 MONTH) THEN 1 END) AS "count_revenue_0_m12"
FROM "monthly_summary" AS r
WHERE r."month" >= ($month_end - INTERVAL 15 MONTH)
  AND r."month" < $month_end
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

-- values, from recharge
CREATE TABLE "t_recharge_way" AS
SELECT sub,
  substr(max(lpad(CAST("n_most_d180" AS VARCHAR), 12, '0') || grain), 13) AS "most_d180",
  count(*) AS "distinct_d180"
FROM (
SELECT r."sub" AS sub,
  r."way" AS grain,
  nullif(CAST(sum(1) AS BIGINT), 0) AS "n_most_d180"
FROM "recharge" AS r
WHERE r."day" >= ($as_of - 180)
  AND r."day" < $as_of
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from score
CREATE TABLE "t_score_elsewhere" AS
SELECT r."sub" AS sub,
  max_by(CASE WHEN r."day" >= ($as_of - 45) THEN r."score" END, ROW(r."scored_on", r."score")) AS "last_score_d45",
  sum(TRY_CAST(r."score" AS DECIMAL(28, 6))) AS "sum_score_d90",
  count(*) AS "count_d90",
  count(CASE WHEN r."score" >= 0.5::DOUBLE THEN 1 END) AS "count_score_0_5_d90"
FROM "score" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
  AND r."model" = 'elsewhere'
GROUP BY 1;

-- direct, from score
CREATE TABLE "t_score_elsewhere_again" AS
SELECT r."sub" AS sub,
  max_by(CASE WHEN r."day" >= ($as_of - 73) AND r."day" < ($as_of - 28) THEN r."score" END, ROW(r."scored_on", r."score")) AS "last_score_d73_28",
  max(r."score") AS "max_score_d90"
FROM "score" AS r
WHERE r."day" >= ($as_of - 90)
  AND r."day" < $as_of
  AND r."model" = 'elsewhere'
GROUP BY 1;

-- values, from service_contact
CREATE TABLE "t_service_contact_channel" AS
SELECT sub,
  substr(max(lpad(CAST("n_most_d365" AS VARCHAR), 12, '0') || grain), 13) AS "most_d365"
FROM (
SELECT r."sub" AS sub,
  r."channel" AS grain,
  nullif(CAST(sum(1) AS BIGINT), 0) AS "n_most_d365"
FROM "service_contact" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
  AND r."channel" IS NOT NULL
GROUP BY 1, 2
)
GROUP BY 1;

-- values, from service_contact
CREATE TABLE "t_service_contact_topic" AS
SELECT sub,
  substr(max(lpad(CAST("n_most_d365" AS VARCHAR), 12, '0') || grain), 13) AS "most_d365"
FROM (
SELECT r."sub" AS sub,
  r."topic" AS grain,
  nullif(CAST(sum(1) AS BIGINT), 0) AS "n_most_d365"
FROM "service_contact" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
  AND r."topic" IS NOT NULL
GROUP BY 1, 2
)
GROUP BY 1;

-- direct, from visit
CREATE TABLE "t_visit" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."reached" = TRUE AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_reached_true_d180",
  count(CASE WHEN r."day" >= ($as_of - 90) THEN 1 END) AS "count_d90",
  max(CASE WHEN r."reached" = TRUE THEN r."day" END) AS "last_day_reached_true_d365",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(*) AS "count_d365",
  count(CASE WHEN r."reached" = TRUE THEN 1 END) AS "count_reached_true_d365",
  count(CASE WHEN r."way" = 'door' THEN 1 END) AS "count_door_d365",
  count(CASE WHEN r."way" = 'phone' AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_phone_d180",
  max(r."day") AS "last_day_d365"
FROM "visit" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from visit
CREATE TABLE "t_visit_again" AS
SELECT r."sub" AS sub,
  min(r."day") AS "first_day_d365"
FROM "visit" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from service_contact
CREATE TABLE "t_service_contact_days_complaint" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."count_days" > 0 THEN 1 END) AS BIGINT) AS "days_d365"
FROM (
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(*) AS "count_days"
FROM "service_contact" AS r
WHERE r."kind" = 'complaint'
GROUP BY 1, 2
) AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- days, from visit
CREATE TABLE "t_visit_days" AS
SELECT r."sub" AS sub,
  CAST(sum(CASE WHEN r."count_days" > 0 THEN 1 END) AS BIGINT) AS "days_d365"
FROM (
SELECT r."sub" AS sub,
  r."day" AS "day",
  count(*) AS "count_days"
FROM "visit" AS r
GROUP BY 1, 2
) AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from warning
CREATE TABLE "t_warning" AS
SELECT r."sub" AS sub,
  count(CASE WHEN r."day" >= ($as_of - 90) THEN 1 END) AS "count_d90",
  count(CASE WHEN r."level" = 'high' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_high_d90",
  max_by(CASE WHEN r."day" >= ($as_of - 90) THEN r."level" END, r."raised_on") AS "last_level_d90",
  count(CASE WHEN r."day" >= ($as_of - 7) THEN 1 END) AS "count_d7",
  count(*) AS "count_d365",
  count(CASE WHEN r."level" = 'medium' AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_medium_d90",
  max(r."day") AS "last_day_d365",
  bit_or(CASE WHEN r."day" >= ($as_of - 60) THEN (CAST(1 AS UBIGINT) << CAST($as_of - 1 - r."day" AS UBIGINT)) END) AS "mask_d60",
  count(CASE WHEN r."day" >= ($as_of - 30) THEN 1 END) AS "count_d30",
  count(CASE WHEN r."day" >= ($as_of - 60) AND r."day" < ($as_of - 30) THEN 1 END) AS "count_d60_30"
FROM "warning" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- direct, from warning_life
CREATE TABLE "t_warning_life" AS
SELECT r."sub" AS sub,
  max_by(CASE WHEN r."plan" = 'daily' AND r."day" >= ($as_of - 30) THEN r."state" END, ROW(r."looked_on", r."state")) AS "last_state_daily_d30",
  max_by(CASE WHEN r."plan" = 'daily' AND r."day" >= ($as_of - 7) THEN r."level_change" END, ROW(r."looked_on", r."level_change")) AS "last_level_change_daily_d7",
  max_by(CASE WHEN r."plan" = 'daily' AND r."day" >= ($as_of - 30) THEN r."opened_on" END, ROW(r."looked_on", r."opened_on")) AS "last_opened_on_daily_d30",
  count(CASE WHEN r."opened" = TRUE AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_opened_true_d180",
  count(CASE WHEN r."escalated" = TRUE AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_escalated_true_d90",
  max(CASE WHEN r."escalated" = TRUE THEN r."day" END) AS "last_day_escalated_true_d365",
  count(CASE WHEN r."reopened" = TRUE THEN 1 END) AS "count_reopened_true_d365",
  count(CASE WHEN r."state" = 'closed' THEN 1 END) AS "count_closed_d365",
  max(CASE WHEN r."state" = 'closed' THEN r."day" END) AS "last_day_closed_d365",
  count(CASE WHEN r."plan" = 'daily' AND r."state" = 'raised' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_daily_raised_d30",
  count(CASE WHEN r."plan" = 'daily' AND r."state" = 'worked' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_daily_worked_d30",
  count(CASE WHEN r."plan" = 'daily' AND r."state" = 'eased' AND r."day" >= ($as_of - 30) THEN 1 END) AS "count_daily_eased_d30",
  max_by(CASE WHEN r."plan" = 'weekly_anomaly' AND r."state" IN ('raised', 'worked') AND r."day" >= ($as_of - 7) THEN r."level" END, ROW(r."looked_on", r."level")) AS "last_level_weekly_anomaly_raised_worked_d7",
  max_by(CASE WHEN r."plan" = 'weekly_anomaly' AND r."day" >= ($as_of - 7) THEN r."state" END, ROW(r."looked_on", r."state")) AS "last_state_weekly_anomaly_d7",
  count(CASE WHEN r."plan" = 'weekly_anomaly' AND r."state" IN ('raised', 'worked') AND r."day" >= ($as_of - 90) THEN 1 END) AS "count_weekly_anomaly_raised_worked_d90",
  count(CASE WHEN r."plan" = 'weekly_anomaly' AND r."level" = 'high' AND r."state" IN ('raised', 'worked') AND r."day" >= ($as_of - 180) THEN 1 END) AS "count_weekly_anomaly_high_raised_worked_d180"
FROM "warning_life" AS r
WHERE r."day" >= ($as_of - 365)
  AND r."day" < $as_of
GROUP BY 1;

-- The subscribers who have a row
CREATE TABLE "subscribers" AS
SELECT * FROM "subscriber" AS r WHERE r."status" NOT IN ('closed', 'ported_out');

-- Means over those alike in plan
CREATE TABLE "peers_plan_1" AS
SELECT "plan", CASE WHEN sum("count_arpu_3m") >= 20 THEN CAST(sum("sum_arpu_3m") AS DOUBLE) / sum("count_arpu_3m") END AS "arpu_3m", CASE WHEN sum("count_data_kib_30d") >= 20 THEN CAST(sum("sum_data_kib_30d") AS DOUBLE) / sum("count_data_kib_30d") END AS "data_kib_30d", CASE WHEN sum("count_voice_s_30d") >= 20 THEN CAST(sum("sum_voice_s_30d") AS DOUBLE) / sum("count_voice_s_30d") END AS "voice_s_30d", CASE WHEN sum("count_recharge_amount_90d") >= 20 THEN CAST(sum("sum_recharge_amount_90d") AS DOUBLE) / sum("count_recharge_amount_90d") END AS "recharge_amount_90d" FROM (
SELECT "plan", sum("arpu_3m") AS "sum_arpu_3m", count("arpu_3m") AS "count_arpu_3m", sum("data_kib_30d") AS "sum_data_kib_30d", count("data_kib_30d") AS "count_data_kib_30d", sum("voice_s_30d") AS "sum_voice_s_30d", count("voice_s_30d") AS "count_voice_s_30d", sum("recharge_amount_90d") AS "sum_recharge_amount_90d", count("recharge_amount_90d") AS "count_recharge_amount_90d"
FROM (SELECT sub, subscriber_id, "arpu_3m", "data_kib_30d", "plan", "voice_s_30d", "recharge_amount_90d"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST(CAST(round((CAST("g0"."bill_sum_total_m3" AS DOUBLE) / nullif("g0"."bill_count_m3", 0))) AS BIGINT) AS BIGINT) AS "arpu_3m",
  CAST(coalesce("g1"."usage_data_sum_volume_kib_d30", 0) AS BIGINT) AS "data_kib_30d",
  CAST("s"."plan_id" AS VARCHAR) AS "plan",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS BIGINT) AS "voice_s_30d",
  CAST(coalesce("g0"."recharge_sum_amount_d90", 0) AS BIGINT) AS "recharge_amount_90d"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_voice"."sum_duration_s_d30" AS "usage_voice_sum_duration_s_d30", "t_bill"."sum_total_m3" AS "bill_sum_total_m3", "t_bill"."count_m3" AS "bill_count_m3", "t_recharge"."sum_amount_d90" AS "recharge_sum_amount_d90"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_voice" AS "t_usage_voice" ON "t_usage_voice".sub = k.sub
    LEFT JOIN "t_bill" AS "t_bill" ON "t_bill".sub = k.sub
    LEFT JOIN "t_recharge" AS "t_recharge" ON "t_recharge".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_data"."sum_volume_kib_d30" AS "usage_data_sum_volume_kib_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_data" AS "t_usage_data" ON "t_usage_data".sub = k.sub
  ) AS "g1" ON "g1".sub = s.sub
)) AS a
WHERE "plan" IS NOT NULL
GROUP BY "plan"
) AS p GROUP BY "plan";

-- Means over those alike in grid
CREATE TABLE "peers_grid_1" AS
SELECT "grid", CASE WHEN sum("count_data_change_30d") >= 20 THEN CAST(sum("sum_data_change_30d") AS DOUBLE) / sum("count_data_change_30d") END AS "data_change_30d", CASE WHEN sum("count_voice_change_30d") >= 20 THEN CAST(sum("sum_voice_change_30d") AS DOUBLE) / sum("count_voice_change_30d") END AS "voice_change_30d", CASE WHEN sum("count_faults_365d") >= 20 THEN CAST(sum("sum_faults_365d") AS DOUBLE) / sum("count_faults_365d") END AS "faults_365d" FROM (
SELECT "grid", sum(TRY_CAST("data_change_30d" AS DECIMAL(28, 6))) AS "sum_data_change_30d", count(TRY_CAST("data_change_30d" AS DECIMAL(28, 6))) AS "count_data_change_30d", sum(TRY_CAST("voice_change_30d" AS DECIMAL(28, 6))) AS "sum_voice_change_30d", count(TRY_CAST("voice_change_30d" AS DECIMAL(28, 6))) AS "count_voice_change_30d", sum("faults_365d") AS "sum_faults_365d", count("faults_365d") AS "count_faults_365d"
FROM (SELECT sub, subscriber_id, "voice_change_30d", "data_change_30d", "faults_365d", "grid"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST((CAST((coalesce("g0"."usage_voice_sum_duration_s_d30", 0) - "g0"."usage_voice_sum_duration_s_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_d60_30", 0)) AS DOUBLE) AS "voice_change_30d",
  CAST((CAST((coalesce("g0"."usage_data_sum_volume_kib_d30", 0) - "g0"."usage_data_sum_volume_kib_d60_30") AS DOUBLE) / nullif("g0"."usage_data_sum_volume_kib_d60_30", 0)) AS DOUBLE) AS "data_change_30d",
  CAST(coalesce("g0"."fault_count_reported_on_reported_on_2", 0) AS BIGINT) AS "faults_365d",
  CAST("s"."grid_id" AS VARCHAR) AS "grid"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_voice"."sum_duration_s_d30" AS "usage_voice_sum_duration_s_d30", "t_usage_voice"."sum_duration_s_d60_30" AS "usage_voice_sum_duration_s_d60_30", "t_usage_data"."sum_volume_kib_d30" AS "usage_data_sum_volume_kib_d30", "t_usage_data"."sum_volume_kib_d60_30" AS "usage_data_sum_volume_kib_d60_30", "t_fault"."count_reported_on_reported_on_2" AS "fault_count_reported_on_reported_on_2"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_voice" AS "t_usage_voice" ON "t_usage_voice".sub = k.sub
    LEFT JOIN "t_usage_data" AS "t_usage_data" ON "t_usage_data".sub = k.sub
    LEFT JOIN "t_fault" AS "t_fault" ON "t_fault".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
)) AS a
WHERE "grid" IS NOT NULL
GROUP BY "grid"
) AS p GROUP BY "grid";

-- Means over those alike in plan, payment
CREATE TABLE "peers_plan_payment_1" AS
SELECT "plan", "payment", CASE WHEN sum("count_balance") >= 20 THEN CAST(sum("sum_balance") AS DOUBLE) / sum("count_balance") END AS "balance" FROM (
SELECT "plan", "payment", sum("balance") AS "sum_balance", count("balance") AS "count_balance"
FROM (SELECT sub, subscriber_id, "balance", "payment", "plan"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST("g0"."balance_last_balance_d7" AS BIGINT) AS "balance",
  CAST("s"."payment" AS VARCHAR) AS "payment",
  CAST("s"."plan_id" AS VARCHAR) AS "plan"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_balance"."last_balance_d7" AS "balance_last_balance_d7"
  FROM "subscribers" AS k
    LEFT JOIN "t_balance" AS "t_balance" ON "t_balance".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
)) AS a
WHERE "plan" IS NOT NULL AND "payment" IS NOT NULL
GROUP BY "plan", "payment"
) AS p GROUP BY "plan", "payment";

-- Means over those alike in plan
CREATE TABLE "peers_plan_2" AS
SELECT "plan", CASE WHEN sum("count_over_plan_fee_3m") >= 20 THEN CAST(sum("sum_over_plan_fee_3m") AS DOUBLE) / sum("count_over_plan_fee_3m") END AS "over_plan_fee_3m" FROM (
SELECT "plan", sum("over_plan_fee_3m") AS "sum_over_plan_fee_3m", count("over_plan_fee_3m") AS "count_over_plan_fee_3m"
FROM (SELECT sub, subscriber_id, "data_fee_3m", "voice_fee_3m", "sms_fee_3m", "over_plan_fee_3m", "plan"
FROM (
SELECT w.*,
  CAST(((w."voice_fee_3m" + w."sms_fee_3m") + w."data_fee_3m") AS BIGINT) AS "over_plan_fee_3m"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST(coalesce("g0"."bill_sum_data_fee_m3", 0) AS BIGINT) AS "data_fee_3m",
  CAST(coalesce("g0"."bill_sum_voice_fee_m3", 0) AS BIGINT) AS "voice_fee_3m",
  CAST(coalesce("g0"."bill_sum_sms_fee_m3", 0) AS BIGINT) AS "sms_fee_3m",
  CAST("s"."plan_id" AS VARCHAR) AS "plan"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_bill"."sum_data_fee_m3" AS "bill_sum_data_fee_m3", "t_bill"."sum_voice_fee_m3" AS "bill_sum_voice_fee_m3", "t_bill"."sum_sms_fee_m3" AS "bill_sum_sms_fee_m3"
  FROM "subscribers" AS k
    LEFT JOIN "t_bill" AS "t_bill" ON "t_bill".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
) AS w
)) AS a
WHERE "plan" IS NOT NULL
GROUP BY "plan"
) AS p GROUP BY "plan";

-- Means over those alike in main_area
CREATE TABLE "peers_main_area_2" AS
SELECT "main_area", CASE WHEN sum("count_off_net_share_30d") >= 20 THEN CAST(sum("sum_off_net_share_30d") AS DOUBLE) / sum("count_off_net_share_30d") END AS "off_net_share_30d" FROM (
SELECT "main_area", sum(TRY_CAST("off_net_share_30d" AS DECIMAL(28, 6))) AS "sum_off_net_share_30d", count(TRY_CAST("off_net_share_30d" AS DECIMAL(28, 6))) AS "count_off_net_share_30d"
FROM (SELECT sub, subscriber_id, "off_net_share_30d", "main_cell_30d", "main_area"
FROM (
SELECT w.*,
  CAST("main_cell_30d_cell"."area" AS VARCHAR) AS "main_area"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_d30", 0)) AS DOUBLE) AS "off_net_share_30d",
  CAST("g0"."usage_cell_id_most_d30" AS VARCHAR) AS "main_cell_30d"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d30" AS "usage_voice_sum_duration_s_out_rival_a_rival_b_d30", "t_usage_voice"."sum_duration_s_out_d30" AS "usage_voice_sum_duration_s_out_d30", "t_usage_cell_id"."most_d30" AS "usage_cell_id_most_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_voice" AS "t_usage_voice" ON "t_usage_voice".sub = k.sub
    LEFT JOIN "t_usage_cell_id" AS "t_usage_cell_id" ON "t_usage_cell_id".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
) AS w
  LEFT JOIN "cell" AS "main_cell_30d_cell" ON "main_cell_30d_cell"."cell_id" = w."main_cell_30d"
)) AS a
WHERE "main_area" IS NOT NULL
GROUP BY "main_area"
) AS p GROUP BY "main_area";

-- Means over those alike in tenure_band
CREATE TABLE "peers_tenure_band_3" AS
SELECT "tenure_band", CASE WHEN sum("count_active_days_30d") >= 20 THEN CAST(sum("sum_active_days_30d") AS DOUBLE) / sum("count_active_days_30d") END AS "active_days_30d", CASE WHEN sum("count_counterparties_30d") >= 20 THEN CAST(sum("sum_counterparties_30d") AS DOUBLE) / sum("count_counterparties_30d") END AS "counterparties_30d" FROM (
SELECT "tenure_band", sum("active_days_30d") AS "sum_active_days_30d", count("active_days_30d") AS "count_active_days_30d", sum("counterparties_30d") AS "sum_counterparties_30d", count("counterparties_30d") AS "count_counterparties_30d"
FROM (SELECT sub, subscriber_id, "counterparties_30d", "joined_on", "months_on_network", "active_days_30d", "tenure_band"
FROM (
SELECT w.*,
  CAST(CASE WHEN (w."months_on_network" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."months_on_network" >= 60), FALSE) THEN 'veteran' ELSE CASE WHEN coalesce((w."months_on_network" >= 24), FALSE) THEN 'settled' ELSE CASE WHEN coalesce((w."months_on_network" >= 6), FALSE) THEN 'growing' ELSE 'newcomer' END END END END AS VARCHAR) AS "tenure_band"
FROM (
SELECT w.*,
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."joined_on") * 12 + extract(month FROM w."joined_on")) - CASE WHEN extract(day FROM w."joined_on") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "months_on_network"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST(coalesce("g0"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d30", 0) AS BIGINT) AS "counterparties_30d",
  CAST("s"."joined_on" AS DATE) AS "joined_on",
  CAST(coalesce(bit_count("g0"."usage_mask_d30"), 0) AS BIGINT) AS "active_days_30d"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_counterparty"."distinct_voice_sms_own_rival_a_rival_b_fixed_d30" AS "usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d30", "t_usage"."mask_d30" AS "usage_mask_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_counterparty" AS "t_usage_counterparty" ON "t_usage_counterparty".sub = k.sub
    LEFT JOIN "t_usage" AS "t_usage" ON "t_usage".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
) AS w
) AS w
)) AS a
WHERE "tenure_band" IS NOT NULL
GROUP BY "tenure_band"
) AS p GROUP BY "tenure_band";

-- Means over those alike in tenure_band, payment
CREATE TABLE "peers_tenure_band_payment_3" AS
SELECT "tenure_band", "payment", CASE WHEN sum("count_arpu_3m") >= 20 THEN CAST(sum("sum_arpu_3m") AS DOUBLE) / sum("count_arpu_3m") END AS "arpu_3m" FROM (
SELECT "tenure_band", "payment", sum("arpu_3m") AS "sum_arpu_3m", count("arpu_3m") AS "count_arpu_3m"
FROM (SELECT sub, subscriber_id, "arpu_3m", "joined_on", "months_on_network", "payment", "tenure_band"
FROM (
SELECT w.*,
  CAST(CASE WHEN (w."months_on_network" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."months_on_network" >= 60), FALSE) THEN 'veteran' ELSE CASE WHEN coalesce((w."months_on_network" >= 24), FALSE) THEN 'settled' ELSE CASE WHEN coalesce((w."months_on_network" >= 6), FALSE) THEN 'growing' ELSE 'newcomer' END END END END AS VARCHAR) AS "tenure_band"
FROM (
SELECT w.*,
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."joined_on") * 12 + extract(month FROM w."joined_on")) - CASE WHEN extract(day FROM w."joined_on") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "months_on_network"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST(CAST(round((CAST("g0"."bill_sum_total_m3" AS DOUBLE) / nullif("g0"."bill_count_m3", 0))) AS BIGINT) AS BIGINT) AS "arpu_3m",
  CAST("s"."joined_on" AS DATE) AS "joined_on",
  CAST("s"."payment" AS VARCHAR) AS "payment"
FROM "subscribers" AS s
  LEFT JOIN (
  SELECT k.sub AS sub, "t_bill"."sum_total_m3" AS "bill_sum_total_m3", "t_bill"."count_m3" AS "bill_count_m3"
  FROM "subscribers" AS k
    LEFT JOIN "t_bill" AS "t_bill" ON "t_bill".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
) AS w
) AS w
)) AS a
WHERE "tenure_band" IS NOT NULL AND "payment" IS NOT NULL
GROUP BY "tenure_band", "payment"
) AS p GROUP BY "tenure_band", "payment";

-- One row per subscriber
CREATE TABLE "factor" AS
SELECT sub, subscriber_id, "rival_share_7d", "off_net_share_30d", "rival_share_rise_7d", "arpu_change_3m", "voice_pace_7d", "forward_off_net", "rival_service_calls_7d", "dual_sim", "off_net_share_prev_30d", "off_net_share_change", "dual_sim_leaning", "anomaly_points", "anomaly_step", "anomaly_grade", "arpu_3m", "is_anomaly_scope", "status", "is_barred", "downgrades_180d", "counterparties_change_30d", "silence_streak_days", "warn_points", "warn_points_grade", "balance", "balance_min_30d", "days_low_balance_30d", "balance_31d_ago", "recharge_amount_30d", "spend_per_day_30d", "balance_days_left", "balance_max_30d", "balance_avg_30d", "days_arrears_30d", "arrears_streak_days", "low_balance_streak_days", "last_arrears_on", "days_since_arrears", "balance_8d_ago", "balance_change_7d", "balance_change_30d", "plan_fee", "balance_covers_plan", "balance_to_plan_fee", "arrears_amount", "balance_swing_30d", "arpu_last", "arpu_change_1m", "arpu_slope_6m", "bill_total_3m", "bill_paid_6m", "bill_total_6m", "unpaid_6m", "arpu_6m", "bill_before_last", "bill_max_12m", "bill_min_12m", "bill_months_12m", "high_bill_months_12m", "low_bill_months_6m", "unpaid_months_6m", "unpaid_share_6m", "bill_jump", "bill_abnormal_rise", "bill_spread_12m", "arpu_prev_3m", "voice_change_30d", "data_change_30d", "calls_made_change_30d", "calls_received_change_30d", "on_net_change_30d", "rival_made_change_30d", "sms_change_30d", "data_sessions_change_30d", "video_change_30d", "usage_fee_change_30d", "data_pace_7d", "rival_calls_pace_7d", "usage_pace_7d", "voice_variation_30d", "data_variation_30d", "calls_deviation_30d", "bill_variation_12m", "recharge_variation_90d", "voice_peak_day_30d", "data_peak_day_30d", "calls_peak_day_30d", "talk_days_30d", "heavy_data_days_30d", "busy_days_30d", "data_fee_3m", "data_fee_share_3m", "value_added_fee_3m", "plan_fee_billed_3m", "voice_fee_3m", "sms_fee_3m", "roaming_fee_3m", "roaming_fee_months_12m", "late_fee_6m", "late_months_12m", "discount_3m", "discount_share_3m", "plan_fee_share_3m", "voice_fee_share_3m", "roaming_fee_share_3m", "value_added_fee_share_3m", "over_plan_fee_3m", "over_plan_share_3m", "usage_fee_7d", "usage_fee_30d", "charged_events_30d", "dearest_event_30d", "counterparties_30d", "counterparties_7d", "on_net_counterparties_30d", "rival_counterparties_30d", "rival_counterparty_share_30d", "called_numbers_30d", "callers_30d", "long_distance_numbers_30d", "calls_made_30d", "calls_per_number_30d", "circle_reach_ratio", "counterparties_drop_7d", "top3_call_share_30d", "top_called_share_30d", "circle_concentration_60d", "new_counterparties_30d", "lost_counterparties_30d", "new_rival_numbers_30d", "lost_on_net_numbers_30d", "circle_renewal_30d", "circle_loss_share_30d", "contacts_7d", "contacts_30d", "contacts_reached_90d", "last_contact_on", "days_since_contact", "contacts_90d", "contact_reach_share_90d", "contacts_unreached_30d", "sms_contacts_30d", "call_contacts_30d", "last_contact_channel", "last_contact_outcome", "best_contact_channel_90d", "contact_days_60d", "contract_ends_on", "contract_days_left", "contract_floor_fee", "contracts_broken_365d", "contracts_active", "handset_contracts_active", "prepaid_contracts_active", "broadband_contracts_active", "contract_kind", "contract_started_on", "contract_days_run", "contract_run_share", "contract_ending_60d", "contract_floor_gap", "last_contract_ended_on", "days_since_contract_end", "products_active", "is_unbound", "opted_out", "customer_kind", "sex", "birthday", "days_to_birthday", "age_months", "birthday_soon", "age_band", "customer_star", "is_high_star", "identity_missing", "name_missing", "profile_gaps", "agent", "brought_by_agent", "joined_on", "days_to_join_anniversary", "is_enterprise_key", "months_on_network", "active_days_30d", "looks_hollow", "price_complaints_180d", "is_price_sensitive", "daily_voice_s_30d", "daily_data_kib_30d", "daily_data_change_30d", "daily_data_peak_30d", "daily_voice_peak_30d", "daily_calls_30d", "daily_received_s_30d", "daily_data_avg_14d", "data_kib_7d", "data_kib_30d", "data_sessions_30d", "data_days_30d", "data_silent_days_30d", "data_session_avg_30d", "data_night_share_30d", "data_work_share_30d", "data_evening_share_30d", "data_weekend_share_30d", "video_kib_30d", "game_kib_30d", "video_share_30d", "social_share_30d", "shopping_share_30d", "news_share_30d", "main_app_class_30d", "app_classes_30d", "video_days_30d", "game_days_30d", "shopping_days_30d", "data_5g_share_30d", "data_old_network_sessions_30d", "data_roaming_kib_30d", "data_abroad_sessions_30d", "data_fee_30d", "data_per_active_day_30d", "voice_days_30d", "data_to_voice_preference", "last_data_on", "days_since_data", "is_internet_minded", "data_abnormal", "top_app_share_30d", "device_brand", "device_generation", "device_since", "device_age_days", "device_model", "device_price", "device_price_band", "device_price_to_arpu", "device_age_band", "device_new_30d", "devices_60d", "replacement_due", "device_5g_idle", "open_faults", "faults_90d", "faults_365d", "oldest_open_fault_on", "oldest_open_fault_days", "faults_30d", "faults_180d", "repeat_fault", "long_fault", "slow_faults_365d", "no_service_faults_365d", "broadband_faults_365d", "drop_faults_365d", "last_fault_on", "days_since_fault", "last_repair_on", "last_fault_kind", "complaints_365d", "last_satisfied", "is_service_sensitive", "is_bandwidth_sensitive", "installs_overdue", "installs_delayed_365d", "installs_open", "installs_365d", "last_installed_on", "days_since_install", "earliest_promise_on", "install_overdue_days", "oldest_install_on", "install_waiting_days", "installs_late_365d", "early_fault", "status_since", "days_in_status", "days_in_grace", "payment", "brand", "grid", "activated_on", "days_since_activation", "days_to_month_end", "last_use_on", "days_since_use", "silent_days_max_30d", "tenure_band", "is_newcomer", "days_suspended", "forwarding_set", "active_days_7d", "active_days_prev_30d", "active_days_drop", "use_streak_days", "outgoing_days_30d", "received_only_days_30d", "usage_gap_60d", "roaming_days_30d", "cells_30d", "main_cell_30d", "main_area", "cells_7d", "cells_prev_30d", "cells_change", "main_cell_prev_30d", "main_cell_moved", "night_cell_30d", "work_cell_30d", "home_is_work", "night_area", "main_grid", "lives_outside_grid", "roaming_event_share_30d", "roaming_days_7d", "roaming_streak_days", "abroad_days_60d", "last_roaming_on", "days_since_roaming", "weekend_cells_30d", "top_cell_share_30d", "new_cells_30d", "lost_cells_30d", "summary_revenue_3m", "summary_active_days", "summary_data_slope_6m", "summary_recharges_3m", "summary_off_net_min_3m", "summary_on_net_min_3m", "summary_off_net_share_3m", "summary_minutes_3m", "summary_revenue_total_3m", "summary_arpm_3m", "summary_revenue_slope_12m", "summary_revenue_season", "summary_data_avg_3m", "summary_data_season", "summary_off_net_slope_6m", "summary_on_net_slope_6m", "summary_on_net_season", "summary_sms_3m", "summary_recharge_amount_3m", "summary_recharge_slope_6m", "summary_no_recharge_months_6m", "summary_active_avg_6m", "summary_active_slope_6m", "summary_quiet_months_12m", "summary_zero_months_12m", "plan", "arpu_vs_plan_peers", "data_vs_plan_peers", "voice_s_30d", "voice_vs_plan_peers", "over_plan_vs_plan_peers", "recharge_amount_90d", "recharge_vs_plan_peers", "active_vs_tenure_peers", "counterparties_vs_tenure_peers", "arpu_vs_tenure_peers", "off_net_vs_area_peers", "data_change_vs_area_peers", "voice_change_vs_area_peers", "faults_vs_area_peers", "balance_vs_plan_peers", "plan_voice_min", "plan_data_kib", "plan_on_sale", "plan_changes_180d", "plan_name", "plan_tier", "upgrades_180d", "last_plan_change_on", "days_since_plan_change", "previous_plan_fee", "plan_fee_step", "plan_fee_to_arpu", "spend_over_plan", "voice_made_s_30d", "plan_voice_used", "plan_data_used", "plan_idle", "plan_overrun", "long_distance_share_30d", "plan_pattern_step", "plan_pattern", "recharge_count_7d", "recharge_count_30d", "recharge_count_90d", "recharges_since_activation", "last_recharge_on", "days_since_recharge", "last_recharge_amount", "avg_recharge_180d", "max_recharge_180d", "agent_recharge_share_180d", "recharge_change_90d", "recharge_amount_365d", "small_recharges_180d", "large_recharges_365d", "recharges_app_180d", "recharges_bank_180d", "own_channel_recharge_share_180d", "last_recharge_way", "main_recharge_way_180d", "recharge_ways_180d", "recharge_days_60d", "recharge_gap_180d", "recharge_overdue_ratio", "weekend_recharge_share_180d", "evening_recharge_share_180d", "recharge_to_spend_90d", "recharge_pace_30d", "avg_recharge_prev_180d", "recharge_size_step", "churn_score", "churn_score_28d_ago", "churn_score_rise", "churn_score_max_90d", "churn_score_avg_90d", "high_scores_90d", "churn_score_grade", "complaints_30d", "complaints_90d", "open_complaints", "leaving_enquiries_30d", "service_contacts_30d", "unsatisfied_180d", "service_contacts_7d", "enquiries_90d", "requests_90d", "leaving_enquiries_180d", "last_complaint_on", "days_since_complaint", "last_leaving_enquiry_on", "days_since_leaving_enquiry", "complaint_share_365d", "network_complaints_180d", "bill_enquiries_180d", "hotline_contacts_90d", "shop_contacts_180d", "app_contacts_90d", "main_service_channel_365d", "main_topic_365d", "satisfied_share_365d", "complaints_settled_90d", "service_pace_30d", "visits_reached_180d", "complaints_180d", "care_balance_180d", "oldest_open_complaint_on", "open_complaint_days", "complaint_gap_365d", "sms_sent_30d", "sms_sent_7d", "sms_received_30d", "sms_sent_received_ratio", "sms_days_30d", "uses_sms", "last_sms_on", "days_since_sms", "sms_rival_share_30d", "sms_partners_30d", "sms_fee_30d", "product_fee_active", "value_added_active", "cancellations_90d", "data_packs_active", "voice_packs_active", "dearest_product_fee", "products_ordered_90d", "data_packs_ordered_365d", "products_ever", "products_cancelled_ever", "cancelled_share", "cancellations_365d", "last_order_on", "days_since_order", "oldest_product_on", "oldest_product_days", "product_fee_to_arpu", "visits_90d", "last_visit_on", "visits_30d", "visits_365d", "visit_reach_share_365d", "door_visits_365d", "phone_visits_180d", "days_since_visit", "no_care_180d", "first_visit_due", "visit_gap_365d", "forwarded_calls_30d", "calls_made_7d", "calls_received_30d", "calls_made_received_ratio", "voice_s_7d", "call_length_avg_30d", "long_calls_30d", "short_call_share_30d", "on_net_made_s_30d", "rival_a_made_s_30d", "rival_b_made_s_30d", "fixed_calls_30d", "foreign_calls_30d", "service_number_calls_30d", "rival_service_calls_30d", "rival_service_s_30d", "last_rival_service_on", "days_since_rival_service", "calls_from_rivals_share_30d", "long_distance_made_s_30d", "roaming_voice_s_30d", "night_calls_30d", "work_hours_call_share_30d", "evening_call_share_30d", "weekend_call_share_30d", "voice_silent_days_30d", "voice_usage_fee_30d", "forwarded_s_30d", "forwarded_share_7d", "old_network_call_share_30d", "first_rival_service_on", "rival_interest_days", "warnings_90d", "high_warnings_90d", "last_warning_level", "warnings_7d", "warnings_365d", "medium_warnings_90d", "high_warning_share_90d", "last_warning_on", "days_since_warning", "warning_streak_days", "warning_days_60d", "warnings_change_30d", "warning_state", "warning_level_change", "warning_opened_on", "days_since_warning_opened", "warnings_opened_180d", "warning_escalations_90d", "last_escalation_on", "days_since_escalation", "warnings_reopened_365d", "warnings_closed_365d", "last_warning_closed_on", "days_since_warning_closed", "unworked_warning_days_30d", "worked_warning_days_30d", "eased_warning_days_30d", "weekly_anomaly_level", "weekly_anomaly_state", "weekly_anomalies_90d", "high_weekly_anomalies_180d"
FROM (
SELECT w.*,
  CAST(CASE WHEN (w."anomaly_step" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."anomaly_step" >= 21), FALSE) THEN 'high' ELSE CASE WHEN coalesce((w."anomaly_step" >= 14), FALSE) THEN 'medium' ELSE CASE WHEN coalesce((w."anomaly_step" >= 9), FALSE) THEN 'low' ELSE 'stable' END END END END AS VARCHAR) AS "anomaly_grade"
FROM (
SELECT w.*,
  CAST(CASE WHEN coalesce((w."rival_service_calls_7d" >= 2), FALSE) THEN CASE WHEN w."anomaly_points" >= 21 THEN w."anomaly_points" WHEN 21 > w."anomaly_points" THEN 21 END ELSE w."anomaly_points" END AS BIGINT) AS "anomaly_step"
FROM (
SELECT w.*,
  CAST((((((CASE WHEN coalesce((w."arpu_change_3m" <= (-0.3::DOUBLE)), FALSE) THEN 6 ELSE 0 END + CASE WHEN coalesce((w."voice_pace_7d" <= 0.7::DOUBLE), FALSE) THEN 5 ELSE 0 END) + CASE WHEN coalesce((w."rival_share_rise_7d" >= 0.1::DOUBLE), FALSE) THEN 4 ELSE 0 END) + CASE WHEN w."forward_off_net" THEN 6 ELSE 0 END) + CASE WHEN coalesce((w."rival_service_calls_7d" >= 1), FALSE) THEN 5 ELSE 0 END) + CASE WHEN w."dual_sim_leaning" THEN 3 ELSE 0 END) AS BIGINT) AS "anomaly_points",
  CAST(CASE WHEN (w."warn_points" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."warn_points" >= 12), FALSE) THEN 'high' ELSE CASE WHEN coalesce((w."warn_points" >= 8), FALSE) THEN 'medium' ELSE CASE WHEN coalesce((w."warn_points" >= 4), FALSE) THEN 'low' ELSE 'stable' END END END END AS VARCHAR) AS "warn_points_grade",
  CAST((w."active_days_30d" - "p_tenure_band_3"."active_days_30d") AS DOUBLE) AS "active_vs_tenure_peers",
  CAST((CAST(w."counterparties_30d" AS DOUBLE) / nullif("p_tenure_band_3"."counterparties_30d", 0)) AS DOUBLE) AS "counterparties_vs_tenure_peers",
  CAST((CAST(w."arpu_3m" AS DOUBLE) / nullif("p_tenure_band_payment_3"."arpu_3m", 0)) AS DOUBLE) AS "arpu_vs_tenure_peers",
  CAST(CASE WHEN (w."plan_pattern_step" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."plan_pattern_step" >= 4), FALSE) THEN 'travel' ELSE CASE WHEN coalesce((w."plan_pattern_step" >= 3), FALSE) THEN 'long' ELSE CASE WHEN coalesce((w."plan_pattern_step" >= 2), FALSE) THEN 'data' ELSE 'local' END END END END AS VARCHAR) AS "plan_pattern"
FROM (
SELECT w.*,
  CAST((coalesce(w."dual_sim", FALSE) AND coalesce(coalesce((w."off_net_share_change" > 0.1::DOUBLE), FALSE), FALSE)) AS BOOLEAN) AS "dual_sim_leaning",
  CAST((((((CASE WHEN w."is_barred" THEN 8 ELSE 0 END + CASE WHEN coalesce((w."downgrades_180d" > 0), FALSE) THEN 4 ELSE 0 END) + CASE WHEN coalesce((w."arpu_change_3m" <= (-0.3::DOUBLE)), FALSE) THEN 5 ELSE 0 END) + CASE WHEN w."forward_off_net" THEN 6 ELSE 0 END) + CASE WHEN coalesce((w."counterparties_change_30d" <= (-0.4::DOUBLE)), FALSE) THEN 5 ELSE 0 END) + CASE WHEN coalesce((w."silence_streak_days" >= 7), FALSE) THEN 4 ELSE 0 END) AS BIGINT) AS "warn_points",
  CAST((CAST(CASE WHEN w."balance" >= 0 THEN w."balance" WHEN 0 > w."balance" THEN 0 END AS DOUBLE) / nullif(CASE WHEN coalesce((w."spend_per_day_30d" > 0), FALSE) THEN w."spend_per_day_30d" ELSE NULL END, 0)) AS DOUBLE) AS "balance_days_left",
  CAST((CAST(w."unpaid_6m" AS DOUBLE) / nullif(w."bill_total_6m", 0)) AS DOUBLE) AS "unpaid_share_6m",
  CAST((coalesce(coalesce((w."bill_jump" >= 1.5::DOUBLE), FALSE), FALSE) AND coalesce(coalesce(((w."arpu_last" - w."arpu_6m") >= 3000), FALSE), FALSE)) AS BOOLEAN) AS "bill_abnormal_rise",
  CAST((CAST(w."over_plan_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "over_plan_share_3m",
  CAST((CAST(w."contract_days_run" AS DOUBLE) / nullif((w."contract_days_run" + w."contract_days_left"), 0)) AS DOUBLE) AS "contract_run_share",
  CAST(coalesce((w."contract_days_left" <= 60), FALSE) AS BOOLEAN) AS "contract_ending_60d",
  CAST(coalesce((w."days_to_birthday" < 7), FALSE) AS BOOLEAN) AS "birthday_soon",
  CAST(CASE WHEN (w."age_months" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."age_months" >= 720), FALSE) THEN 'senior' ELSE CASE WHEN coalesce((w."age_months" >= 480), FALSE) THEN 'mature' ELSE CASE WHEN coalesce((w."age_months" >= 276), FALSE) THEN 'adult' ELSE 'young' END END END END AS VARCHAR) AS "age_band",
  CAST((coalesce(coalesce((w."customer_kind" = 'enterprise'), FALSE), FALSE) AND coalesce(w."is_high_star", FALSE)) AS BOOLEAN) AS "is_enterprise_key",
  CAST((coalesce((coalesce(w."brought_by_agent", FALSE) AND coalesce(coalesce((w."months_on_network" < 6), FALSE), FALSE)), FALSE) AND coalesce(coalesce((w."active_days_30d" < 3), FALSE), FALSE)) AS BOOLEAN) AS "looks_hollow",
  CAST((coalesce((coalesce(coalesce((w."downgrades_180d" > 0), FALSE), FALSE) OR coalesce(coalesce((w."price_complaints_180d" > 0), FALSE), FALSE)), FALSE) OR coalesce(coalesce((w."discount_share_3m" > 0.1::DOUBLE), FALSE), FALSE)) AS BOOLEAN) AS "is_price_sensitive",
  CAST(CASE WHEN (w."device_age_days" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."device_age_days" >= 730), FALSE) THEN 'due' ELSE CASE WHEN coalesce((w."device_age_days" >= 365), FALSE) THEN 'ageing' ELSE 'recent' END END END AS VARCHAR) AS "device_age_band",
  CAST(coalesce((w."device_age_days" < 30), FALSE) AS BOOLEAN) AS "device_new_30d",
  CAST((coalesce(coalesce((w."device_age_days" >= 730), FALSE), FALSE) OR coalesce(coalesce((w."device_generation" < 4), FALSE), FALSE)) AS BOOLEAN) AS "replacement_due",
  CAST(coalesce((w."oldest_open_fault_days" > 10), FALSE) AS BOOLEAN) AS "long_fault",
  CAST((coalesce((coalesce(coalesce((w."complaints_365d" >= 3), FALSE), FALSE) OR coalesce(w."repeat_fault", FALSE)), FALSE) OR coalesce((NOT coalesce(coalesce(w."last_satisfied", TRUE), FALSE)), FALSE)) AS BOOLEAN) AS "is_service_sensitive",
  CAST(CASE WHEN coalesce((w."status" = 'grace'), FALSE) THEN w."days_in_status" ELSE NULL END AS BIGINT) AS "days_in_grace",
  CAST(CASE WHEN (w."months_on_network" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."months_on_network" >= 60), FALSE) THEN 'veteran' ELSE CASE WHEN coalesce((w."months_on_network" >= 24), FALSE) THEN 'settled' ELSE CASE WHEN coalesce((w."months_on_network" >= 6), FALSE) THEN 'growing' ELSE 'newcomer' END END END END AS VARCHAR) AS "tenure_band",
  CAST(coalesce((w."months_on_network" < 3), FALSE) AS BOOLEAN) AS "is_newcomer",
  CAST(CASE WHEN coalesce((w."status" = 'suspended'), FALSE) THEN w."days_in_status" ELSE NULL END AS BIGINT) AS "days_suspended",
  CAST(coalesce((w."main_grid" <> w."grid"), FALSE) AS BOOLEAN) AS "lives_outside_grid",
  CAST((CAST(w."summary_revenue_total_3m" AS DOUBLE) / nullif(w."summary_minutes_3m", 0)) AS DOUBLE) AS "summary_arpm_3m",
  CAST((w."over_plan_fee_3m" - "p_plan_2"."over_plan_fee_3m") AS DOUBLE) AS "over_plan_vs_plan_peers",
  CAST((w."off_net_share_30d" - "p_main_area_2"."off_net_share_30d") AS DOUBLE) AS "off_net_vs_area_peers",
  CAST((coalesce(coalesce((w."plan_voice_used" < 12), FALSE), FALSE) AND coalesce(coalesce((w."plan_data_used" < 0.2::DOUBLE), FALSE), FALSE)) AS BOOLEAN) AS "plan_idle",
  CAST((coalesce(coalesce((w."plan_data_used" > 1), FALSE), FALSE) OR coalesce(coalesce((w."spend_over_plan" >= 3000), FALSE), FALSE)) AS BOOLEAN) AS "plan_overrun",
  CAST(CASE WHEN (coalesce(coalesce((w."roaming_days_30d" >= 5), FALSE), FALSE) AND coalesce(coalesce((w."long_distance_share_30d" >= 0.2::DOUBLE), FALSE), FALSE)) THEN 4 ELSE CASE WHEN coalesce((w."long_distance_share_30d" >= 0.3::DOUBLE), FALSE) THEN 3 ELSE CASE WHEN coalesce((w."plan_data_used" >= 0.8::DOUBLE), FALSE) THEN 2 ELSE 1 END END END AS BIGINT) AS "plan_pattern_step",
  CAST((CAST(w."days_since_recharge" AS DOUBLE) / nullif(w."recharge_gap_180d", 0)) AS DOUBLE) AS "recharge_overdue_ratio",
  CAST((coalesce((coalesce(coalesce((w."months_on_network" < 3), FALSE), FALSE) AND coalesce(coalesce((w."visits_365d" = 0), FALSE), FALSE)), FALSE) AND coalesce(coalesce((w."plan_fee" >= 8800), FALSE), FALSE)) AS BOOLEAN) AS "first_visit_due"
FROM (
SELECT w.*,
  CAST((w."rival_share_7d" - w."off_net_share_30d") AS DOUBLE) AS "rival_share_rise_7d",
  CAST((w."off_net_share_30d" - w."off_net_share_prev_30d") AS DOUBLE) AS "off_net_share_change",
  CAST(coalesce((w."arpu_3m" >= 12000), FALSE) AS BOOLEAN) AS "is_anomaly_scope",
  CAST((coalesce((coalesce(coalesce((w."status" = 'grace'), FALSE), FALSE) OR coalesce(coalesce((w."status" = 'suspended'), FALSE), FALSE)), FALSE) OR coalesce(coalesce((w."status" = 'reported_lost'), FALSE), FALSE)) AS BOOLEAN) AS "is_barred",
  CAST((CAST(((w."balance_31d_ago" + w."recharge_amount_30d") - w."balance") AS DOUBLE) / nullif(30, 0)) AS DOUBLE) AS "spend_per_day_30d",
  CAST(CAST($as_of - w."last_arrears_on" AS BIGINT) AS BIGINT) AS "days_since_arrears",
  CAST((w."balance" - w."balance_8d_ago") AS BIGINT) AS "balance_change_7d",
  CAST((w."balance" - w."balance_31d_ago") AS BIGINT) AS "balance_change_30d",
  CAST(coalesce((w."balance" >= w."plan_fee"), FALSE) AS BOOLEAN) AS "balance_covers_plan",
  CAST((CAST(w."balance" AS DOUBLE) / nullif(w."plan_fee", 0)) AS DOUBLE) AS "balance_to_plan_fee",
  CAST(CASE WHEN (-w."balance") >= 0 THEN (-w."balance") WHEN 0 > (-w."balance") THEN 0 END AS BIGINT) AS "arrears_amount",
  CAST((w."balance_max_30d" - w."balance_min_30d") AS BIGINT) AS "balance_swing_30d",
  CAST((w."bill_total_6m" - w."bill_paid_6m") AS BIGINT) AS "unpaid_6m",
  CAST((CAST(w."arpu_last" AS DOUBLE) / nullif(w."arpu_6m", 0)) AS DOUBLE) AS "bill_jump",
  CAST((w."bill_max_12m" - w."bill_min_12m") AS BIGINT) AS "bill_spread_12m",
  CAST((CAST(w."data_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "data_fee_share_3m",
  CAST((CAST(w."discount_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "discount_share_3m",
  CAST((CAST(w."plan_fee_billed_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "plan_fee_share_3m",
  CAST((CAST(w."voice_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "voice_fee_share_3m",
  CAST((CAST(w."roaming_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "roaming_fee_share_3m",
  CAST((CAST(w."value_added_fee_3m" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "value_added_fee_share_3m",
  CAST(((w."voice_fee_3m" + w."sms_fee_3m") + w."data_fee_3m") AS BIGINT) AS "over_plan_fee_3m",
  CAST((CAST(w."rival_counterparties_30d" AS DOUBLE) / nullif(w."counterparties_30d", 0)) AS DOUBLE) AS "rival_counterparty_share_30d",
  CAST((CAST(w."calls_made_30d" AS DOUBLE) / nullif(w."called_numbers_30d", 0)) AS DOUBLE) AS "calls_per_number_30d",
  CAST((CAST(w."called_numbers_30d" AS DOUBLE) / nullif(w."callers_30d", 0)) AS DOUBLE) AS "circle_reach_ratio",
  CAST((CAST(w."counterparties_7d" AS DOUBLE) / nullif(w."counterparties_30d", 0)) AS DOUBLE) AS "counterparties_drop_7d",
  CAST((CAST(w."new_counterparties_30d" AS DOUBLE) / nullif(w."counterparties_30d", 0)) AS DOUBLE) AS "circle_renewal_30d",
  CAST((CAST(w."lost_counterparties_30d" AS DOUBLE) / nullif(((w."counterparties_30d" - w."new_counterparties_30d") + w."lost_counterparties_30d"), 0)) AS DOUBLE) AS "circle_loss_share_30d",
  CAST(CAST($as_of - w."last_contact_on" AS BIGINT) AS BIGINT) AS "days_since_contact",
  CAST(CAST(w."contract_ends_on" - $as_of AS BIGINT) AS BIGINT) AS "contract_days_left",
  CAST(CAST($as_of - w."contract_started_on" AS BIGINT) AS BIGINT) AS "contract_days_run",
  CAST((w."arpu_3m" - w."contract_floor_fee") AS BIGINT) AS "contract_floor_gap",
  CAST(CAST($as_of - w."last_contract_ended_on" AS BIGINT) AS BIGINT) AS "days_since_contract_end",
  CAST((coalesce(coalesce((w."contracts_active" = 0), FALSE), FALSE) AND coalesce(coalesce((w."products_active" = 0), FALSE), FALSE)) AS BOOLEAN) AS "is_unbound",
  CAST(CAST(CASE WHEN CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") AS INTEGER)) AS DATE) >= $as_of THEN CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") AS INTEGER)) AS DATE) ELSE CAST(w."birthday" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."birthday") + 1 AS INTEGER)) AS DATE) END - $as_of AS BIGINT) AS BIGINT) AS "days_to_birthday",
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."birthday") * 12 + extract(month FROM w."birthday")) - CASE WHEN extract(day FROM w."birthday") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "age_months",
  CAST(coalesce((w."customer_star" >= 4), FALSE) AS BOOLEAN) AS "is_high_star",
  CAST((((w."identity_missing" + w."name_missing") + CASE WHEN (w."birthday" IS NULL) THEN 1 ELSE 0 END) + CASE WHEN (w."customer_star" IS NULL) THEN 1 ELSE 0 END) AS BIGINT) AS "profile_gaps",
  CAST((NOT coalesce((w."agent" IS NULL), FALSE)) AS BOOLEAN) AS "brought_by_agent",
  CAST(CAST(CASE WHEN CAST(w."joined_on" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."joined_on") AS INTEGER)) AS DATE) >= $as_of THEN CAST(w."joined_on" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."joined_on") AS INTEGER)) AS DATE) ELSE CAST(w."joined_on" + to_years(CAST(extract(year FROM $as_of) - extract(year FROM w."joined_on") + 1 AS INTEGER)) AS DATE) END - $as_of AS BIGINT) AS BIGINT) AS "days_to_join_anniversary",
  CAST(((extract(year FROM $as_of) * 12 + extract(month FROM $as_of)) - (extract(year FROM w."joined_on") * 12 + extract(month FROM w."joined_on")) - CASE WHEN extract(day FROM w."joined_on") > extract(day FROM $as_of) THEN 1 ELSE 0 END) AS BIGINT) AS "months_on_network",
  CAST((CAST(w."data_kib_30d" AS DOUBLE) / nullif(w."data_days_30d", 0)) AS DOUBLE) AS "data_per_active_day_30d",
  CAST((w."data_days_30d" - w."voice_days_30d") AS BIGINT) AS "data_to_voice_preference",
  CAST(CAST($as_of - w."last_data_on" AS BIGINT) AS BIGINT) AS "days_since_data",
  CAST((coalesce(coalesce((w."data_days_30d" >= 20), FALSE), FALSE) AND coalesce(coalesce((w."app_classes_30d" >= 3), FALSE), FALSE)) AS BOOLEAN) AS "is_internet_minded",
  CAST((coalesce(coalesce((w."data_pace_7d" >= 2), FALSE), FALSE) AND coalesce(coalesce((w."data_kib_7d" >= 1048576), FALSE), FALSE)) AS BOOLEAN) AS "data_abnormal",
  CAST(CAST($as_of - w."device_since" AS BIGINT) AS BIGINT) AS "device_age_days",
  CAST(CASE WHEN (w."device_price" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."device_price" >= 400000), FALSE) THEN 'premium' ELSE CASE WHEN coalesce((w."device_price" >= 150000), FALSE) THEN 'middle' ELSE 'basic' END END END AS VARCHAR) AS "device_price_band",
  CAST((CAST(w."device_price" AS DOUBLE) / nullif(w."arpu_3m", 0)) AS DOUBLE) AS "device_price_to_arpu",
  CAST((coalesce(coalesce((w."device_generation" >= 5), FALSE), FALSE) AND coalesce(coalesce((w."data_5g_share_30d" < 0.1::DOUBLE), FALSE), FALSE)) AS BOOLEAN) AS "device_5g_idle",
  CAST(CAST($as_of - w."oldest_open_fault_on" AS BIGINT) AS BIGINT) AS "oldest_open_fault_days",
  CAST((coalesce((coalesce((coalesce(coalesce((w."faults_365d" > 9), FALSE), FALSE) OR coalesce(coalesce((w."faults_180d" > 7), FALSE), FALSE)), FALSE) OR coalesce(coalesce((w."faults_90d" > 5), FALSE), FALSE)), FALSE) OR coalesce(coalesce((w."faults_30d" > 4), FALSE), FALSE)) AS BOOLEAN) AS "repeat_fault",
  CAST(CAST($as_of - w."last_fault_on" AS BIGINT) AS BIGINT) AS "days_since_fault",
  CAST((coalesce(coalesce((w."plan_fee" >= 18900), FALSE), FALSE) OR coalesce(coalesce((w."data_kib_30d" > 41943040), FALSE), FALSE)) AS BOOLEAN) AS "is_bandwidth_sensitive",
  CAST(CAST($as_of - w."last_installed_on" AS BIGINT) AS BIGINT) AS "days_since_install",
  CAST(CAST($as_of - w."earliest_promise_on" AS BIGINT) AS BIGINT) AS "install_overdue_days",
  CAST(CAST($as_of - w."oldest_install_on" AS BIGINT) AS BIGINT) AS "install_waiting_days",
  CAST((coalesce(coalesce((CAST(w."last_fault_on" - w."last_installed_on" AS BIGINT) >= 0), FALSE), FALSE) AND coalesce(coalesce((CAST(w."last_fault_on" - w."last_installed_on" AS BIGINT) <= 15), FALSE), FALSE)) AS BOOLEAN) AS "early_fault",
  CAST(CAST($as_of - w."status_since" AS BIGINT) AS BIGINT) AS "days_in_status",
  CAST(CAST($as_of - w."activated_on" AS BIGINT) AS BIGINT) AS "days_since_activation",
  CAST(CAST($as_of - w."last_use_on" AS BIGINT) AS BIGINT) AS "days_since_use",
  CAST((w."active_days_prev_30d" - w."active_days_30d") AS BIGINT) AS "active_days_drop",
  CAST("main_cell_30d_cell"."area" AS VARCHAR) AS "main_area",
  CAST((w."cells_30d" - w."cells_prev_30d") AS BIGINT) AS "cells_change",
  CAST(coalesce((w."main_cell_30d" <> w."main_cell_prev_30d"), FALSE) AS BOOLEAN) AS "main_cell_moved",
  CAST(coalesce((w."night_cell_30d" = w."work_cell_30d"), FALSE) AS BOOLEAN) AS "home_is_work",
  CAST("night_cell_30d_cell"."area" AS VARCHAR) AS "night_area",
  CAST("main_cell_30d_cell"."grid_id" AS VARCHAR) AS "main_grid",
  CAST(CAST($as_of - w."last_roaming_on" AS BIGINT) AS BIGINT) AS "days_since_roaming",
  CAST((CAST(w."summary_off_net_min_3m" AS DOUBLE) / nullif((w."summary_off_net_min_3m" + w."summary_on_net_min_3m"), 0)) AS DOUBLE) AS "summary_off_net_share_3m",
  CAST((w."summary_on_net_min_3m" + w."summary_off_net_min_3m") AS DOUBLE) AS "summary_minutes_3m",
  CAST((CAST(w."arpu_3m" AS DOUBLE) / nullif("p_plan_1"."arpu_3m", 0)) AS DOUBLE) AS "arpu_vs_plan_peers",
  CAST((CAST(w."data_kib_30d" AS DOUBLE) / nullif("p_plan_1"."data_kib_30d", 0)) AS DOUBLE) AS "data_vs_plan_peers",
  CAST((CAST(w."voice_s_30d" AS DOUBLE) / nullif("p_plan_1"."voice_s_30d", 0)) AS DOUBLE) AS "voice_vs_plan_peers",
  CAST((CAST(w."recharge_amount_90d" AS DOUBLE) / nullif("p_plan_1"."recharge_amount_90d", 0)) AS DOUBLE) AS "recharge_vs_plan_peers",
  CAST((w."data_change_30d" - "p_grid_1"."data_change_30d") AS DOUBLE) AS "data_change_vs_area_peers",
  CAST((w."voice_change_30d" - "p_grid_1"."voice_change_30d") AS DOUBLE) AS "voice_change_vs_area_peers",
  CAST((w."faults_365d" - "p_grid_1"."faults_365d") AS DOUBLE) AS "faults_vs_area_peers",
  CAST((w."balance" - "p_plan_payment_1"."balance") AS DOUBLE) AS "balance_vs_plan_peers",
  CAST(CASE WHEN (w."plan_fee" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."plan_fee" >= 12800), FALSE) THEN 'premium' ELSE CASE WHEN coalesce((w."plan_fee" >= 8800), FALSE) THEN 'upper' ELSE CASE WHEN coalesce((w."plan_fee" >= 3800), FALSE) THEN 'middle' ELSE 'basic' END END END END AS VARCHAR) AS "plan_tier",
  CAST(CAST($as_of - w."last_plan_change_on" AS BIGINT) AS BIGINT) AS "days_since_plan_change",
  CAST((w."plan_fee" - w."previous_plan_fee") AS BIGINT) AS "plan_fee_step",
  CAST((CAST(w."plan_fee" AS DOUBLE) / nullif(w."arpu_3m", 0)) AS DOUBLE) AS "plan_fee_to_arpu",
  CAST((w."arpu_3m" - w."plan_fee") AS BIGINT) AS "spend_over_plan",
  CAST((CAST(w."voice_made_s_30d" AS DOUBLE) / nullif(w."plan_voice_min", 0)) AS DOUBLE) AS "plan_voice_used",
  CAST((CAST(w."data_kib_30d" AS DOUBLE) / nullif(w."plan_data_kib", 0)) AS DOUBLE) AS "plan_data_used",
  CAST(CAST($as_of - w."last_recharge_on" AS BIGINT) AS BIGINT) AS "days_since_recharge",
  CAST((CAST(w."recharge_amount_90d" AS DOUBLE) / nullif(w."bill_total_3m", 0)) AS DOUBLE) AS "recharge_to_spend_90d",
  CAST((w."avg_recharge_180d" - w."avg_recharge_prev_180d") AS BIGINT) AS "recharge_size_step",
  CAST((w."churn_score" - w."churn_score_28d_ago") AS DOUBLE) AS "churn_score_rise",
  CAST(CASE WHEN (w."churn_score" IS NULL) THEN NULL ELSE CASE WHEN coalesce((w."churn_score" >= 0.5::DOUBLE), FALSE) THEN 'high' ELSE CASE WHEN coalesce((w."churn_score" >= 0.25::DOUBLE), FALSE) THEN 'medium' ELSE 'low' END END END AS VARCHAR) AS "churn_score_grade",
  CAST(CAST($as_of - w."last_complaint_on" AS BIGINT) AS BIGINT) AS "days_since_complaint",
  CAST(CAST($as_of - w."last_leaving_enquiry_on" AS BIGINT) AS BIGINT) AS "days_since_leaving_enquiry",
  CAST((w."visits_reached_180d" - w."complaints_180d") AS BIGINT) AS "care_balance_180d",
  CAST(CAST($as_of - w."oldest_open_complaint_on" AS BIGINT) AS BIGINT) AS "open_complaint_days",
  CAST((CAST(w."sms_sent_30d" AS DOUBLE) / nullif(w."sms_received_30d", 0)) AS DOUBLE) AS "sms_sent_received_ratio",
  CAST(coalesce((w."sms_days_30d" > 0), FALSE) AS BOOLEAN) AS "uses_sms",
  CAST(CAST($as_of - w."last_sms_on" AS BIGINT) AS BIGINT) AS "days_since_sms",
  CAST((CAST(w."products_cancelled_ever" AS DOUBLE) / nullif(w."products_ever", 0)) AS DOUBLE) AS "cancelled_share",
  CAST(CAST($as_of - w."last_order_on" AS BIGINT) AS BIGINT) AS "days_since_order",
  CAST(CAST($as_of - w."oldest_product_on" AS BIGINT) AS BIGINT) AS "oldest_product_days",
  CAST((CAST(w."product_fee_active" AS DOUBLE) / nullif(w."arpu_3m", 0)) AS DOUBLE) AS "product_fee_to_arpu",
  CAST(CAST($as_of - w."last_visit_on" AS BIGINT) AS BIGINT) AS "days_since_visit",
  CAST((coalesce(coalesce((w."visits_reached_180d" = 0), FALSE), FALSE) AND coalesce(coalesce((w."contacts_reached_90d" = 0), FALSE), FALSE)) AS BOOLEAN) AS "no_care_180d",
  CAST((CAST(w."calls_made_30d" AS DOUBLE) / nullif(w."calls_received_30d", 0)) AS DOUBLE) AS "calls_made_received_ratio",
  CAST(CAST($as_of - w."last_rival_service_on" AS BIGINT) AS BIGINT) AS "days_since_rival_service",
  CAST(CAST(w."last_rival_service_on" - w."first_rival_service_on" AS BIGINT) AS BIGINT) AS "rival_interest_days",
  CAST(CAST($as_of - w."last_warning_on" AS BIGINT) AS BIGINT) AS "days_since_warning",
  CAST(CAST($as_of - w."warning_opened_on" AS BIGINT) AS BIGINT) AS "days_since_warning_opened",
  CAST(CAST($as_of - w."last_escalation_on" AS BIGINT) AS BIGINT) AS "days_since_escalation",
  CAST(CAST($as_of - w."last_warning_closed_on" AS BIGINT) AS BIGINT) AS "days_since_warning_closed"
FROM (
SELECT s.sub AS sub,
  s.subscriber_id AS subscriber_id,
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d7", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_d7", 0)) AS DOUBLE) AS "rival_share_7d",
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_d30", 0)) AS DOUBLE) AS "off_net_share_30d",
  CAST((CAST(((CAST("g0"."bill_sum_total_m3" AS DOUBLE) / nullif("g0"."bill_count_m3", 0)) - (CAST("g0"."bill_sum_total_m6_3" AS DOUBLE) / nullif("g0"."bill_count_m6_3", 0))) AS DOUBLE) / nullif((CAST("g0"."bill_sum_total_m6_3" AS DOUBLE) / nullif("g0"."bill_count_m6_3", 0)), 0)) AS DOUBLE) AS "arpu_change_3m",
  CAST(((CAST(coalesce("g0"."usage_voice_sum_duration_s_d7", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_d35_7", 0)) * 4) AS DOUBLE) AS "voice_pace_7d",
  CAST("s"."forward_off_net" AS BOOLEAN) AS "forward_off_net",
  CAST(coalesce("g0"."usage_voice_count_out_rival_service_d7", 0) AS BIGINT) AS "rival_service_calls_7d",
  CAST("device"."dual_sim" AS BOOLEAN) AS "dual_sim",
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d60_30", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_d60_30", 0)) AS DOUBLE) AS "off_net_share_prev_30d",
  CAST(CAST(round((CAST("g0"."bill_sum_total_m3" AS DOUBLE) / nullif("g0"."bill_count_m3", 0))) AS BIGINT) AS BIGINT) AS "arpu_3m",
  CAST("s"."status" AS VARCHAR) AS "status",
  CAST(coalesce("g1"."subscription_count_monthly_fee_ordered_on_ordered_on", 0) AS BIGINT) AS "downgrades_180d",
  CAST((CAST((coalesce("g1"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d30", 0) - "g1"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d60_30") AS DOUBLE) / nullif("g1"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d60_30", 0)) AS DOUBLE) AS "counterparties_change_30d",
  CAST(coalesce((bit_count(xor(("g1"."usage_mask_d30" >> 0), ("g1"."usage_mask_d30" >> 0) - 1)) - 1), 30) AS BIGINT) AS "silence_streak_days",
  CAST("g2"."balance_last_balance_d7" AS BIGINT) AS "balance",
  CAST("g2"."balance_again_min_balance_d30" AS BIGINT) AS "balance_min_30d",
  CAST(coalesce("g2"."balance_count_balance_1000_d30", 0) AS BIGINT) AS "days_low_balance_30d",
  CAST("g2"."balance_again_last_balance_d31_30" AS BIGINT) AS "balance_31d_ago",
  CAST(coalesce("g3"."recharge_sum_amount_d30", 0) AS BIGINT) AS "recharge_amount_30d",
  CAST("g2"."balance_again_max_balance_d30" AS BIGINT) AS "balance_max_30d",
  CAST(CAST(round((CAST("g2"."balance_sum_balance_d30" AS DOUBLE) / nullif("g2"."balance_count_d30", 0))) AS BIGINT) AS BIGINT) AS "balance_avg_30d",
  CAST(coalesce("g2"."balance_count_balance_0_d30", 0) AS BIGINT) AS "days_arrears_30d",
  CAST(coalesce((bit_count(xor(("g2"."balance_mask_balance_0_d60" >> 0), ("g2"."balance_mask_balance_0_d60" >> 0) + 1)) - 1), 0) AS BIGINT) AS "arrears_streak_days",
  CAST(coalesce((bit_count(xor(("g2"."balance_mask_balance_1000_d30" >> 0), ("g2"."balance_mask_balance_1000_d30" >> 0) + 1)) - 1), 0) AS BIGINT) AS "low_balance_streak_days",
  CAST("g2"."balance_last_day_balance_0_d90" AS DATE) AS "last_arrears_on",
  CAST("g2"."balance_again_last_balance_d8_7" AS BIGINT) AS "balance_8d_ago",
  CAST("s_plan_id"."monthly_fee" AS BIGINT) AS "plan_fee",
  CAST("g0"."bill_last_total_m1" AS BIGINT) AS "arpu_last",
  CAST((CAST((coalesce("g0"."bill_sum_total_m1", 0) - "g0"."bill_sum_total_m2_1") AS DOUBLE) / nullif("g0"."bill_sum_total_m2_1", 0)) AS DOUBLE) AS "arpu_change_1m",
  CAST("g0"."bill_slope_total_m6" AS DOUBLE) AS "arpu_slope_6m",
  CAST(coalesce("g0"."bill_sum_total_m3", 0) AS BIGINT) AS "bill_total_3m",
  CAST(coalesce("g0"."bill_sum_paid_m6", 0) AS BIGINT) AS "bill_paid_6m",
  CAST(coalesce("g0"."bill_sum_total_m6", 0) AS BIGINT) AS "bill_total_6m",
  CAST(CAST(round((CAST("g0"."bill_sum_total_m6" AS DOUBLE) / nullif("g0"."bill_count_m6", 0))) AS BIGINT) AS BIGINT) AS "arpu_6m",
  CAST("g0"."bill_last_total_m2_1" AS BIGINT) AS "bill_before_last",
  CAST("g0"."bill_max_total_m12" AS BIGINT) AS "bill_max_12m",
  CAST("g0"."bill_min_total_m12" AS BIGINT) AS "bill_min_12m",
  CAST(coalesce("g0"."bill_count_m12", 0) AS BIGINT) AS "bill_months_12m",
  CAST(coalesce("g0"."bill_count_total_12000_m12", 0) AS BIGINT) AS "high_bill_months_12m",
  CAST(coalesce("g0"."bill_count_total_1000_m6", 0) AS BIGINT) AS "low_bill_months_6m",
  CAST(coalesce("g0"."bill_count_paid_m6", 0) AS BIGINT) AS "unpaid_months_6m",
  CAST(CAST(round((CAST("g0"."bill_sum_total_m6_3" AS DOUBLE) / nullif("g0"."bill_count_m6_3", 0))) AS BIGINT) AS BIGINT) AS "arpu_prev_3m",
  CAST((CAST((coalesce("g0"."usage_voice_sum_duration_s_d30", 0) - "g0"."usage_voice_sum_duration_s_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_d60_30", 0)) AS DOUBLE) AS "voice_change_30d",
  CAST((CAST((coalesce("g3"."usage_data_sum_volume_kib_d30", 0) - "g3"."usage_data_sum_volume_kib_d60_30") AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d60_30", 0)) AS DOUBLE) AS "data_change_30d",
  CAST((CAST((coalesce("g0"."usage_voice_count_out_d30", 0) - "g0"."usage_voice_count_out_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_count_out_d60_30", 0)) AS DOUBLE) AS "calls_made_change_30d",
  CAST((CAST((coalesce("g0"."usage_voice_count_in_d30", 0) - "g0"."usage_voice_count_in_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_count_in_d60_30", 0)) AS DOUBLE) AS "calls_received_change_30d",
  CAST((CAST((coalesce("g0"."usage_voice_sum_duration_s_out_own_d30", 0) - "g0"."usage_voice_sum_duration_s_out_own_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_own_d60_30", 0)) AS DOUBLE) AS "on_net_change_30d",
  CAST((CAST((coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d30", 0) - "g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d60_30") AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_rival_a_rival_b_d60_30", 0)) AS DOUBLE) AS "rival_made_change_30d",
  CAST((CAST((coalesce("g4"."usage_sms_count_out_d30", 0) - "g4"."usage_sms_count_out_d60_30") AS DOUBLE) / nullif("g4"."usage_sms_count_out_d60_30", 0)) AS DOUBLE) AS "sms_change_30d",
  CAST((CAST((coalesce("g3"."usage_data_count_d30", 0) - "g3"."usage_data_count_d60_30") AS DOUBLE) / nullif("g3"."usage_data_count_d60_30", 0)) AS DOUBLE) AS "data_sessions_change_30d",
  CAST((CAST((coalesce("g1"."usage_sum_volume_kib_video_d30", 0) - "g1"."usage_sum_volume_kib_video_d60_30") AS DOUBLE) / nullif("g1"."usage_sum_volume_kib_video_d60_30", 0)) AS DOUBLE) AS "video_change_30d",
  CAST((CAST((coalesce("g1"."usage_sum_fee_d30", 0) - "g1"."usage_sum_fee_d60_30") AS DOUBLE) / nullif("g1"."usage_sum_fee_d60_30", 0)) AS DOUBLE) AS "usage_fee_change_30d",
  CAST(((CAST(coalesce("g3"."usage_data_sum_volume_kib_d7", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d35_7", 0)) * 4) AS DOUBLE) AS "data_pace_7d",
  CAST(((CAST(coalesce("g0"."usage_voice_count_out_rival_a_rival_b_d7", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_out_rival_a_rival_b_d35_7", 0)) * 4) AS DOUBLE) AS "rival_calls_pace_7d",
  CAST(((CAST(coalesce("g1"."usage_count_d7", 0) AS DOUBLE) / nullif("g1"."usage_count_d35_7", 0)) * 4) AS DOUBLE) AS "usage_pace_7d",
  CAST((CAST((CASE WHEN CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g4"."usage_days_voice_squares_duration_s_d30", 0) AS HUGEINT) - CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS HUGEINT) * CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS HUGEINT) AS DOUBLE) >= 0 THEN sqrt(CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g4"."usage_days_voice_squares_duration_s_d30", 0) AS HUGEINT) - CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS HUGEINT) * CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS HUGEINT) AS DOUBLE)) END / nullif(30, 0)) AS DOUBLE) / nullif((CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS DOUBLE) / nullif(30, 0)), 0)) AS DOUBLE) AS "voice_variation_30d",
  CAST((CAST((CASE WHEN CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g5"."usage_days_data_squares_volume_kib_d30", 0) AS HUGEINT) - CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS HUGEINT) * CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS HUGEINT) AS DOUBLE) >= 0 THEN sqrt(CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g5"."usage_days_data_squares_volume_kib_d30", 0) AS HUGEINT) - CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS HUGEINT) * CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS HUGEINT) AS DOUBLE)) END / nullif(30, 0)) AS DOUBLE) / nullif((CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS DOUBLE) / nullif(30, 0)), 0)) AS DOUBLE) AS "data_variation_30d",
  CAST((CASE WHEN CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g4"."usage_days_voice_squares_d30", 0) AS HUGEINT) - CAST(coalesce("g0"."usage_voice_count_d30", 0) AS HUGEINT) * CAST(coalesce("g0"."usage_voice_count_d30", 0) AS HUGEINT) AS DOUBLE) >= 0 THEN sqrt(CAST(CAST(30 AS HUGEINT) * CAST(coalesce("g4"."usage_days_voice_squares_d30", 0) AS HUGEINT) - CAST(coalesce("g0"."usage_voice_count_d30", 0) AS HUGEINT) * CAST(coalesce("g0"."usage_voice_count_d30", 0) AS HUGEINT) AS DOUBLE)) END / nullif(30, 0)) AS DOUBLE) AS "calls_deviation_30d",
  CAST(CASE WHEN coalesce(("g0"."bill_count_m12" > 1), FALSE) THEN (CAST((CASE WHEN CAST(CAST("g0"."bill_count_m12" AS HUGEINT) * CAST(coalesce("g0"."bill_squares_total_m12", 0) AS HUGEINT) - CAST(coalesce("g0"."bill_sum_total_m12", 0) AS HUGEINT) * CAST(coalesce("g0"."bill_sum_total_m12", 0) AS HUGEINT) AS DOUBLE) >= 0 THEN sqrt(CAST(CAST("g0"."bill_count_m12" AS HUGEINT) * CAST(coalesce("g0"."bill_squares_total_m12", 0) AS HUGEINT) - CAST(coalesce("g0"."bill_sum_total_m12", 0) AS HUGEINT) * CAST(coalesce("g0"."bill_sum_total_m12", 0) AS HUGEINT) AS DOUBLE)) END / nullif("g0"."bill_count_m12", 0)) AS DOUBLE) / nullif((CAST(coalesce("g0"."bill_sum_total_m12", 0) AS DOUBLE) / nullif("g0"."bill_count_m12", 0)), 0)) ELSE NULL END AS DOUBLE) AS "bill_variation_12m",
  CAST((CAST((CASE WHEN CAST(CAST(90 AS HUGEINT) * CAST(coalesce("g5"."recharge_days_squares_amount_d90", 0) AS HUGEINT) - CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS HUGEINT) * CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS HUGEINT) AS DOUBLE) >= 0 THEN sqrt(CAST(CAST(90 AS HUGEINT) * CAST(coalesce("g5"."recharge_days_squares_amount_d90", 0) AS HUGEINT) - CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS HUGEINT) * CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS HUGEINT) AS DOUBLE)) END / nullif(90, 0)) AS DOUBLE) / nullif((CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS DOUBLE) / nullif(90, 0)), 0)) AS DOUBLE) AS "recharge_variation_90d",
  CAST(coalesce("g4"."usage_days_voice_again_peak_duration_s_d30", 0) AS BIGINT) AS "voice_peak_day_30d",
  CAST(coalesce("g5"."usage_days_data_again_peak_volume_kib_d30", 0) AS BIGINT) AS "data_peak_day_30d",
  CAST(coalesce("g4"."usage_days_voice_again_peak_d30", 0) AS BIGINT) AS "calls_peak_day_30d",
  CAST(coalesce("g4"."usage_days_voice_days_over_600_duration_s_d30", 0) AS BIGINT) AS "talk_days_30d",
  CAST(coalesce("g5"."usage_days_data_days_over_307200_volume_kib_d30", 0) AS BIGINT) AS "heavy_data_days_30d",
  CAST(coalesce("g4"."usage_days_voice_days_over_8_d30", 0) AS BIGINT) AS "busy_days_30d",
  CAST(coalesce("g0"."bill_sum_data_fee_m3", 0) AS BIGINT) AS "data_fee_3m",
  CAST(coalesce("g0"."bill_sum_value_added_fee_m3", 0) AS BIGINT) AS "value_added_fee_3m",
  CAST(coalesce("g0"."bill_sum_plan_fee_m3", 0) AS BIGINT) AS "plan_fee_billed_3m",
  CAST(coalesce("g0"."bill_sum_voice_fee_m3", 0) AS BIGINT) AS "voice_fee_3m",
  CAST(coalesce("g0"."bill_sum_sms_fee_m3", 0) AS BIGINT) AS "sms_fee_3m",
  CAST(coalesce("g0"."bill_sum_roaming_fee_m3", 0) AS BIGINT) AS "roaming_fee_3m",
  CAST(coalesce("g0"."bill_count_roaming_fee_0_m12", 0) AS BIGINT) AS "roaming_fee_months_12m",
  CAST(coalesce("g0"."bill_sum_late_fee_m6", 0) AS BIGINT) AS "late_fee_6m",
  CAST(coalesce("g0"."bill_count_late_fee_0_m12", 0) AS BIGINT) AS "late_months_12m",
  CAST(coalesce("g0"."bill_sum_discount_m3", 0) AS BIGINT) AS "discount_3m",
  CAST(coalesce("g1"."usage_sum_fee_d7", 0) AS BIGINT) AS "usage_fee_7d",
  CAST(coalesce("g1"."usage_sum_fee_d30", 0) AS BIGINT) AS "usage_fee_30d",
  CAST(coalesce("g1"."usage_count_fee_0_d30", 0) AS BIGINT) AS "charged_events_30d",
  CAST("g2"."usage_again_max_fee_fee_0_d30" AS BIGINT) AS "dearest_event_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d30", 0) AS BIGINT) AS "counterparties_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d7", 0) AS BIGINT) AS "counterparties_7d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_sms_own_d30", 0) AS BIGINT) AS "on_net_counterparties_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_sms_rival_a_rival_b_d30", 0) AS BIGINT) AS "rival_counterparties_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_out_d30", 0) AS BIGINT) AS "called_numbers_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_in_d30", 0) AS BIGINT) AS "callers_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_voice_long_d30", 0) AS BIGINT) AS "long_distance_numbers_30d",
  CAST(coalesce("g0"."usage_voice_count_out_d30", 0) AS BIGINT) AS "calls_made_30d",
  CAST((CAST("g1"."usage_counterparty_top_3_duration_s_voice_d30" AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_2_d30", 0)) AS DOUBLE) AS "top3_call_share_30d",
  CAST((CAST("g1"."usage_counterparty_top_1_voice_out_d30" AS DOUBLE) / nullif("g0"."usage_voice_count_out_2_d30", 0)) AS DOUBLE) AS "top_called_share_30d",
  CAST((CAST((CAST("g1"."usage_counterparty_value_squares_duration_s_voice_d60" AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_2_d60", 0)) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_2_d60", 0)) AS DOUBLE) AS "circle_concentration_60d",
  CAST(coalesce("g1"."usage_counterparty_new_values_voice_sms_own_rival_a_rival_b_fixed_d60", 0) AS BIGINT) AS "new_counterparties_30d",
  CAST(coalesce("g1"."usage_counterparty_lost_values_voice_sms_own_rival_a_rival_b_fixed_d60", 0) AS BIGINT) AS "lost_counterparties_30d",
  CAST(coalesce("g1"."usage_counterparty_new_values_voice_rival_a_rival_b_d60", 0) AS BIGINT) AS "new_rival_numbers_30d",
  CAST(coalesce("g1"."usage_counterparty_lost_values_voice_own_d60", 0) AS BIGINT) AS "lost_on_net_numbers_30d",
  CAST(coalesce("g6"."contact_count_d7", 0) AS BIGINT) AS "contacts_7d",
  CAST(coalesce("g6"."contact_count_d30", 0) AS BIGINT) AS "contacts_30d",
  CAST(coalesce("g6"."contact_count_reached_true_d90", 0) AS BIGINT) AS "contacts_reached_90d",
  CAST("g6"."contact_last_day_d90" AS DATE) AS "last_contact_on",
  CAST(coalesce("g6"."contact_count_d90", 0) AS BIGINT) AS "contacts_90d",
  CAST((CAST(coalesce("g6"."contact_count_reached_true_2_d90", 0) AS DOUBLE) / nullif("g6"."contact_count_2_d90", 0)) AS DOUBLE) AS "contact_reach_share_90d",
  CAST(coalesce("g6"."contact_count_reached_false_d30", 0) AS BIGINT) AS "contacts_unreached_30d",
  CAST(coalesce("g6"."contact_count_sms_d30", 0) AS BIGINT) AS "sms_contacts_30d",
  CAST(coalesce("g6"."contact_count_call_d30", 0) AS BIGINT) AS "call_contacts_30d",
  CAST("g6"."contact_last_channel_d90" AS VARCHAR) AS "last_contact_channel",
  CAST("g6"."contact_last_outcome_d90" AS VARCHAR) AS "last_contact_outcome",
  CAST("g6"."contact_channel_most_d90" AS VARCHAR) AS "best_contact_channel_90d",
  CAST(coalesce(bit_count("g6"."contact_mask_d60"), 0) AS BIGINT) AS "contact_days_60d",
  CAST("g6"."contract_max_ends_on_starts_on_ends_on_ended_early_on_missing" AS DATE) AS "contract_ends_on",
  CAST("g6"."contract_max_floor_fee_starts_on_ends_on_ended_early_on_missing" AS BIGINT) AS "contract_floor_fee",
  CAST(coalesce("g6"."contract_count_ended_early_on_ended_early_on", 0) AS BIGINT) AS "contracts_broken_365d",
  CAST(coalesce("g6"."contract_count_starts_on_ends_on_ended_early_on_missing", 0) AS BIGINT) AS "contracts_active",
  CAST(coalesce("g6"."contract_count_handset_starts_on_ends_on_ended_early_on_missing", 0) AS BIGINT) AS "handset_contracts_active",
  CAST(coalesce("g6"."contract_count_prepaid_return_starts_on_ends_on_ended_early_on_missin", 0) AS BIGINT) AS "prepaid_contracts_active",
  CAST(coalesce("g6"."contract_count_broadband_starts_on_ends_on_ended_early_on_missing", 0) AS BIGINT) AS "broadband_contracts_active",
  CAST("g6"."contract_last_kind_starts_on_ends_on_ended_early_on_missing" AS VARCHAR) AS "contract_kind",
  CAST("g6"."contract_max_starts_on_starts_on_ends_on_ended_early_on_missing" AS DATE) AS "contract_started_on",
  CAST("g6"."contract_max_ends_on_ends_on" AS DATE) AS "last_contract_ended_on",
  CAST(coalesce("g1"."subscription_count_cancelled_on_missing", 0) AS BIGINT) AS "products_active",
  CAST("s_customer_id"."opted_out" AS BOOLEAN) AS "opted_out",
  CAST("s_customer_id"."kind" AS VARCHAR) AS "customer_kind",
  CAST("s_customer_id"."sex" AS VARCHAR) AS "sex",
  CAST("s_customer_id"."birthday" AS DATE) AS "birthday",
  CAST("s_customer_id"."star" AS BIGINT) AS "customer_star",
  CAST(coalesce("g7"."subscriber_count_document_id_missing", 0) AS BIGINT) AS "identity_missing",
  CAST(coalesce("g7"."subscriber_count_name_missing", 0) AS BIGINT) AS "name_missing",
  CAST("s"."agent_id" AS VARCHAR) AS "agent",
  CAST("s"."joined_on" AS DATE) AS "joined_on",
  CAST(coalesce(bit_count("g1"."usage_mask_d30"), 0) AS BIGINT) AS "active_days_30d",
  CAST(coalesce("g7"."service_contact_count_complaint_d180", 0) AS BIGINT) AS "price_complaints_180d",
  CAST(coalesce("g8"."daily_usage_sum_voice_out_s_d30", 0) AS BIGINT) AS "daily_voice_s_30d",
  CAST(coalesce("g8"."daily_usage_sum_data_kib_d30", 0) AS BIGINT) AS "daily_data_kib_30d",
  CAST((CAST((coalesce("g8"."daily_usage_sum_data_kib_d30", 0) - "g8"."daily_usage_sum_data_kib_d60_30") AS DOUBLE) / nullif("g8"."daily_usage_sum_data_kib_d60_30", 0)) AS DOUBLE) AS "daily_data_change_30d",
  CAST("g8"."daily_usage_again_max_data_kib_d30" AS BIGINT) AS "daily_data_peak_30d",
  CAST("g8"."daily_usage_again_max_voice_out_s_d30" AS BIGINT) AS "daily_voice_peak_30d",
  CAST(coalesce("g8"."daily_usage_sum_voice_count_d30", 0) AS BIGINT) AS "daily_calls_30d",
  CAST(coalesce("g8"."daily_usage_sum_voice_in_s_d30", 0) AS BIGINT) AS "daily_received_s_30d",
  CAST((CAST("g8"."daily_usage_sum_data_kib_d14" AS DOUBLE) / nullif("g8"."daily_usage_count_d14", 0)) AS DOUBLE) AS "daily_data_avg_14d",
  CAST(coalesce("g3"."usage_data_sum_volume_kib_d7", 0) AS BIGINT) AS "data_kib_7d",
  CAST(coalesce("g3"."usage_data_sum_volume_kib_d30", 0) AS BIGINT) AS "data_kib_30d",
  CAST(coalesce("g3"."usage_data_count_d30", 0) AS BIGINT) AS "data_sessions_30d",
  CAST(coalesce(bit_count("g3"."usage_data_mask_d30"), 0) AS BIGINT) AS "data_days_30d",
  CAST(coalesce(length(list_max(string_split(lpad(bin("g3"."usage_data_mask_d30" >> 0), CAST(30 - 0 AS INTEGER), '0'), '1'))), 30) AS BIGINT) AS "data_silent_days_30d",
  CAST((CAST("g3"."usage_data_sum_volume_kib_d30" AS DOUBLE) / nullif("g3"."usage_data_count_2_d30", 0)) AS DOUBLE) AS "data_session_avg_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_23_0_1_2_3_4_5_6_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "data_night_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_1_2_3_4_5_hour_9_hour_18_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "data_work_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_hour_18_hour_23_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "data_evening_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_6_7_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "data_weekend_share_30d",
  CAST(coalesce("g1"."usage_sum_volume_kib_video_d30", 0) AS BIGINT) AS "video_kib_30d",
  CAST(coalesce("g1"."usage_sum_volume_kib_game_d30", 0) AS BIGINT) AS "game_kib_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_video_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "video_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_social_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "social_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_shopping_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "shopping_share_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_news_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "news_share_30d",
  CAST("g8"."usage_app_class_most_data_d30" AS VARCHAR) AS "main_app_class_30d",
  CAST(coalesce("g8"."usage_app_class_distinct_d30", 0) AS BIGINT) AS "app_classes_30d",
  CAST(coalesce(bit_count("g1"."usage_mask_video_d30"), 0) AS BIGINT) AS "video_days_30d",
  CAST(coalesce(bit_count("g1"."usage_mask_game_d30"), 0) AS BIGINT) AS "game_days_30d",
  CAST(coalesce(bit_count("g1"."usage_mask_shopping_d30"), 0) AS BIGINT) AS "shopping_days_30d",
  CAST((CAST(coalesce("g3"."usage_data_sum_volume_kib_generation_5_d30", 0) AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_d30", 0)) AS DOUBLE) AS "data_5g_share_30d",
  CAST(coalesce("g3"."usage_data_count_generation_3_d30", 0) AS BIGINT) AS "data_old_network_sessions_30d",
  CAST(coalesce("g3"."usage_data_sum_volume_kib_domestic_abroad_d30", 0) AS BIGINT) AS "data_roaming_kib_30d",
  CAST(coalesce("g3"."usage_data_count_abroad_d30", 0) AS BIGINT) AS "data_abroad_sessions_30d",
  CAST(coalesce("g3"."usage_data_sum_fee_d30", 0) AS BIGINT) AS "data_fee_30d",
  CAST(coalesce(bit_count("g0"."usage_voice_mask_d30"), 0) AS BIGINT) AS "voice_days_30d",
  CAST("g3"."usage_data_last_day_d60" AS DATE) AS "last_data_on",
  CAST((CAST("g8"."usage_app_class_top_1_volume_kib_data_d30" AS DOUBLE) / nullif("g3"."usage_data_sum_volume_kib_2_d30", 0)) AS DOUBLE) AS "top_app_share_30d",
  CAST("device"."brand" AS VARCHAR) AS "device_brand",
  CAST("device"."generation" AS BIGINT) AS "device_generation",
  CAST("device"."since" AS DATE) AS "device_since",
  CAST("device"."model" AS VARCHAR) AS "device_model",
  CAST("device"."price" AS BIGINT) AS "device_price",
  CAST(coalesce("g9"."usage_imei_distinct_d60", 0) AS BIGINT) AS "devices_60d",
  CAST(coalesce("g9"."fault_count_repaired_on_missing", 0) AS BIGINT) AS "open_faults",
  CAST(coalesce("g9"."fault_count_reported_on_reported_on", 0) AS BIGINT) AS "faults_90d",
  CAST(coalesce("g9"."fault_count_reported_on_reported_on_2", 0) AS BIGINT) AS "faults_365d",
  CAST("g9"."fault_min_reported_on_repaired_on_missing" AS DATE) AS "oldest_open_fault_on",
  CAST(coalesce("g9"."fault_count_reported_on_reported_on_3", 0) AS BIGINT) AS "faults_30d",
  CAST(coalesce("g9"."fault_count_reported_on_reported_on_4", 0) AS BIGINT) AS "faults_180d",
  CAST(coalesce("g9"."fault_count_slow_reported_on_reported_on", 0) AS BIGINT) AS "slow_faults_365d",
  CAST(coalesce("g9"."fault_count_no_service_reported_on_reported_on", 0) AS BIGINT) AS "no_service_faults_365d",
  CAST(coalesce("g9"."fault_count_broadband_reported_on_reported_on", 0) AS BIGINT) AS "broadband_faults_365d",
  CAST(coalesce("g9"."fault_count_drops_reported_on_reported_on", 0) AS BIGINT) AS "drop_faults_365d",
  CAST("g9"."fault_max_reported_on" AS DATE) AS "last_fault_on",
  CAST("g9"."fault_max_repaired_on" AS DATE) AS "last_repair_on",
  CAST("g9"."fault_last_kind" AS VARCHAR) AS "last_fault_kind",
  CAST(coalesce("g7"."service_contact_count_complaint_2_d365", 0) AS BIGINT) AS "complaints_365d",
  CAST("g7"."service_contact_last_satisfied_d365" AS BOOLEAN) AS "last_satisfied",
  CAST(coalesce("g9"."installation_count_installed_on_missing_promised_on", 0) AS BIGINT) AS "installs_overdue",
  CAST(coalesce("g9"."installation_count_delayed_by_carrier_true_ordered_on_ordered_on", 0) AS BIGINT) AS "installs_delayed_365d",
  CAST(coalesce("g9"."installation_count_installed_on_missing", 0) AS BIGINT) AS "installs_open",
  CAST(coalesce("g9"."installation_count_ordered_on_ordered_on", 0) AS BIGINT) AS "installs_365d",
  CAST("g9"."installation_max_installed_on" AS DATE) AS "last_installed_on",
  CAST("g9"."installation_min_promised_on_installed_on_missing" AS DATE) AS "earliest_promise_on",
  CAST("g9"."installation_min_ordered_on_installed_on_missing" AS DATE) AS "oldest_install_on",
  CAST(coalesce("g9"."installation_count_installed_on_ordered_on_ordered_on", 0) AS BIGINT) AS "installs_late_365d",
  CAST("s"."status_since" AS DATE) AS "status_since",
  CAST("s"."payment" AS VARCHAR) AS "payment",
  CAST("s"."brand" AS VARCHAR) AS "brand",
  CAST("s"."grid_id" AS VARCHAR) AS "grid",
  CAST("s"."activated_on" AS DATE) AS "activated_on",
  CAST(CAST(last_day($as_of) - $as_of AS BIGINT) AS BIGINT) AS "days_to_month_end",
  CAST("g1"."usage_last_day_d60" AS DATE) AS "last_use_on",
  CAST(coalesce(length(list_max(string_split(lpad(bin("g1"."usage_mask_d30" >> 0), CAST(30 - 0 AS INTEGER), '0'), '1'))), 30) AS BIGINT) AS "silent_days_max_30d",
  CAST(coalesce("g7"."subscriber_count", 0) AS BIGINT) AS "forwarding_set",
  CAST(coalesce(bit_count("g1"."usage_mask_d7"), 0) AS BIGINT) AS "active_days_7d",
  CAST(coalesce(bit_count("g1"."usage_mask_d60_30"), 0) AS BIGINT) AS "active_days_prev_30d",
  CAST(coalesce((bit_count(xor(("g1"."usage_mask_d30" >> 0), ("g1"."usage_mask_d30" >> 0) + 1)) - 1), 0) AS BIGINT) AS "use_streak_days",
  CAST(coalesce(bit_count("g1"."usage_mask_out_d30"), 0) AS BIGINT) AS "outgoing_days_30d",
  CAST(coalesce(bit_count("g1"."usage_mask_in_d30"), 0) AS BIGINT) AS "received_only_days_30d",
  CAST((CAST(CAST("g1"."usage_last_day_d60" - "g2"."usage_again_first_day_d60" AS BIGINT) AS DOUBLE) / nullif(("g10"."usage_days_days_d60" - 1), 0)) AS DOUBLE) AS "usage_gap_60d",
  CAST(coalesce(bit_count("g1"."usage_mask_domestic_abroad_d30"), 0) AS BIGINT) AS "roaming_days_30d",
  CAST(coalesce("g10"."usage_cell_id_distinct_d30", 0) AS BIGINT) AS "cells_30d",
  CAST("g10"."usage_cell_id_most_d30" AS VARCHAR) AS "main_cell_30d",
  CAST(coalesce("g10"."usage_cell_id_distinct_d7", 0) AS BIGINT) AS "cells_7d",
  CAST(coalesce("g10"."usage_cell_id_distinct_d60_30", 0) AS BIGINT) AS "cells_prev_30d",
  CAST("g10"."usage_cell_id_most_d60_30" AS VARCHAR) AS "main_cell_prev_30d",
  CAST("g10"."usage_cell_id_most_21_22_23_0_1_2_3_4_5_6_d30" AS VARCHAR) AS "night_cell_30d",
  CAST("g10"."usage_cell_id_most_1_2_3_4_5_hour_9_hour_18_d30" AS VARCHAR) AS "work_cell_30d",
  CAST((CAST(coalesce("g1"."usage_count_domestic_abroad_d30", 0) AS DOUBLE) / nullif("g1"."usage_count_d30", 0)) AS DOUBLE) AS "roaming_event_share_30d",
  CAST(coalesce(bit_count("g1"."usage_mask_domestic_abroad_d7"), 0) AS BIGINT) AS "roaming_days_7d",
  CAST(coalesce((bit_count(xor(("g1"."usage_mask_domestic_abroad_d30" >> 0), ("g1"."usage_mask_domestic_abroad_d30" >> 0) + 1)) - 1), 0) AS BIGINT) AS "roaming_streak_days",
  CAST(coalesce(bit_count("g1"."usage_mask_abroad_d60"), 0) AS BIGINT) AS "abroad_days_60d",
  CAST("g1"."usage_last_day_domestic_abroad_d60" AS DATE) AS "last_roaming_on",
  CAST(coalesce("g10"."usage_cell_id_distinct_6_7_d30", 0) AS BIGINT) AS "weekend_cells_30d",
  CAST((CAST("g10"."usage_cell_id_top_1_d30" AS DOUBLE) / nullif("g1"."usage_count_2_d30", 0)) AS DOUBLE) AS "top_cell_share_30d",
  CAST(coalesce("g10"."usage_cell_id_new_values_d60", 0) AS BIGINT) AS "new_cells_30d",
  CAST(coalesce("g10"."usage_cell_id_lost_values_d60", 0) AS BIGINT) AS "lost_cells_30d",
  CAST(CAST(round((CAST("g10"."monthly_summary_sum_revenue_m3" AS DOUBLE) / nullif("g10"."monthly_summary_count_m3", 0))) AS BIGINT) AS BIGINT) AS "summary_revenue_3m",
  CAST("g10"."monthly_summary_last_active_days_m1" AS BIGINT) AS "summary_active_days",
  CAST("g10"."monthly_summary_slope_data_kib_m6" AS DOUBLE) AS "summary_data_slope_6m",
  CAST(coalesce("g10"."monthly_summary_sum_recharge_count_m3", 0) AS BIGINT) AS "summary_recharges_3m",
  CAST(coalesce("g10"."monthly_summary_sum_voice_off_net_min_m3", 0) AS DOUBLE) AS "summary_off_net_min_3m",
  CAST(coalesce("g10"."monthly_summary_sum_voice_on_net_min_m3", 0) AS DOUBLE) AS "summary_on_net_min_3m",
  CAST(coalesce("g10"."monthly_summary_sum_revenue_m3", 0) AS BIGINT) AS "summary_revenue_total_3m",
  CAST("g10"."monthly_summary_slope_revenue_m12" AS DOUBLE) AS "summary_revenue_slope_12m",
  CAST((CAST("g10"."monthly_summary_sum_revenue_m3" AS DOUBLE) / nullif("g10"."monthly_summary_sum_revenue_m15_12", 0)) AS DOUBLE) AS "summary_revenue_season",
  CAST((CAST("g10"."monthly_summary_sum_data_kib_m3" AS DOUBLE) / nullif("g10"."monthly_summary_count_2_m3", 0)) AS DOUBLE) AS "summary_data_avg_3m",
  CAST((CAST("g10"."monthly_summary_sum_data_kib_m3" AS DOUBLE) / nullif("g10"."monthly_summary_sum_data_kib_m15_12", 0)) AS DOUBLE) AS "summary_data_season",
  CAST("g10"."monthly_summary_slope_voice_off_net_min_m6" AS DOUBLE) AS "summary_off_net_slope_6m",
  CAST("g10"."monthly_summary_slope_voice_on_net_min_m6" AS DOUBLE) AS "summary_on_net_slope_6m",
  CAST((CAST("g10"."monthly_summary_sum_voice_on_net_min_m3" AS DOUBLE) / nullif("g10"."monthly_summary_sum_voice_on_net_min_m15_12", 0)) AS DOUBLE) AS "summary_on_net_season",
  CAST(coalesce("g10"."monthly_summary_sum_sms_count_m3", 0) AS BIGINT) AS "summary_sms_3m",
  CAST(coalesce("g10"."monthly_summary_sum_recharge_amount_m3", 0) AS BIGINT) AS "summary_recharge_amount_3m",
  CAST("g10"."monthly_summary_slope_recharge_amount_m6" AS DOUBLE) AS "summary_recharge_slope_6m",
  CAST(coalesce("g10"."monthly_summary_count_recharge_count_0_m6", 0) AS BIGINT) AS "summary_no_recharge_months_6m",
  CAST((CAST("g10"."monthly_summary_sum_active_days_m6" AS DOUBLE) / nullif("g10"."monthly_summary_count_3_m6", 0)) AS DOUBLE) AS "summary_active_avg_6m",
  CAST("g10"."monthly_summary_slope_active_days_m6" AS DOUBLE) AS "summary_active_slope_6m",
  CAST(coalesce("g10"."monthly_summary_count_active_days_10_m12", 0) AS BIGINT) AS "summary_quiet_months_12m",
  CAST(coalesce("g10"."monthly_summary_count_revenue_0_m12", 0) AS BIGINT) AS "summary_zero_months_12m",
  CAST("s"."plan_id" AS VARCHAR) AS "plan",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_d30", 0) AS BIGINT) AS "voice_s_30d",
  CAST(coalesce("g3"."recharge_sum_amount_d90", 0) AS BIGINT) AS "recharge_amount_90d",
  CAST("s_plan_id"."voice_min" AS BIGINT) AS "plan_voice_min",
  CAST("s_plan_id"."data_kib" AS BIGINT) AS "plan_data_kib",
  CAST("s_plan_id"."on_sale" AS BOOLEAN) AS "plan_on_sale",
  CAST(coalesce("g1"."subscription_count_ordered_on_ordered_on", 0) AS BIGINT) AS "plan_changes_180d",
  CAST("s_plan_id"."name" AS VARCHAR) AS "plan_name",
  CAST(coalesce("g1"."subscription_count_monthly_fee_ordered_on_ordered_on_2", 0) AS BIGINT) AS "upgrades_180d",
  CAST("g1"."subscription_max_ordered_on" AS DATE) AS "last_plan_change_on",
  CAST("g1"."subscription_last_previous_plan_id_monthly_fee" AS BIGINT) AS "previous_plan_fee",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_out_d30", 0) AS BIGINT) AS "voice_made_s_30d",
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_out_long_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_out_d30", 0)) AS DOUBLE) AS "long_distance_share_30d",
  CAST(coalesce("g3"."recharge_count_d7", 0) AS BIGINT) AS "recharge_count_7d",
  CAST(coalesce("g3"."recharge_count_d30", 0) AS BIGINT) AS "recharge_count_30d",
  CAST(coalesce("g3"."recharge_count_d90", 0) AS BIGINT) AS "recharge_count_90d",
  CAST(coalesce("g11"."recharge_2_count_d365", 0) AS BIGINT) AS "recharges_since_activation",
  CAST("g3"."recharge_last_day_d365" AS DATE) AS "last_recharge_on",
  CAST("g3"."recharge_last_amount_d365" AS BIGINT) AS "last_recharge_amount",
  CAST(CAST(round((CAST("g3"."recharge_sum_amount_d180" AS DOUBLE) / nullif("g3"."recharge_count_d180", 0))) AS BIGINT) AS BIGINT) AS "avg_recharge_180d",
  CAST("g3"."recharge_again_max_amount_d180" AS BIGINT) AS "max_recharge_180d",
  CAST((CAST(coalesce("g3"."recharge_sum_amount_agent_d180", 0) AS DOUBLE) / nullif("g3"."recharge_sum_amount_d180", 0)) AS DOUBLE) AS "agent_recharge_share_180d",
  CAST((CAST((coalesce("g3"."recharge_sum_amount_d90", 0) - "g3"."recharge_sum_amount_d180_90") AS DOUBLE) / nullif("g3"."recharge_sum_amount_d180_90", 0)) AS DOUBLE) AS "recharge_change_90d",
  CAST(coalesce("g3"."recharge_sum_amount_d365", 0) AS BIGINT) AS "recharge_amount_365d",
  CAST(coalesce("g3"."recharge_count_amount_3000_d180", 0) AS BIGINT) AS "small_recharges_180d",
  CAST(coalesce("g3"."recharge_count_amount_10000_d365", 0) AS BIGINT) AS "large_recharges_365d",
  CAST(coalesce("g3"."recharge_count_app_d180", 0) AS BIGINT) AS "recharges_app_180d",
  CAST(coalesce("g3"."recharge_count_bank_d180", 0) AS BIGINT) AS "recharges_bank_180d",
  CAST((CAST(coalesce("g3"."recharge_sum_amount_app_shop_bank_d180", 0) AS DOUBLE) / nullif("g3"."recharge_sum_amount_d180", 0)) AS DOUBLE) AS "own_channel_recharge_share_180d",
  CAST("g3"."recharge_last_way_d365" AS VARCHAR) AS "last_recharge_way",
  CAST("g11"."recharge_way_most_d180" AS VARCHAR) AS "main_recharge_way_180d",
  CAST(coalesce("g11"."recharge_way_distinct_d180", 0) AS BIGINT) AS "recharge_ways_180d",
  CAST(coalesce(bit_count("g3"."recharge_mask_d60"), 0) AS BIGINT) AS "recharge_days_60d",
  CAST((CAST(CAST("g3"."recharge_last_day_d180" - "g3"."recharge_again_first_day_d180" AS BIGINT) AS DOUBLE) / nullif(("g5"."recharge_days_days_d180" - 1), 0)) AS DOUBLE) AS "recharge_gap_180d",
  CAST((CAST(coalesce("g3"."recharge_count_6_7_d180", 0) AS DOUBLE) / nullif("g3"."recharge_count_d180", 0)) AS DOUBLE) AS "weekend_recharge_share_180d",
  CAST((CAST(coalesce("g3"."recharge_count_hour_18_d180", 0) AS DOUBLE) / nullif("g3"."recharge_count_d180", 0)) AS DOUBLE) AS "evening_recharge_share_180d",
  CAST(((CAST(coalesce("g3"."recharge_sum_amount_d30", 0) AS DOUBLE) / nullif("g3"."recharge_sum_amount_d120_30", 0)) * 3) AS DOUBLE) AS "recharge_pace_30d",
  CAST(CAST(round((CAST("g3"."recharge_sum_amount_d360_180" AS DOUBLE) / nullif("g3"."recharge_count_d360_180", 0))) AS BIGINT) AS BIGINT) AS "avg_recharge_prev_180d",
  CAST("g11"."score_elsewhere_last_score_d45" AS DOUBLE) AS "churn_score",
  CAST("g12"."score_elsewhere_again_last_score_d73_28" AS DOUBLE) AS "churn_score_28d_ago",
  CAST("g12"."score_elsewhere_again_max_score_d90" AS DOUBLE) AS "churn_score_max_90d",
  CAST((CAST("g11"."score_elsewhere_sum_score_d90" AS DOUBLE) / nullif("g11"."score_elsewhere_count_d90", 0)) AS DOUBLE) AS "churn_score_avg_90d",
  CAST(coalesce("g11"."score_elsewhere_count_score_0_5_d90", 0) AS BIGINT) AS "high_scores_90d",
  CAST(coalesce("g7"."service_contact_count_complaint_2_d30", 0) AS BIGINT) AS "complaints_30d",
  CAST(coalesce("g7"."service_contact_count_complaint_2_d90", 0) AS BIGINT) AS "complaints_90d",
  CAST(coalesce("g7"."service_contact_count_complaint_closed_on_missing_d90", 0) AS BIGINT) AS "open_complaints",
  CAST(coalesce("g7"."service_contact_count_leaving_d30", 0) AS BIGINT) AS "leaving_enquiries_30d",
  CAST(coalesce("g7"."service_contact_count_d30", 0) AS BIGINT) AS "service_contacts_30d",
  CAST(coalesce("g7"."service_contact_count_satisfied_false_d180", 0) AS BIGINT) AS "unsatisfied_180d",
  CAST(coalesce("g7"."service_contact_count_d7", 0) AS BIGINT) AS "service_contacts_7d",
  CAST(coalesce("g7"."service_contact_count_enquiry_d90", 0) AS BIGINT) AS "enquiries_90d",
  CAST(coalesce("g7"."service_contact_count_request_d90", 0) AS BIGINT) AS "requests_90d",
  CAST(coalesce("g7"."service_contact_count_leaving_d180", 0) AS BIGINT) AS "leaving_enquiries_180d",
  CAST("g7"."service_contact_last_day_complaint_d365" AS DATE) AS "last_complaint_on",
  CAST("g7"."service_contact_last_day_leaving_d365" AS DATE) AS "last_leaving_enquiry_on",
  CAST((CAST(coalesce("g7"."service_contact_count_complaint_2_d365", 0) AS DOUBLE) / nullif("g7"."service_contact_count_d365", 0)) AS DOUBLE) AS "complaint_share_365d",
  CAST(coalesce("g7"."service_contact_count_complaint_3_d180", 0) AS BIGINT) AS "network_complaints_180d",
  CAST(coalesce("g7"."service_contact_count_2_d180", 0) AS BIGINT) AS "bill_enquiries_180d",
  CAST(coalesce("g7"."service_contact_count_hotline_d90", 0) AS BIGINT) AS "hotline_contacts_90d",
  CAST(coalesce("g7"."service_contact_count_shop_d180", 0) AS BIGINT) AS "shop_contacts_180d",
  CAST(coalesce("g7"."service_contact_count_app_d90", 0) AS BIGINT) AS "app_contacts_90d",
  CAST("g12"."service_contact_channel_most_d365" AS VARCHAR) AS "main_service_channel_365d",
  CAST("g12"."service_contact_topic_most_d365" AS VARCHAR) AS "main_topic_365d",
  CAST((CAST(coalesce("g7"."service_contact_count_satisfied_true_d365", 0) AS DOUBLE) / nullif("g7"."service_contact_count_3_d365", 0)) AS DOUBLE) AS "satisfied_share_365d",
  CAST(coalesce("g7"."service_contact_count_complaint_4_d90", 0) AS BIGINT) AS "complaints_settled_90d",
  CAST(((CAST(coalesce("g7"."service_contact_count_d30", 0) AS DOUBLE) / nullif("g7"."service_contact_count_d120_30", 0)) * 3) AS DOUBLE) AS "service_pace_30d",
  CAST(coalesce("g13"."visit_count_reached_true_d180", 0) AS BIGINT) AS "visits_reached_180d",
  CAST(coalesce("g7"."service_contact_count_complaint_2_d180", 0) AS BIGINT) AS "complaints_180d",
  CAST("g7"."service_contact_again_first_day_complaint_closed_on_missing_d90" AS DATE) AS "oldest_open_complaint_on",
  CAST((CAST(CAST("g7"."service_contact_last_day_complaint_d365" - "g7"."service_contact_again_first_day_complaint_d365" AS BIGINT) AS DOUBLE) / nullif(("g13"."service_contact_days_complaint_days_d365" - 1), 0)) AS DOUBLE) AS "complaint_gap_365d",
  CAST(coalesce("g4"."usage_sms_count_out_d30", 0) AS BIGINT) AS "sms_sent_30d",
  CAST(coalesce("g4"."usage_sms_count_out_d7", 0) AS BIGINT) AS "sms_sent_7d",
  CAST(coalesce("g4"."usage_sms_count_in_d30", 0) AS BIGINT) AS "sms_received_30d",
  CAST(coalesce(bit_count("g4"."usage_sms_mask_out_d30"), 0) AS BIGINT) AS "sms_days_30d",
  CAST("g4"."usage_sms_last_day_out_d60" AS DATE) AS "last_sms_on",
  CAST((CAST(coalesce("g4"."usage_sms_count_out_rival_a_rival_b_d30", 0) AS DOUBLE) / nullif("g4"."usage_sms_count_out_d30", 0)) AS DOUBLE) AS "sms_rival_share_30d",
  CAST(coalesce("g1"."usage_counterparty_distinct_sms_d30", 0) AS BIGINT) AS "sms_partners_30d",
  CAST(coalesce("g4"."usage_sms_sum_fee_d30", 0) AS BIGINT) AS "sms_fee_30d",
  CAST(coalesce("g1"."subscription_sum_product_id_monthly_fee_cancelled_on_missing", 0) AS BIGINT) AS "product_fee_active",
  CAST(coalesce("g1"."subscription_count_value_added_cancelled_on_missing", 0) AS BIGINT) AS "value_added_active",
  CAST(coalesce("g1"."subscription_count_cancelled_on_cancelled_on", 0) AS BIGINT) AS "cancellations_90d",
  CAST(coalesce("g1"."subscription_count_data_pack_cancelled_on_missing", 0) AS BIGINT) AS "data_packs_active",
  CAST(coalesce("g1"."subscription_count_voice_pack_cancelled_on_missing", 0) AS BIGINT) AS "voice_packs_active",
  CAST("g1"."subscription_max_product_id_monthly_fee_cancelled_on_missing" AS BIGINT) AS "dearest_product_fee",
  CAST(coalesce("g1"."subscription_count_ordered_on_ordered_on_2", 0) AS BIGINT) AS "products_ordered_90d",
  CAST(coalesce("g1"."subscription_count_data_pack_ordered_on_ordered_on", 0) AS BIGINT) AS "data_packs_ordered_365d",
  CAST(coalesce("g1"."subscription_count", 0) AS BIGINT) AS "products_ever",
  CAST(coalesce("g1"."subscription_count_2", 0) AS BIGINT) AS "products_cancelled_ever",
  CAST(coalesce("g1"."subscription_count_cancelled_on_cancelled_on_2", 0) AS BIGINT) AS "cancellations_365d",
  CAST("g1"."subscription_max_ordered_on_2" AS DATE) AS "last_order_on",
  CAST("g1"."subscription_min_ordered_on_cancelled_on_missing" AS DATE) AS "oldest_product_on",
  CAST(coalesce("g13"."visit_count_d90", 0) AS BIGINT) AS "visits_90d",
  CAST("g13"."visit_last_day_reached_true_d365" AS DATE) AS "last_visit_on",
  CAST(coalesce("g13"."visit_count_d30", 0) AS BIGINT) AS "visits_30d",
  CAST(coalesce("g13"."visit_count_d365", 0) AS BIGINT) AS "visits_365d",
  CAST((CAST(coalesce("g13"."visit_count_reached_true_d365", 0) AS DOUBLE) / nullif("g13"."visit_count_d365", 0)) AS DOUBLE) AS "visit_reach_share_365d",
  CAST(coalesce("g13"."visit_count_door_d365", 0) AS BIGINT) AS "door_visits_365d",
  CAST(coalesce("g13"."visit_count_phone_d180", 0) AS BIGINT) AS "phone_visits_180d",
  CAST((CAST(CAST("g13"."visit_last_day_d365" - "g13"."visit_again_first_day_d365" AS BIGINT) AS DOUBLE) / nullif(("g14"."visit_days_days_d365" - 1), 0)) AS DOUBLE) AS "visit_gap_365d",
  CAST(coalesce("g0"."usage_voice_count_forwarded_true_d30", 0) AS BIGINT) AS "forwarded_calls_30d",
  CAST(coalesce("g0"."usage_voice_count_out_d7", 0) AS BIGINT) AS "calls_made_7d",
  CAST(coalesce("g0"."usage_voice_count_in_d30", 0) AS BIGINT) AS "calls_received_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_d7", 0) AS BIGINT) AS "voice_s_7d",
  CAST((CAST("g0"."usage_voice_sum_duration_s_d30" AS DOUBLE) / nullif("g0"."usage_voice_count_2_d30", 0)) AS DOUBLE) AS "call_length_avg_30d",
  CAST(coalesce("g0"."usage_voice_count_duration_s_600_d30", 0) AS BIGINT) AS "long_calls_30d",
  CAST((CAST(coalesce("g0"."usage_voice_count_out_duration_s_10_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_out_d30", 0)) AS DOUBLE) AS "short_call_share_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_out_own_d30", 0) AS BIGINT) AS "on_net_made_s_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_a_d30", 0) AS BIGINT) AS "rival_a_made_s_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_out_rival_b_d30", 0) AS BIGINT) AS "rival_b_made_s_30d",
  CAST(coalesce("g0"."usage_voice_count_out_fixed_d30", 0) AS BIGINT) AS "fixed_calls_30d",
  CAST(coalesce("g0"."usage_voice_count_foreign_d30", 0) AS BIGINT) AS "foreign_calls_30d",
  CAST(coalesce("g0"."usage_voice_count_out_service_d30", 0) AS BIGINT) AS "service_number_calls_30d",
  CAST(coalesce("g0"."usage_voice_count_out_rival_service_d30", 0) AS BIGINT) AS "rival_service_calls_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_rival_service_d30", 0) AS BIGINT) AS "rival_service_s_30d",
  CAST("g0"."usage_voice_last_day_out_rival_service_d60" AS DATE) AS "last_rival_service_on",
  CAST((CAST(coalesce("g0"."usage_voice_count_in_rival_a_rival_b_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_in_d30", 0)) AS DOUBLE) AS "calls_from_rivals_share_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_out_long_d30", 0) AS BIGINT) AS "long_distance_made_s_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_domestic_abroad_d30", 0) AS BIGINT) AS "roaming_voice_s_30d",
  CAST(coalesce("g0"."usage_voice_count_22_23_0_1_2_3_4_5_d30", 0) AS BIGINT) AS "night_calls_30d",
  CAST((CAST(coalesce("g0"."usage_voice_count_1_2_3_4_5_hour_9_hour_18_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_d30", 0)) AS DOUBLE) AS "work_hours_call_share_30d",
  CAST((CAST(coalesce("g0"."usage_voice_count_hour_18_hour_22_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_d30", 0)) AS DOUBLE) AS "evening_call_share_30d",
  CAST((CAST(coalesce("g0"."usage_voice_sum_duration_s_6_7_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_sum_duration_s_d30", 0)) AS DOUBLE) AS "weekend_call_share_30d",
  CAST(coalesce(length(list_max(string_split(lpad(bin("g0"."usage_voice_mask_out_d30" >> 0), CAST(30 - 0 AS INTEGER), '0'), '1'))), 30) AS BIGINT) AS "voice_silent_days_30d",
  CAST(coalesce("g0"."usage_voice_sum_fee_d30", 0) AS BIGINT) AS "voice_usage_fee_30d",
  CAST(coalesce("g0"."usage_voice_sum_duration_s_forwarded_true_d30", 0) AS BIGINT) AS "forwarded_s_30d",
  CAST((CAST(coalesce("g0"."usage_voice_count_in_forwarded_true_d7", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_in_d7", 0)) AS DOUBLE) AS "forwarded_share_7d",
  CAST((CAST(coalesce("g0"."usage_voice_count_generation_3_d30", 0) AS DOUBLE) / nullif("g0"."usage_voice_count_d30", 0)) AS DOUBLE) AS "old_network_call_share_30d",
  CAST("g0"."usage_voice_again_first_day_out_rival_service_d60" AS DATE) AS "first_rival_service_on",
  CAST(coalesce("g14"."warning_count_d90", 0) AS BIGINT) AS "warnings_90d",
  CAST(coalesce("g14"."warning_count_high_d90", 0) AS BIGINT) AS "high_warnings_90d",
  CAST("g14"."warning_last_level_d90" AS VARCHAR) AS "last_warning_level",
  CAST(coalesce("g14"."warning_count_d7", 0) AS BIGINT) AS "warnings_7d",
  CAST(coalesce("g14"."warning_count_d365", 0) AS BIGINT) AS "warnings_365d",
  CAST(coalesce("g14"."warning_count_medium_d90", 0) AS BIGINT) AS "medium_warnings_90d",
  CAST((CAST(coalesce("g14"."warning_count_high_d90", 0) AS DOUBLE) / nullif("g14"."warning_count_d90", 0)) AS DOUBLE) AS "high_warning_share_90d",
  CAST("g14"."warning_last_day_d365" AS DATE) AS "last_warning_on",
  CAST(coalesce((bit_count(xor(("g14"."warning_mask_d60" >> 0), ("g14"."warning_mask_d60" >> 0) + 1)) - 1), 0) AS BIGINT) AS "warning_streak_days",
  CAST(coalesce(bit_count("g14"."warning_mask_d60"), 0) AS BIGINT) AS "warning_days_60d",
  CAST((CAST((coalesce("g14"."warning_count_d30", 0) - "g14"."warning_count_d60_30") AS DOUBLE) / nullif("g14"."warning_count_d60_30", 0)) AS DOUBLE) AS "warnings_change_30d",
  CAST("g14"."warning_life_last_state_daily_d30" AS VARCHAR) AS "warning_state",
  CAST("g14"."warning_life_last_level_change_daily_d7" AS BIGINT) AS "warning_level_change",
  CAST("g14"."warning_life_last_opened_on_daily_d30" AS DATE) AS "warning_opened_on",
  CAST(coalesce("g14"."warning_life_count_opened_true_d180", 0) AS BIGINT) AS "warnings_opened_180d",
  CAST(coalesce("g14"."warning_life_count_escalated_true_d90", 0) AS BIGINT) AS "warning_escalations_90d",
  CAST("g14"."warning_life_last_day_escalated_true_d365" AS DATE) AS "last_escalation_on",
  CAST(coalesce("g14"."warning_life_count_reopened_true_d365", 0) AS BIGINT) AS "warnings_reopened_365d",
  CAST(coalesce("g14"."warning_life_count_closed_d365", 0) AS BIGINT) AS "warnings_closed_365d",
  CAST("g14"."warning_life_last_day_closed_d365" AS DATE) AS "last_warning_closed_on",
  CAST(coalesce("g14"."warning_life_count_daily_raised_d30", 0) AS BIGINT) AS "unworked_warning_days_30d",
  CAST(coalesce("g14"."warning_life_count_daily_worked_d30", 0) AS BIGINT) AS "worked_warning_days_30d",
  CAST(coalesce("g14"."warning_life_count_daily_eased_d30", 0) AS BIGINT) AS "eased_warning_days_30d",
  CAST("g14"."warning_life_last_level_weekly_anomaly_raised_worked_d7" AS VARCHAR) AS "weekly_anomaly_level",
  CAST("g14"."warning_life_last_state_weekly_anomaly_d7" AS VARCHAR) AS "weekly_anomaly_state",
  CAST(coalesce("g14"."warning_life_count_weekly_anomaly_raised_worked_d90", 0) AS BIGINT) AS "weekly_anomalies_90d",
  CAST(coalesce("g14"."warning_life_count_weekly_anomaly_high_raised_worked_d180", 0) AS BIGINT) AS "high_weekly_anomalies_180d"
FROM "subscribers" AS s
  LEFT JOIN "device" AS "device" ON "device"."sub" = "s".sub
  LEFT JOIN "plan" AS "s_plan_id" ON "s_plan_id"."plan_id" = "s"."plan_id"
  LEFT JOIN "customer" AS "s_customer_id" ON "s_customer_id"."customer_id" = "s"."customer_id"
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d7" AS "usage_voice_sum_duration_s_out_rival_a_rival_b_d7", "t_usage_voice"."sum_duration_s_out_d7" AS "usage_voice_sum_duration_s_out_d7", "t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d30" AS "usage_voice_sum_duration_s_out_rival_a_rival_b_d30", "t_usage_voice"."sum_duration_s_out_d30" AS "usage_voice_sum_duration_s_out_d30", "t_usage_voice"."sum_duration_s_d7" AS "usage_voice_sum_duration_s_d7", "t_usage_voice"."sum_duration_s_d35_7" AS "usage_voice_sum_duration_s_d35_7", "t_usage_voice"."count_out_rival_service_d7" AS "usage_voice_count_out_rival_service_d7", "t_usage_voice"."sum_duration_s_out_rival_a_rival_b_d60_30" AS "usage_voice_sum_duration_s_out_rival_a_rival_b_d60_30", "t_usage_voice"."sum_duration_s_out_d60_30" AS "usage_voice_sum_duration_s_out_d60_30", "t_usage_voice"."sum_duration_s_d30" AS "usage_voice_sum_duration_s_d30", "t_usage_voice"."sum_duration_s_d60_30" AS "usage_voice_sum_duration_s_d60_30", "t_usage_voice"."count_out_d30" AS "usage_voice_count_out_d30", "t_usage_voice"."count_out_d60_30" AS "usage_voice_count_out_d60_30", "t_usage_voice"."count_in_d30" AS "usage_voice_count_in_d30", "t_usage_voice"."count_in_d60_30" AS "usage_voice_count_in_d60_30", "t_usage_voice"."sum_duration_s_out_own_d30" AS "usage_voice_sum_duration_s_out_own_d30", "t_usage_voice"."sum_duration_s_out_own_d60_30" AS "usage_voice_sum_duration_s_out_own_d60_30", "t_usage_voice"."count_out_rival_a_rival_b_d7" AS "usage_voice_count_out_rival_a_rival_b_d7", "t_usage_voice"."count_out_rival_a_rival_b_d35_7" AS "usage_voice_count_out_rival_a_rival_b_d35_7", "t_usage_voice"."count_d30" AS "usage_voice_count_d30", "t_usage_voice"."sum_duration_s_2_d30" AS "usage_voice_sum_duration_s_2_d30", "t_usage_voice"."count_out_2_d30" AS "usage_voice_count_out_2_d30", "t_usage_voice"."sum_duration_s_2_d60" AS "usage_voice_sum_duration_s_2_d60", "t_usage_voice"."mask_d30" AS "usage_voice_mask_d30", "t_usage_voice"."sum_duration_s_out_long_d30" AS "usage_voice_sum_duration_s_out_long_d30", "t_usage_voice"."count_forwarded_true_d30" AS "usage_voice_count_forwarded_true_d30", "t_usage_voice"."count_out_d7" AS "usage_voice_count_out_d7", "t_usage_voice"."count_2_d30" AS "usage_voice_count_2_d30", "t_usage_voice"."count_duration_s_600_d30" AS "usage_voice_count_duration_s_600_d30", "t_usage_voice"."count_out_duration_s_10_d30" AS "usage_voice_count_out_duration_s_10_d30", "t_usage_voice"."sum_duration_s_out_rival_a_d30" AS "usage_voice_sum_duration_s_out_rival_a_d30", "t_usage_voice"."sum_duration_s_out_rival_b_d30" AS "usage_voice_sum_duration_s_out_rival_b_d30", "t_usage_voice"."count_out_fixed_d30" AS "usage_voice_count_out_fixed_d30", "t_usage_voice"."count_foreign_d30" AS "usage_voice_count_foreign_d30", "t_usage_voice"."count_out_service_d30" AS "usage_voice_count_out_service_d30", "t_usage_voice"."count_out_rival_service_d30" AS "usage_voice_count_out_rival_service_d30", "t_usage_voice"."sum_duration_s_rival_service_d30" AS "usage_voice_sum_duration_s_rival_service_d30", "t_usage_voice"."last_day_out_rival_service_d60" AS "usage_voice_last_day_out_rival_service_d60", "t_usage_voice"."count_in_rival_a_rival_b_d30" AS "usage_voice_count_in_rival_a_rival_b_d30", "t_usage_voice"."sum_duration_s_domestic_abroad_d30" AS "usage_voice_sum_duration_s_domestic_abroad_d30", "t_usage_voice"."count_22_23_0_1_2_3_4_5_d30" AS "usage_voice_count_22_23_0_1_2_3_4_5_d30", "t_usage_voice"."count_1_2_3_4_5_hour_9_hour_18_d30" AS "usage_voice_count_1_2_3_4_5_hour_9_hour_18_d30", "t_usage_voice"."count_hour_18_hour_22_d30" AS "usage_voice_count_hour_18_hour_22_d30", "t_usage_voice"."sum_duration_s_6_7_d30" AS "usage_voice_sum_duration_s_6_7_d30", "t_usage_voice"."mask_out_d30" AS "usage_voice_mask_out_d30", "t_usage_voice"."sum_fee_d30" AS "usage_voice_sum_fee_d30", "t_usage_voice"."sum_duration_s_forwarded_true_d30" AS "usage_voice_sum_duration_s_forwarded_true_d30", "t_usage_voice"."count_in_forwarded_true_d7" AS "usage_voice_count_in_forwarded_true_d7", "t_usage_voice"."count_in_d7" AS "usage_voice_count_in_d7", "t_usage_voice"."count_generation_3_d30" AS "usage_voice_count_generation_3_d30", "t_usage_voice_again"."first_day_out_rival_service_d60" AS "usage_voice_again_first_day_out_rival_service_d60", "t_bill"."sum_total_m3" AS "bill_sum_total_m3", "t_bill"."count_m3" AS "bill_count_m3", "t_bill"."sum_total_m6_3" AS "bill_sum_total_m6_3", "t_bill"."count_m6_3" AS "bill_count_m6_3", "t_bill"."last_total_m1" AS "bill_last_total_m1", "t_bill"."sum_total_m1" AS "bill_sum_total_m1", "t_bill"."sum_total_m2_1" AS "bill_sum_total_m2_1", "t_bill"."slope_total_m6" AS "bill_slope_total_m6", "t_bill"."sum_paid_m6" AS "bill_sum_paid_m6", "t_bill"."sum_total_m6" AS "bill_sum_total_m6", "t_bill"."count_m6" AS "bill_count_m6", "t_bill"."last_total_m2_1" AS "bill_last_total_m2_1", "t_bill"."max_total_m12" AS "bill_max_total_m12", "t_bill"."min_total_m12" AS "bill_min_total_m12", "t_bill"."count_m12" AS "bill_count_m12", "t_bill"."count_total_12000_m12" AS "bill_count_total_12000_m12", "t_bill"."count_total_1000_m6" AS "bill_count_total_1000_m6", "t_bill"."count_paid_m6" AS "bill_count_paid_m6", "t_bill"."squares_total_m12" AS "bill_squares_total_m12", "t_bill"."sum_total_m12" AS "bill_sum_total_m12", "t_bill"."sum_data_fee_m3" AS "bill_sum_data_fee_m3", "t_bill"."sum_value_added_fee_m3" AS "bill_sum_value_added_fee_m3", "t_bill"."sum_plan_fee_m3" AS "bill_sum_plan_fee_m3", "t_bill"."sum_voice_fee_m3" AS "bill_sum_voice_fee_m3", "t_bill"."sum_sms_fee_m3" AS "bill_sum_sms_fee_m3", "t_bill"."sum_roaming_fee_m3" AS "bill_sum_roaming_fee_m3", "t_bill"."count_roaming_fee_0_m12" AS "bill_count_roaming_fee_0_m12", "t_bill"."sum_late_fee_m6" AS "bill_sum_late_fee_m6", "t_bill"."count_late_fee_0_m12" AS "bill_count_late_fee_0_m12", "t_bill"."sum_discount_m3" AS "bill_sum_discount_m3"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_voice" AS "t_usage_voice" ON "t_usage_voice".sub = k.sub
    LEFT JOIN "t_usage_voice_again" AS "t_usage_voice_again" ON "t_usage_voice_again".sub = k.sub
    LEFT JOIN "t_bill" AS "t_bill" ON "t_bill".sub = k.sub
  ) AS "g0" ON "g0".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_subscription"."count_monthly_fee_ordered_on_ordered_on" AS "subscription_count_monthly_fee_ordered_on_ordered_on", "t_subscription"."count_cancelled_on_missing" AS "subscription_count_cancelled_on_missing", "t_subscription"."count_ordered_on_ordered_on" AS "subscription_count_ordered_on_ordered_on", "t_subscription"."count_monthly_fee_ordered_on_ordered_on_2" AS "subscription_count_monthly_fee_ordered_on_ordered_on_2", "t_subscription"."max_ordered_on" AS "subscription_max_ordered_on", "t_subscription"."last_previous_plan_id_monthly_fee" AS "subscription_last_previous_plan_id_monthly_fee", "t_subscription"."sum_product_id_monthly_fee_cancelled_on_missing" AS "subscription_sum_product_id_monthly_fee_cancelled_on_missing", "t_subscription"."count_value_added_cancelled_on_missing" AS "subscription_count_value_added_cancelled_on_missing", "t_subscription"."count_cancelled_on_cancelled_on" AS "subscription_count_cancelled_on_cancelled_on", "t_subscription"."count_data_pack_cancelled_on_missing" AS "subscription_count_data_pack_cancelled_on_missing", "t_subscription"."count_voice_pack_cancelled_on_missing" AS "subscription_count_voice_pack_cancelled_on_missing", "t_subscription"."max_product_id_monthly_fee_cancelled_on_missing" AS "subscription_max_product_id_monthly_fee_cancelled_on_missing", "t_subscription"."count_ordered_on_ordered_on_2" AS "subscription_count_ordered_on_ordered_on_2", "t_subscription"."count_data_pack_ordered_on_ordered_on" AS "subscription_count_data_pack_ordered_on_ordered_on", "t_subscription"."count" AS "subscription_count", "t_subscription"."count_2" AS "subscription_count_2", "t_subscription"."count_cancelled_on_cancelled_on_2" AS "subscription_count_cancelled_on_cancelled_on_2", "t_subscription"."max_ordered_on_2" AS "subscription_max_ordered_on_2", "t_subscription"."min_ordered_on_cancelled_on_missing" AS "subscription_min_ordered_on_cancelled_on_missing", "t_usage_counterparty"."distinct_voice_sms_own_rival_a_rival_b_fixed_d30" AS "usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d30", "t_usage_counterparty"."distinct_voice_sms_own_rival_a_rival_b_fixed_d60_30" AS "usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d60_30", "t_usage_counterparty"."distinct_voice_sms_own_rival_a_rival_b_fixed_d7" AS "usage_counterparty_distinct_voice_sms_own_rival_a_rival_b_fixed_d7", "t_usage_counterparty"."distinct_voice_sms_own_d30" AS "usage_counterparty_distinct_voice_sms_own_d30", "t_usage_counterparty"."distinct_voice_sms_rival_a_rival_b_d30" AS "usage_counterparty_distinct_voice_sms_rival_a_rival_b_d30", "t_usage_counterparty"."distinct_voice_out_d30" AS "usage_counterparty_distinct_voice_out_d30", "t_usage_counterparty"."distinct_voice_in_d30" AS "usage_counterparty_distinct_voice_in_d30", "t_usage_counterparty"."distinct_voice_long_d30" AS "usage_counterparty_distinct_voice_long_d30", "t_usage_counterparty"."top_3_duration_s_voice_d30" AS "usage_counterparty_top_3_duration_s_voice_d30", "t_usage_counterparty"."top_1_voice_out_d30" AS "usage_counterparty_top_1_voice_out_d30", "t_usage_counterparty"."value_squares_duration_s_voice_d60" AS "usage_counterparty_value_squares_duration_s_voice_d60", "t_usage_counterparty"."new_values_voice_sms_own_rival_a_rival_b_fixed_d60" AS "usage_counterparty_new_values_voice_sms_own_rival_a_rival_b_fixed_d60", "t_usage_counterparty"."lost_values_voice_sms_own_rival_a_rival_b_fixed_d60" AS "usage_counterparty_lost_values_voice_sms_own_rival_a_rival_b_fixed_d60", "t_usage_counterparty"."new_values_voice_rival_a_rival_b_d60" AS "usage_counterparty_new_values_voice_rival_a_rival_b_d60", "t_usage_counterparty"."lost_values_voice_own_d60" AS "usage_counterparty_lost_values_voice_own_d60", "t_usage_counterparty"."distinct_sms_d30" AS "usage_counterparty_distinct_sms_d30", "t_usage"."mask_d30" AS "usage_mask_d30", "t_usage"."sum_volume_kib_video_d30" AS "usage_sum_volume_kib_video_d30", "t_usage"."sum_volume_kib_video_d60_30" AS "usage_sum_volume_kib_video_d60_30", "t_usage"."sum_fee_d30" AS "usage_sum_fee_d30", "t_usage"."sum_fee_d60_30" AS "usage_sum_fee_d60_30", "t_usage"."count_d7" AS "usage_count_d7", "t_usage"."count_d35_7" AS "usage_count_d35_7", "t_usage"."sum_fee_d7" AS "usage_sum_fee_d7", "t_usage"."count_fee_0_d30" AS "usage_count_fee_0_d30", "t_usage"."sum_volume_kib_game_d30" AS "usage_sum_volume_kib_game_d30", "t_usage"."mask_video_d30" AS "usage_mask_video_d30", "t_usage"."mask_game_d30" AS "usage_mask_game_d30", "t_usage"."mask_shopping_d30" AS "usage_mask_shopping_d30", "t_usage"."last_day_d60" AS "usage_last_day_d60", "t_usage"."mask_d7" AS "usage_mask_d7", "t_usage"."mask_d60_30" AS "usage_mask_d60_30", "t_usage"."mask_out_d30" AS "usage_mask_out_d30", "t_usage"."mask_in_d30" AS "usage_mask_in_d30", "t_usage"."mask_domestic_abroad_d30" AS "usage_mask_domestic_abroad_d30", "t_usage"."count_domestic_abroad_d30" AS "usage_count_domestic_abroad_d30", "t_usage"."count_d30" AS "usage_count_d30", "t_usage"."mask_domestic_abroad_d7" AS "usage_mask_domestic_abroad_d7", "t_usage"."mask_abroad_d60" AS "usage_mask_abroad_d60", "t_usage"."last_day_domestic_abroad_d60" AS "usage_last_day_domestic_abroad_d60", "t_usage"."count_2_d30" AS "usage_count_2_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_subscription" AS "t_subscription" ON "t_subscription".sub = k.sub
    LEFT JOIN "t_usage_counterparty" AS "t_usage_counterparty" ON "t_usage_counterparty".sub = k.sub
    LEFT JOIN "t_usage" AS "t_usage" ON "t_usage".sub = k.sub
  ) AS "g1" ON "g1".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_again"."max_fee_fee_0_d30" AS "usage_again_max_fee_fee_0_d30", "t_usage_again"."first_day_d60" AS "usage_again_first_day_d60", "t_balance"."last_balance_d7" AS "balance_last_balance_d7", "t_balance"."count_balance_1000_d30" AS "balance_count_balance_1000_d30", "t_balance"."sum_balance_d30" AS "balance_sum_balance_d30", "t_balance"."count_d30" AS "balance_count_d30", "t_balance"."count_balance_0_d30" AS "balance_count_balance_0_d30", "t_balance"."mask_balance_0_d60" AS "balance_mask_balance_0_d60", "t_balance"."mask_balance_1000_d30" AS "balance_mask_balance_1000_d30", "t_balance"."last_day_balance_0_d90" AS "balance_last_day_balance_0_d90", "t_balance_again"."min_balance_d30" AS "balance_again_min_balance_d30", "t_balance_again"."last_balance_d31_30" AS "balance_again_last_balance_d31_30", "t_balance_again"."max_balance_d30" AS "balance_again_max_balance_d30", "t_balance_again"."last_balance_d8_7" AS "balance_again_last_balance_d8_7"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_again" AS "t_usage_again" ON "t_usage_again".sub = k.sub
    LEFT JOIN "t_balance" AS "t_balance" ON "t_balance".sub = k.sub
    LEFT JOIN "t_balance_again" AS "t_balance_again" ON "t_balance_again".sub = k.sub
  ) AS "g2" ON "g2".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_recharge"."sum_amount_d30" AS "recharge_sum_amount_d30", "t_recharge"."sum_amount_d90" AS "recharge_sum_amount_d90", "t_recharge"."count_d7" AS "recharge_count_d7", "t_recharge"."count_d30" AS "recharge_count_d30", "t_recharge"."count_d90" AS "recharge_count_d90", "t_recharge"."last_day_d365" AS "recharge_last_day_d365", "t_recharge"."last_amount_d365" AS "recharge_last_amount_d365", "t_recharge"."sum_amount_d180" AS "recharge_sum_amount_d180", "t_recharge"."count_d180" AS "recharge_count_d180", "t_recharge"."sum_amount_agent_d180" AS "recharge_sum_amount_agent_d180", "t_recharge"."sum_amount_d180_90" AS "recharge_sum_amount_d180_90", "t_recharge"."sum_amount_d365" AS "recharge_sum_amount_d365", "t_recharge"."count_amount_3000_d180" AS "recharge_count_amount_3000_d180", "t_recharge"."count_amount_10000_d365" AS "recharge_count_amount_10000_d365", "t_recharge"."count_app_d180" AS "recharge_count_app_d180", "t_recharge"."count_bank_d180" AS "recharge_count_bank_d180", "t_recharge"."sum_amount_app_shop_bank_d180" AS "recharge_sum_amount_app_shop_bank_d180", "t_recharge"."last_way_d365" AS "recharge_last_way_d365", "t_recharge"."mask_d60" AS "recharge_mask_d60", "t_recharge"."last_day_d180" AS "recharge_last_day_d180", "t_recharge"."count_6_7_d180" AS "recharge_count_6_7_d180", "t_recharge"."count_hour_18_d180" AS "recharge_count_hour_18_d180", "t_recharge"."sum_amount_d120_30" AS "recharge_sum_amount_d120_30", "t_recharge"."sum_amount_d360_180" AS "recharge_sum_amount_d360_180", "t_recharge"."count_d360_180" AS "recharge_count_d360_180", "t_recharge_again"."max_amount_d180" AS "recharge_again_max_amount_d180", "t_recharge_again"."first_day_d180" AS "recharge_again_first_day_d180", "t_usage_data"."sum_volume_kib_d30" AS "usage_data_sum_volume_kib_d30", "t_usage_data"."sum_volume_kib_d60_30" AS "usage_data_sum_volume_kib_d60_30", "t_usage_data"."count_d30" AS "usage_data_count_d30", "t_usage_data"."count_d60_30" AS "usage_data_count_d60_30", "t_usage_data"."sum_volume_kib_d7" AS "usage_data_sum_volume_kib_d7", "t_usage_data"."sum_volume_kib_d35_7" AS "usage_data_sum_volume_kib_d35_7", "t_usage_data"."mask_d30" AS "usage_data_mask_d30", "t_usage_data"."count_2_d30" AS "usage_data_count_2_d30", "t_usage_data"."sum_volume_kib_23_0_1_2_3_4_5_6_d30" AS "usage_data_sum_volume_kib_23_0_1_2_3_4_5_6_d30", "t_usage_data"."sum_volume_kib_1_2_3_4_5_hour_9_hour_18_d30" AS "usage_data_sum_volume_kib_1_2_3_4_5_hour_9_hour_18_d30", "t_usage_data"."sum_volume_kib_hour_18_hour_23_d30" AS "usage_data_sum_volume_kib_hour_18_hour_23_d30", "t_usage_data"."sum_volume_kib_6_7_d30" AS "usage_data_sum_volume_kib_6_7_d30", "t_usage_data"."sum_volume_kib_video_d30" AS "usage_data_sum_volume_kib_video_d30", "t_usage_data"."sum_volume_kib_social_d30" AS "usage_data_sum_volume_kib_social_d30", "t_usage_data"."sum_volume_kib_shopping_d30" AS "usage_data_sum_volume_kib_shopping_d30", "t_usage_data"."sum_volume_kib_news_d30" AS "usage_data_sum_volume_kib_news_d30", "t_usage_data"."sum_volume_kib_generation_5_d30" AS "usage_data_sum_volume_kib_generation_5_d30", "t_usage_data"."count_generation_3_d30" AS "usage_data_count_generation_3_d30", "t_usage_data"."sum_volume_kib_domestic_abroad_d30" AS "usage_data_sum_volume_kib_domestic_abroad_d30", "t_usage_data"."count_abroad_d30" AS "usage_data_count_abroad_d30", "t_usage_data"."sum_fee_d30" AS "usage_data_sum_fee_d30", "t_usage_data"."last_day_d60" AS "usage_data_last_day_d60", "t_usage_data"."sum_volume_kib_2_d30" AS "usage_data_sum_volume_kib_2_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_recharge" AS "t_recharge" ON "t_recharge".sub = k.sub
    LEFT JOIN "t_recharge_again" AS "t_recharge_again" ON "t_recharge_again".sub = k.sub
    LEFT JOIN "t_usage_data" AS "t_usage_data" ON "t_usage_data".sub = k.sub
  ) AS "g3" ON "g3".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_sms"."count_out_d30" AS "usage_sms_count_out_d30", "t_usage_sms"."count_out_d60_30" AS "usage_sms_count_out_d60_30", "t_usage_sms"."count_out_d7" AS "usage_sms_count_out_d7", "t_usage_sms"."count_in_d30" AS "usage_sms_count_in_d30", "t_usage_sms"."mask_out_d30" AS "usage_sms_mask_out_d30", "t_usage_sms"."last_day_out_d60" AS "usage_sms_last_day_out_d60", "t_usage_sms"."count_out_rival_a_rival_b_d30" AS "usage_sms_count_out_rival_a_rival_b_d30", "t_usage_sms"."sum_fee_d30" AS "usage_sms_sum_fee_d30", "t_usage_days_voice"."squares_duration_s_d30" AS "usage_days_voice_squares_duration_s_d30", "t_usage_days_voice"."squares_d30" AS "usage_days_voice_squares_d30", "t_usage_days_voice"."days_over_600_duration_s_d30" AS "usage_days_voice_days_over_600_duration_s_d30", "t_usage_days_voice"."days_over_8_d30" AS "usage_days_voice_days_over_8_d30", "t_usage_days_voice_again"."peak_duration_s_d30" AS "usage_days_voice_again_peak_duration_s_d30", "t_usage_days_voice_again"."peak_d30" AS "usage_days_voice_again_peak_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_sms" AS "t_usage_sms" ON "t_usage_sms".sub = k.sub
    LEFT JOIN "t_usage_days_voice" AS "t_usage_days_voice" ON "t_usage_days_voice".sub = k.sub
    LEFT JOIN "t_usage_days_voice_again" AS "t_usage_days_voice_again" ON "t_usage_days_voice_again".sub = k.sub
  ) AS "g4" ON "g4".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_days_data"."squares_volume_kib_d30" AS "usage_days_data_squares_volume_kib_d30", "t_usage_days_data"."days_over_307200_volume_kib_d30" AS "usage_days_data_days_over_307200_volume_kib_d30", "t_usage_days_data_again"."peak_volume_kib_d30" AS "usage_days_data_again_peak_volume_kib_d30", "t_recharge_days"."squares_amount_d90" AS "recharge_days_squares_amount_d90", "t_recharge_days"."days_d180" AS "recharge_days_days_d180"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_days_data" AS "t_usage_days_data" ON "t_usage_days_data".sub = k.sub
    LEFT JOIN "t_usage_days_data_again" AS "t_usage_days_data_again" ON "t_usage_days_data_again".sub = k.sub
    LEFT JOIN "t_recharge_days" AS "t_recharge_days" ON "t_recharge_days".sub = k.sub
  ) AS "g5" ON "g5".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_contact"."count_d7" AS "contact_count_d7", "t_contact"."count_d30" AS "contact_count_d30", "t_contact"."count_reached_true_d90" AS "contact_count_reached_true_d90", "t_contact"."last_day_d90" AS "contact_last_day_d90", "t_contact"."count_d90" AS "contact_count_d90", "t_contact"."count_reached_true_2_d90" AS "contact_count_reached_true_2_d90", "t_contact"."count_2_d90" AS "contact_count_2_d90", "t_contact"."count_reached_false_d30" AS "contact_count_reached_false_d30", "t_contact"."count_sms_d30" AS "contact_count_sms_d30", "t_contact"."count_call_d30" AS "contact_count_call_d30", "t_contact"."last_channel_d90" AS "contact_last_channel_d90", "t_contact"."last_outcome_d90" AS "contact_last_outcome_d90", "t_contact"."mask_d60" AS "contact_mask_d60", "t_contact_channel"."most_d90" AS "contact_channel_most_d90", "t_contract"."max_ends_on_starts_on_ends_on_ended_early_on_missing" AS "contract_max_ends_on_starts_on_ends_on_ended_early_on_missing", "t_contract"."max_floor_fee_starts_on_ends_on_ended_early_on_missing" AS "contract_max_floor_fee_starts_on_ends_on_ended_early_on_missing", "t_contract"."count_ended_early_on_ended_early_on" AS "contract_count_ended_early_on_ended_early_on", "t_contract"."count_starts_on_ends_on_ended_early_on_missing" AS "contract_count_starts_on_ends_on_ended_early_on_missing", "t_contract"."count_handset_starts_on_ends_on_ended_early_on_missing" AS "contract_count_handset_starts_on_ends_on_ended_early_on_missing", "t_contract"."count_prepaid_return_starts_on_ends_on_ended_early_on_missin" AS "contract_count_prepaid_return_starts_on_ends_on_ended_early_on_missin", "t_contract"."count_broadband_starts_on_ends_on_ended_early_on_missing" AS "contract_count_broadband_starts_on_ends_on_ended_early_on_missing", "t_contract"."last_kind_starts_on_ends_on_ended_early_on_missing" AS "contract_last_kind_starts_on_ends_on_ended_early_on_missing", "t_contract"."max_starts_on_starts_on_ends_on_ended_early_on_missing" AS "contract_max_starts_on_starts_on_ends_on_ended_early_on_missing", "t_contract"."max_ends_on_ends_on" AS "contract_max_ends_on_ends_on"
  FROM "subscribers" AS k
    LEFT JOIN "t_contact" AS "t_contact" ON "t_contact".sub = k.sub
    LEFT JOIN "t_contact_channel" AS "t_contact_channel" ON "t_contact_channel".sub = k.sub
    LEFT JOIN "t_contract" AS "t_contract" ON "t_contract".sub = k.sub
  ) AS "g6" ON "g6".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_subscriber"."count_document_id_missing" AS "subscriber_count_document_id_missing", "t_subscriber"."count_name_missing" AS "subscriber_count_name_missing", "t_subscriber"."count" AS "subscriber_count", "t_service_contact"."count_complaint_d180" AS "service_contact_count_complaint_d180", "t_service_contact"."count_complaint_2_d365" AS "service_contact_count_complaint_2_d365", "t_service_contact"."last_satisfied_d365" AS "service_contact_last_satisfied_d365", "t_service_contact"."count_complaint_2_d30" AS "service_contact_count_complaint_2_d30", "t_service_contact"."count_complaint_2_d90" AS "service_contact_count_complaint_2_d90", "t_service_contact"."count_complaint_closed_on_missing_d90" AS "service_contact_count_complaint_closed_on_missing_d90", "t_service_contact"."count_leaving_d30" AS "service_contact_count_leaving_d30", "t_service_contact"."count_d30" AS "service_contact_count_d30", "t_service_contact"."count_satisfied_false_d180" AS "service_contact_count_satisfied_false_d180", "t_service_contact"."count_d7" AS "service_contact_count_d7", "t_service_contact"."count_enquiry_d90" AS "service_contact_count_enquiry_d90", "t_service_contact"."count_request_d90" AS "service_contact_count_request_d90", "t_service_contact"."count_leaving_d180" AS "service_contact_count_leaving_d180", "t_service_contact"."last_day_complaint_d365" AS "service_contact_last_day_complaint_d365", "t_service_contact"."last_day_leaving_d365" AS "service_contact_last_day_leaving_d365", "t_service_contact"."count_d365" AS "service_contact_count_d365", "t_service_contact"."count_complaint_3_d180" AS "service_contact_count_complaint_3_d180", "t_service_contact"."count_2_d180" AS "service_contact_count_2_d180", "t_service_contact"."count_hotline_d90" AS "service_contact_count_hotline_d90", "t_service_contact"."count_shop_d180" AS "service_contact_count_shop_d180", "t_service_contact"."count_app_d90" AS "service_contact_count_app_d90", "t_service_contact"."count_satisfied_true_d365" AS "service_contact_count_satisfied_true_d365", "t_service_contact"."count_3_d365" AS "service_contact_count_3_d365", "t_service_contact"."count_complaint_4_d90" AS "service_contact_count_complaint_4_d90", "t_service_contact"."count_d120_30" AS "service_contact_count_d120_30", "t_service_contact"."count_complaint_2_d180" AS "service_contact_count_complaint_2_d180", "t_service_contact_again"."first_day_complaint_closed_on_missing_d90" AS "service_contact_again_first_day_complaint_closed_on_missing_d90", "t_service_contact_again"."first_day_complaint_d365" AS "service_contact_again_first_day_complaint_d365"
  FROM "subscribers" AS k
    LEFT JOIN "t_subscriber" AS "t_subscriber" ON "t_subscriber".sub = k.sub
    LEFT JOIN "t_service_contact" AS "t_service_contact" ON "t_service_contact".sub = k.sub
    LEFT JOIN "t_service_contact_again" AS "t_service_contact_again" ON "t_service_contact_again".sub = k.sub
  ) AS "g7" ON "g7".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_daily_usage"."sum_voice_out_s_d30" AS "daily_usage_sum_voice_out_s_d30", "t_daily_usage"."sum_data_kib_d30" AS "daily_usage_sum_data_kib_d30", "t_daily_usage"."sum_data_kib_d60_30" AS "daily_usage_sum_data_kib_d60_30", "t_daily_usage"."sum_voice_count_d30" AS "daily_usage_sum_voice_count_d30", "t_daily_usage"."sum_voice_in_s_d30" AS "daily_usage_sum_voice_in_s_d30", "t_daily_usage"."sum_data_kib_d14" AS "daily_usage_sum_data_kib_d14", "t_daily_usage"."count_d14" AS "daily_usage_count_d14", "t_daily_usage_again"."max_data_kib_d30" AS "daily_usage_again_max_data_kib_d30", "t_daily_usage_again"."max_voice_out_s_d30" AS "daily_usage_again_max_voice_out_s_d30", "t_usage_app_class"."most_data_d30" AS "usage_app_class_most_data_d30", "t_usage_app_class"."distinct_d30" AS "usage_app_class_distinct_d30", "t_usage_app_class"."top_1_volume_kib_data_d30" AS "usage_app_class_top_1_volume_kib_data_d30"
  FROM "subscribers" AS k
    LEFT JOIN "t_daily_usage" AS "t_daily_usage" ON "t_daily_usage".sub = k.sub
    LEFT JOIN "t_daily_usage_again" AS "t_daily_usage_again" ON "t_daily_usage_again".sub = k.sub
    LEFT JOIN "t_usage_app_class" AS "t_usage_app_class" ON "t_usage_app_class".sub = k.sub
  ) AS "g8" ON "g8".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_imei"."distinct_d60" AS "usage_imei_distinct_d60", "t_fault"."count_repaired_on_missing" AS "fault_count_repaired_on_missing", "t_fault"."count_reported_on_reported_on" AS "fault_count_reported_on_reported_on", "t_fault"."count_reported_on_reported_on_2" AS "fault_count_reported_on_reported_on_2", "t_fault"."min_reported_on_repaired_on_missing" AS "fault_min_reported_on_repaired_on_missing", "t_fault"."count_reported_on_reported_on_3" AS "fault_count_reported_on_reported_on_3", "t_fault"."count_reported_on_reported_on_4" AS "fault_count_reported_on_reported_on_4", "t_fault"."count_slow_reported_on_reported_on" AS "fault_count_slow_reported_on_reported_on", "t_fault"."count_no_service_reported_on_reported_on" AS "fault_count_no_service_reported_on_reported_on", "t_fault"."count_broadband_reported_on_reported_on" AS "fault_count_broadband_reported_on_reported_on", "t_fault"."count_drops_reported_on_reported_on" AS "fault_count_drops_reported_on_reported_on", "t_fault"."max_reported_on" AS "fault_max_reported_on", "t_fault"."max_repaired_on" AS "fault_max_repaired_on", "t_fault"."last_kind" AS "fault_last_kind", "t_installation"."count_installed_on_missing_promised_on" AS "installation_count_installed_on_missing_promised_on", "t_installation"."count_delayed_by_carrier_true_ordered_on_ordered_on" AS "installation_count_delayed_by_carrier_true_ordered_on_ordered_on", "t_installation"."count_installed_on_missing" AS "installation_count_installed_on_missing", "t_installation"."count_ordered_on_ordered_on" AS "installation_count_ordered_on_ordered_on", "t_installation"."max_installed_on" AS "installation_max_installed_on", "t_installation"."min_promised_on_installed_on_missing" AS "installation_min_promised_on_installed_on_missing", "t_installation"."min_ordered_on_installed_on_missing" AS "installation_min_ordered_on_installed_on_missing", "t_installation"."count_installed_on_ordered_on_ordered_on" AS "installation_count_installed_on_ordered_on_ordered_on"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_imei" AS "t_usage_imei" ON "t_usage_imei".sub = k.sub
    LEFT JOIN "t_fault" AS "t_fault" ON "t_fault".sub = k.sub
    LEFT JOIN "t_installation" AS "t_installation" ON "t_installation".sub = k.sub
  ) AS "g9" ON "g9".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_usage_days"."days_d60" AS "usage_days_days_d60", "t_usage_cell_id"."distinct_d30" AS "usage_cell_id_distinct_d30", "t_usage_cell_id"."most_d30" AS "usage_cell_id_most_d30", "t_usage_cell_id"."distinct_d7" AS "usage_cell_id_distinct_d7", "t_usage_cell_id"."distinct_d60_30" AS "usage_cell_id_distinct_d60_30", "t_usage_cell_id"."most_d60_30" AS "usage_cell_id_most_d60_30", "t_usage_cell_id"."most_21_22_23_0_1_2_3_4_5_6_d30" AS "usage_cell_id_most_21_22_23_0_1_2_3_4_5_6_d30", "t_usage_cell_id"."most_1_2_3_4_5_hour_9_hour_18_d30" AS "usage_cell_id_most_1_2_3_4_5_hour_9_hour_18_d30", "t_usage_cell_id"."distinct_6_7_d30" AS "usage_cell_id_distinct_6_7_d30", "t_usage_cell_id"."top_1_d30" AS "usage_cell_id_top_1_d30", "t_usage_cell_id"."new_values_d60" AS "usage_cell_id_new_values_d60", "t_usage_cell_id"."lost_values_d60" AS "usage_cell_id_lost_values_d60", "t_monthly_summary"."sum_revenue_m3" AS "monthly_summary_sum_revenue_m3", "t_monthly_summary"."count_m3" AS "monthly_summary_count_m3", "t_monthly_summary"."last_active_days_m1" AS "monthly_summary_last_active_days_m1", "t_monthly_summary"."slope_data_kib_m6" AS "monthly_summary_slope_data_kib_m6", "t_monthly_summary"."sum_recharge_count_m3" AS "monthly_summary_sum_recharge_count_m3", "t_monthly_summary"."sum_voice_off_net_min_m3" AS "monthly_summary_sum_voice_off_net_min_m3", "t_monthly_summary"."sum_voice_on_net_min_m3" AS "monthly_summary_sum_voice_on_net_min_m3", "t_monthly_summary"."slope_revenue_m12" AS "monthly_summary_slope_revenue_m12", "t_monthly_summary"."sum_revenue_m15_12" AS "monthly_summary_sum_revenue_m15_12", "t_monthly_summary"."sum_data_kib_m3" AS "monthly_summary_sum_data_kib_m3", "t_monthly_summary"."count_2_m3" AS "monthly_summary_count_2_m3", "t_monthly_summary"."sum_data_kib_m15_12" AS "monthly_summary_sum_data_kib_m15_12", "t_monthly_summary"."slope_voice_off_net_min_m6" AS "monthly_summary_slope_voice_off_net_min_m6", "t_monthly_summary"."slope_voice_on_net_min_m6" AS "monthly_summary_slope_voice_on_net_min_m6", "t_monthly_summary"."sum_voice_on_net_min_m15_12" AS "monthly_summary_sum_voice_on_net_min_m15_12", "t_monthly_summary"."sum_sms_count_m3" AS "monthly_summary_sum_sms_count_m3", "t_monthly_summary"."sum_recharge_amount_m3" AS "monthly_summary_sum_recharge_amount_m3", "t_monthly_summary"."slope_recharge_amount_m6" AS "monthly_summary_slope_recharge_amount_m6", "t_monthly_summary"."count_recharge_count_0_m6" AS "monthly_summary_count_recharge_count_0_m6", "t_monthly_summary"."sum_active_days_m6" AS "monthly_summary_sum_active_days_m6", "t_monthly_summary"."count_3_m6" AS "monthly_summary_count_3_m6", "t_monthly_summary"."slope_active_days_m6" AS "monthly_summary_slope_active_days_m6", "t_monthly_summary"."count_active_days_10_m12" AS "monthly_summary_count_active_days_10_m12", "t_monthly_summary"."count_revenue_0_m12" AS "monthly_summary_count_revenue_0_m12"
  FROM "subscribers" AS k
    LEFT JOIN "t_usage_days" AS "t_usage_days" ON "t_usage_days".sub = k.sub
    LEFT JOIN "t_usage_cell_id" AS "t_usage_cell_id" ON "t_usage_cell_id".sub = k.sub
    LEFT JOIN "t_monthly_summary" AS "t_monthly_summary" ON "t_monthly_summary".sub = k.sub
  ) AS "g10" ON "g10".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_recharge_2"."count_d365" AS "recharge_2_count_d365", "t_recharge_way"."most_d180" AS "recharge_way_most_d180", "t_recharge_way"."distinct_d180" AS "recharge_way_distinct_d180", "t_score_elsewhere"."last_score_d45" AS "score_elsewhere_last_score_d45", "t_score_elsewhere"."sum_score_d90" AS "score_elsewhere_sum_score_d90", "t_score_elsewhere"."count_d90" AS "score_elsewhere_count_d90", "t_score_elsewhere"."count_score_0_5_d90" AS "score_elsewhere_count_score_0_5_d90"
  FROM "subscribers" AS k
    LEFT JOIN "t_recharge_2" AS "t_recharge_2" ON "t_recharge_2".sub = k.sub
    LEFT JOIN "t_recharge_way" AS "t_recharge_way" ON "t_recharge_way".sub = k.sub
    LEFT JOIN "t_score_elsewhere" AS "t_score_elsewhere" ON "t_score_elsewhere".sub = k.sub
  ) AS "g11" ON "g11".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_score_elsewhere_again"."last_score_d73_28" AS "score_elsewhere_again_last_score_d73_28", "t_score_elsewhere_again"."max_score_d90" AS "score_elsewhere_again_max_score_d90", "t_service_contact_channel"."most_d365" AS "service_contact_channel_most_d365", "t_service_contact_topic"."most_d365" AS "service_contact_topic_most_d365"
  FROM "subscribers" AS k
    LEFT JOIN "t_score_elsewhere_again" AS "t_score_elsewhere_again" ON "t_score_elsewhere_again".sub = k.sub
    LEFT JOIN "t_service_contact_channel" AS "t_service_contact_channel" ON "t_service_contact_channel".sub = k.sub
    LEFT JOIN "t_service_contact_topic" AS "t_service_contact_topic" ON "t_service_contact_topic".sub = k.sub
  ) AS "g12" ON "g12".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_visit"."count_reached_true_d180" AS "visit_count_reached_true_d180", "t_visit"."count_d90" AS "visit_count_d90", "t_visit"."last_day_reached_true_d365" AS "visit_last_day_reached_true_d365", "t_visit"."count_d30" AS "visit_count_d30", "t_visit"."count_d365" AS "visit_count_d365", "t_visit"."count_reached_true_d365" AS "visit_count_reached_true_d365", "t_visit"."count_door_d365" AS "visit_count_door_d365", "t_visit"."count_phone_d180" AS "visit_count_phone_d180", "t_visit"."last_day_d365" AS "visit_last_day_d365", "t_visit_again"."first_day_d365" AS "visit_again_first_day_d365", "t_service_contact_days_complaint"."days_d365" AS "service_contact_days_complaint_days_d365"
  FROM "subscribers" AS k
    LEFT JOIN "t_visit" AS "t_visit" ON "t_visit".sub = k.sub
    LEFT JOIN "t_visit_again" AS "t_visit_again" ON "t_visit_again".sub = k.sub
    LEFT JOIN "t_service_contact_days_complaint" AS "t_service_contact_days_complaint" ON "t_service_contact_days_complaint".sub = k.sub
  ) AS "g13" ON "g13".sub = s.sub
  LEFT JOIN (
  SELECT k.sub AS sub, "t_visit_days"."days_d365" AS "visit_days_days_d365", "t_warning"."count_d90" AS "warning_count_d90", "t_warning"."count_high_d90" AS "warning_count_high_d90", "t_warning"."last_level_d90" AS "warning_last_level_d90", "t_warning"."count_d7" AS "warning_count_d7", "t_warning"."count_d365" AS "warning_count_d365", "t_warning"."count_medium_d90" AS "warning_count_medium_d90", "t_warning"."last_day_d365" AS "warning_last_day_d365", "t_warning"."mask_d60" AS "warning_mask_d60", "t_warning"."count_d30" AS "warning_count_d30", "t_warning"."count_d60_30" AS "warning_count_d60_30", "t_warning_life"."last_state_daily_d30" AS "warning_life_last_state_daily_d30", "t_warning_life"."last_level_change_daily_d7" AS "warning_life_last_level_change_daily_d7", "t_warning_life"."last_opened_on_daily_d30" AS "warning_life_last_opened_on_daily_d30", "t_warning_life"."count_opened_true_d180" AS "warning_life_count_opened_true_d180", "t_warning_life"."count_escalated_true_d90" AS "warning_life_count_escalated_true_d90", "t_warning_life"."last_day_escalated_true_d365" AS "warning_life_last_day_escalated_true_d365", "t_warning_life"."count_reopened_true_d365" AS "warning_life_count_reopened_true_d365", "t_warning_life"."count_closed_d365" AS "warning_life_count_closed_d365", "t_warning_life"."last_day_closed_d365" AS "warning_life_last_day_closed_d365", "t_warning_life"."count_daily_raised_d30" AS "warning_life_count_daily_raised_d30", "t_warning_life"."count_daily_worked_d30" AS "warning_life_count_daily_worked_d30", "t_warning_life"."count_daily_eased_d30" AS "warning_life_count_daily_eased_d30", "t_warning_life"."last_level_weekly_anomaly_raised_worked_d7" AS "warning_life_last_level_weekly_anomaly_raised_worked_d7", "t_warning_life"."last_state_weekly_anomaly_d7" AS "warning_life_last_state_weekly_anomaly_d7", "t_warning_life"."count_weekly_anomaly_raised_worked_d90" AS "warning_life_count_weekly_anomaly_raised_worked_d90", "t_warning_life"."count_weekly_anomaly_high_raised_worked_d180" AS "warning_life_count_weekly_anomaly_high_raised_worked_d180"
  FROM "subscribers" AS k
    LEFT JOIN "t_visit_days" AS "t_visit_days" ON "t_visit_days".sub = k.sub
    LEFT JOIN "t_warning" AS "t_warning" ON "t_warning".sub = k.sub
    LEFT JOIN "t_warning_life" AS "t_warning_life" ON "t_warning_life".sub = k.sub
  ) AS "g14" ON "g14".sub = s.sub
) AS w
  LEFT JOIN "cell" AS "main_cell_30d_cell" ON "main_cell_30d_cell"."cell_id" = w."main_cell_30d"
  LEFT JOIN "cell" AS "night_cell_30d_cell" ON "night_cell_30d_cell"."cell_id" = w."night_cell_30d"
  LEFT JOIN "peers_plan_1" AS "p_plan_1" ON "p_plan_1"."plan" = w."plan"
  LEFT JOIN "peers_grid_1" AS "p_grid_1" ON "p_grid_1"."grid" = w."grid"
  LEFT JOIN "peers_plan_payment_1" AS "p_plan_payment_1" ON "p_plan_payment_1"."plan" = w."plan" AND "p_plan_payment_1"."payment" = w."payment"
) AS w
  LEFT JOIN "peers_plan_2" AS "p_plan_2" ON "p_plan_2"."plan" = w."plan"
  LEFT JOIN "peers_main_area_2" AS "p_main_area_2" ON "p_main_area_2"."main_area" = w."main_area"
) AS w
  LEFT JOIN "peers_tenure_band_3" AS "p_tenure_band_3" ON "p_tenure_band_3"."tenure_band" = w."tenure_band"
  LEFT JOIN "peers_tenure_band_payment_3" AS "p_tenure_band_payment_3" ON "p_tenure_band_payment_3"."tenure_band" = w."tenure_band" AND "p_tenure_band_payment_3"."payment" = w."payment"
) AS w
) AS w
);
