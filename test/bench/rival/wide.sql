CREATE OR REPLACE TEMP TABLE w_voice AS
SELECT sub,
  sum(CASE WHEN bk = 0 THEN n_rival_service END)::BIGINT AS rival_7,
  sum(CASE WHEN bk <= 1 THEN n_out END)::BIGINT AS n_out_30,
  sum(CASE WHEN bk <= 1 THEN s END)::BIGINT AS s_30,
  sum(CASE WHEN bk = 2 THEN s END)::BIGINT AS s_prev,
  sum(CASE WHEN bk <= 1 THEN s_out END)::BIGINT AS s_out_30,
  sum(CASE WHEN bk = 2 THEN s_out END)::BIGINT AS s_out_prev,
  sum(CASE WHEN bk <= 1 THEN s_off END)::BIGINT AS s_off_30,
  sum(CASE WHEN bk = 2 THEN s_off END)::BIGINT AS s_off_prev,
  sum(CASE WHEN bk <= 1 THEN s_long END)::BIGINT AS s_long_30,
  sum(CASE WHEN bk <= 1 THEN n_forwarded END)::BIGINT AS forwarded_30
FROM c_voice GROUP BY sub;

CREATE OR REPLACE TEMP TABLE w_data AS
SELECT sub, sum(CASE WHEN bk = 0 THEN kib END)::BIGINT AS kib_7, sum(CASE WHEN bk <= 1 THEN kib END)::BIGINT AS kib_30,
  sum(CASE WHEN bk = 2 THEN kib END)::BIGINT AS kib_prev, sum(CASE WHEN bk <= 1 THEN n END)::BIGINT AS n_30
FROM c_data GROUP BY sub;

CREATE OR REPLACE TEMP TABLE rival AS
SELECT s.sub, k.subscriber_id,
  s.status, s.status_since,
  (CASE WHEN s.status = 'grace' THEN AS_OF - s.status_since END)::BIGINT AS days_in_grace,
  s.payment, s.brand, s.grid_id AS grid, s.joined_on,
  ((year(AS_OF) - year(s.joined_on)) * 12 + month(AS_OF) - month(s.joined_on)
    - CASE WHEN day(s.joined_on) > day(AS_OF) THEN 1 ELSE 0 END)::BIGINT AS months_on_network,
  s.activated_on, (AS_OF - s.activated_on)::BIGINT AS days_since_activation,
  s.plan_id AS plan, p.monthly_fee AS plan_fee, s.forward_off_net,
  c.opted_out, d.dual_sim,
  (last_day(AS_OF) - AS_OF)::BIGINT AS days_to_month_end,
  coalesce(r.n_7, 0) AS recharge_count_7d, coalesce(r.n_30, 0) AS recharge_count_30d,
  coalesce(r.n_90, 0) AS recharge_count_90d, coalesce(si.n_since, 0) AS recharges_since_activation,
  coalesce(r.a_30, 0) AS recharge_amount_30d, coalesce(r.a_90, 0) AS recharge_amount_90d,
  r.last_on AS last_recharge_on, (AS_OF - r.last_on)::BIGINT AS days_since_recharge, r.last_amount AS last_recharge_amount,
  b.balance, b.min_30 AS balance_min_30d, coalesce(b.low_30, 0) AS days_low_balance_30d, b31.balance_31 AS balance_31d_ago,
  (b31.balance_31 + coalesce(r.a_30, 0) - b.balance) / 30.0::DOUBLE AS spend_per_day_30d,
  CASE WHEN b.balance > 0 THEN b.balance WHEN b.balance <= 0 THEN 0 END / CASE WHEN b31.balance_31 + coalesce(r.a_30, 0) - b.balance > 0
    THEN (b31.balance_31 + coalesce(r.a_30, 0) - b.balance) / 30.0::DOUBLE END AS balance_days_left,
  round(bi.t3 / CASE WHEN bi.n3 <> 0 THEN bi.n3::DOUBLE END)::BIGINT AS arpu_3m,
  (bi.t3::DOUBLE / bi.n3 - bi.p3::DOUBLE / nullif(bi.pn3, 0)) / nullif(bi.p3::DOUBLE / nullif(bi.pn3, 0), 0) AS arpu_change_3m,
  bi.d3::DOUBLE / nullif(bi.t3::DOUBLE, 0) AS data_fee_share_3m, coalesce(bi.v3, 0) AS value_added_fee_3m,
  coalesce(bi.unpaid, 0) AS unpaid_6m, bi.slope AS arpu_slope_6m,
  round(m.r3::DOUBLE / nullif(m.rn3, 0))::BIGINT AS summary_revenue_3m,
  m.off3 / nullif(m.off3 + m.on3, 0) AS summary_off_net_share_3m, m.active_last AS summary_active_days,
  coalesce(v.n_out_30, 0) AS calls_made_30d, coalesce(v.s_30, 0) AS voice_s_30d,
  (coalesce(v.s_30, 0) - v.s_prev)::DOUBLE / nullif(v.s_prev, 0) AS voice_change_30d,
  coalesce(v.s_off_30, 0)::DOUBLE / nullif(v.s_out_30, 0) AS off_net_share_30d,
  coalesce(v.s_off_30, 0)::DOUBLE / nullif(v.s_out_30, 0) - coalesce(v.s_off_prev, 0)::DOUBLE / nullif(v.s_out_prev, 0)
    AS off_net_share_change,
  coalesce(v.s_long_30, 0)::DOUBLE / nullif(v.s_out_30, 0) AS long_distance_share_30d,
  coalesce(v.rival_7, 0) AS rival_service_calls_7d, coalesce(v.forwarded_30, 0) AS forwarded_calls_30d,
  coalesce(m2.n_out, 0)::BIGINT AS sms_sent_30d,
  coalesce(w.kib_7, 0) AS data_kib_7d, coalesce(w.kib_30, 0) AS data_kib_30d,
  (coalesce(w.kib_30, 0) - w.kib_prev)::DOUBLE / nullif(w.kib_prev, 0) AS data_change_30d, coalesce(w.n_30, 0) AS data_sessions_30d,
  coalesce(a.fee_30, 0)::BIGINT AS usage_fee_30d, a.last_day AS last_use_on, (AS_OF - a.last_day)::BIGINT AS days_since_use,
  coalesce(bit_count(a.days & ((1::UBIGINT << 30) - 1)), 0)::BIGINT AS active_days_30d,
  coalesce(length(list_max(string_split(lpad(bin(a.days & ((1::UBIGINT << 30) - 1)), 30, '0'), '1'))), 30)::BIGINT AS silent_days_max_30d,
  coalesce(bit_count(a.roaming & ((1::UBIGINT << 30) - 1)), 0)::BIGINT AS roaming_days_30d,
  coalesce(pe.people_30, 0) AS counterparties_30d,
  (coalesce(pe.people_30, 0) - pe.people_prev_30)::DOUBLE / nullif(pe.people_prev_30, 0) AS counterparties_change_30d,
  coalesce(ce.cells_30, 0) AS cells_30d, ce.main_cell AS main_cell_30d,
  coalesce(o.products, 0) AS products_active, coalesce(o.plan_changes, 0) AS plan_changes_180d,
  ct.ends_on AS contract_ends_on, (ct.ends_on - AS_OF)::BIGINT AS contract_days_left, ct.floor_fee AS contract_floor_fee,
  coalesce(ca.complaints_30, 0) AS complaints_30d, coalesce(ca.complaints_90, 0) AS complaints_90d,
  coalesce(ca.open_complaints, 0) AS open_complaints, coalesce(ca.leaving_30, 0) AS leaving_enquiries_30d,
  coalesce(f.open_faults, 0) AS open_faults, coalesce(f.faults_90, 0) AS faults_90d,
  coalesce(i.overdue, 0) AS installs_overdue, coalesce(vi.visits_90, 0) AS visits_90d, sc.score AS churn_score,
  coalesce(wa.n_90, 0) AS warnings_90d, coalesce(co.n_30, 0) AS contacts_30d,
  (AS_OF - co.last_on)::BIGINT AS days_since_contact
FROM subscriber s
JOIN subscriber_key k ON k.sub = s.sub
LEFT JOIN customer c ON c.customer_id = s.customer_id
LEFT JOIN plan p ON p.plan_id = s.plan_id
LEFT JOIN device d ON d.sub = s.sub
LEFT JOIN c_recharge r ON r.sub = s.sub
LEFT JOIN c_since si ON si.sub = s.sub
LEFT JOIN c_balance b ON b.sub = s.sub
LEFT JOIN c_before b31 ON b31.sub = s.sub
LEFT JOIN c_bill bi ON bi.sub = s.sub
LEFT JOIN c_month m ON m.sub = s.sub
LEFT JOIN w_voice v ON v.sub = s.sub
LEFT JOIN c_sms m2 ON m2.sub = s.sub
LEFT JOIN w_data w ON w.sub = s.sub
LEFT JOIN c_any a ON a.sub = s.sub
LEFT JOIN c_people pe ON pe.sub = s.sub
LEFT JOIN c_cell ce ON ce.sub = s.sub
LEFT JOIN c_order o ON o.sub = s.sub
LEFT JOIN c_contract ct ON ct.sub = s.sub
LEFT JOIN c_care ca ON ca.sub = s.sub
LEFT JOIN c_fault f ON f.sub = s.sub
LEFT JOIN c_install i ON i.sub = s.sub
LEFT JOIN c_visit vi ON vi.sub = s.sub
LEFT JOIN c_score sc ON sc.sub = s.sub
LEFT JOIN c_warning wa ON wa.sub = s.sub
LEFT JOIN c_contact co ON co.sub = s.sub
WHERE s.status NOT IN ('closed', 'ported_out');
