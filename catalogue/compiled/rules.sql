-- 30 rules. Written by npm run catalogue from catalogue/rules; do not edit.

-- arpu_falls, version 1: 消费明显下降 / Spending falls
-- ARPU变化 不高于 -30%，且 近3月ARPU 不低于 ¥30.00，且 用户状态 属于 在用 / 充值宽限期（单停）
-- change of ARPU is at most -30% and ARPU of 3 months is at least ¥30.00 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("arpu_change_3m" <= -0.3::DOUBLE) AND ("arpu_3m" >= 3000) AND ("status" IN ('active', 'grace')));

-- asks_about_leaving, version 1: 咨询销户或携转 / Asks about leaving
-- 近30天销户咨询 不低于 1，且 用户状态 属于 在用 / 充值宽限期（单停）
-- enquiries about leaving is at least 1 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("leaving_enquiries_30d" >= 1) AND ("status" IN ('active', 'grace')));

-- bill_surges, version 1: 账单异常上涨 / Bill surges
-- 账单突增倍数 不低于 1.5 倍，且 上月账单 不低于 ¥60.00，且 用户状态 属于 在用 / 充值宽限期（单停）
-- jump of the bill is at least 1.5 times and last bill is at least ¥60.00 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("bill_jump" >= 1.5::DOUBLE) AND ("arpu_last" >= 6000) AND ("status" IN ('active', 'grace')));

-- calls_rival_service, version 1: 拨打竞争对手客服 / Calls a competitor’s service line
-- 近7天拨打他网热线 不低于 1，且 用户状态 属于 在用 / 充值宽限期（单停）
-- calls to rivals hotlines is at least 1 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("rival_service_calls_7d" >= 1) AND ("status" IN ('active', 'grace')));

-- calls_rival_service_often, version 1: 多次拨打竞争对手客服 / Calls a competitor’s service line often
-- 近7天拨打他网热线 不低于 2，且 用户状态 属于 在用 / 充值宽限期（单停）
-- calls to rivals hotlines is at least 2 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("rival_service_calls_7d" >= 2) AND ("status" IN ('active', 'grace')));

-- circle_shrinks, version 1: 交往圈缩小 / Circle shrinks
-- 对端数变化 不高于 -50%，且 用户状态 属于 在用 / 充值宽限期（单停）
-- change of counterparties is at most -50% and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("counterparties_change_30d" <= -0.5::DOUBLE) AND ("status" IN ('active', 'grace')));

-- contract_ending, version 1: 合约即将到期 / Contract about to end
-- 合约剩余天数 不小于 0 天 且小于 30 天，且 用户状态 属于 在用 / 充值宽限期（单停）
-- contract days left is from 0 days to below 30 days and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("contract_days_left" >= 0 AND "contract_days_left" < 30) AND ("status" IN ('active', 'grace')));

-- data_falls, version 1: 流量明显减少 / Data use falls
-- 流量变化 不高于 -50%，且 用户状态 属于 在用 / 充值宽限期（单停）
-- change of data is at most -50% and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("data_change_30d" <= -0.5::DOUBLE) AND ("status" IN ('active', 'grace')));

-- data_surges, version 1: 流量异常增长 / Data use surges
-- 近一周流量节奏 不低于 2 倍，且 近7天流量 不低于 1048576 KiB，且 用户状态 是 在用
-- pace of data this week is at least 2 times and data in 7 days is at least 1048576 KiB and status is in service
SELECT subscriber_id FROM factor WHERE (("data_pace_7d" >= 2) AND ("data_kib_7d" >= 1048576) AND ("status" = 'active'));

-- entered_grace, version 1: 进入充值宽限期 / Entered the recharge-grace period
-- 宽限期已过天数 低于 7 天，且 用户状态 是 充值宽限期（单停）
-- days in grace is below 7 days and status is in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("days_in_grace" < 7) AND ("status" = 'grace'));

-- forwards_off_net, version 1: 呼叫转移到他网 / Forwards calls to another carrier
-- （转移到他网 为是，或 近30天呼转次数 不低于 5），且 用户状态 属于 在用 / 充值宽限期（单停）
-- (forwarded off-net is true or forwarded calls is at least 5) and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE ((("forward_off_net") OR ("forwarded_calls_30d" >= 5)) AND ("status" IN ('active', 'grace')));

-- low_balance_by_tenure, version 1: 在网满期余额偏低 / Low balance after months on network
-- 在网月数 不低于 3 个月，且 余额 低于 ¥10.00，且 付费方式 是 预付费，且 用户状态 是 在用
-- months on network is at least 3 months and balance is below ¥10.00 and payment is prepaid and status is in service
SELECT subscriber_id FROM factor WHERE (("months_on_network" >= 3) AND ("balance" < 1000) AND ("payment" = 'prepaid') AND ("status" = 'active'));

-- low_balance_month_end, version 1: 月末余额不足 / Low balance at month end
-- 距月末天数 不高于 5 天，且 余额 低于 ¥15.00，且 付费方式 是 预付费，且 用户状态 是 在用
-- days to month end is at most 5 days and balance is below ¥15.00 and payment is prepaid and status is in service
SELECT subscriber_id FROM factor WHERE (("days_to_month_end" <= 5) AND ("balance" < 1500) AND ("payment" = 'prepaid') AND ("status" = 'active'));

-- many_complaints, version 1: 多次投诉 / Many complaints
-- 近90天投诉数 不低于 2，且 用户状态 属于 在用 / 充值宽限期（单停）
-- complaints in 90 days is at least 2 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("complaints_90d" >= 2) AND ("status" IN ('active', 'grace')));

-- no_recharge_after_activation, version 1: 激活后未充值 / No recharge since activation
-- 激活天数 不小于 15 天 且小于 90 天，且 激活后充值次数 等于 0，且 付费方式 是 预付费，且 用户状态 属于 在用 / 充值宽限期（单停）
-- days since activation is from 15 days to below 90 days and recharges since activation is 0 and payment is prepaid and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("days_since_activation" >= 15 AND "days_since_activation" < 90) AND ("recharges_since_activation" = 0) AND ("payment" = 'prepaid') AND ("status" IN ('active', 'grace')));

-- off_net_rises, version 1: 他网通话占比上升 / Off-net share rises
-- 网间占比变化 不低于 20%，且 用户状态 属于 在用 / 充值宽限期（单停）
-- change of off-net share is at least 20% and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("off_net_share_change" >= 0.2::DOUBLE) AND ("status" IN ('active', 'grace')));

-- open_faults, version 1: 故障未修复 / Fault still open
-- 在途故障 不低于 1，且 用户状态 属于 在用 / 充值宽限期（单停）
-- open faults is at least 1 and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("open_faults" >= 1) AND ("status" IN ('active', 'grace')));

-- quietly_dissatisfied, version 1: 潜在不满意 / Quietly dissatisfied
-- 半年无关怀 为是，且 无合约无增值 为是，且 在网月数 不低于 6 个月，且 近3月ARPU 不低于 ¥50.00，且 用户状态 是 在用
-- no care for half a year is true and not bound at all is true and months on network is at least 6 months and ARPU of 3 months is at least ¥50.00 and status is in service
SELECT subscriber_id FROM factor WHERE (("no_care_180d") AND ("is_unbound") AND ("months_on_network" >= 6) AND ("arpu_3m" >= 5000) AND ("status" = 'active'));

-- recharge_overdue, version 1: 久未充值 / Recharge overdue
-- 距上次充值天数 不低于 45 天，且 付费方式 是 预付费，且 用户状态 属于 在用 / 充值宽限期（单停）
-- days since recharge is at least 45 days and payment is prepaid and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("days_since_recharge" >= 45) AND ("payment" = 'prepaid') AND ("status" IN ('active', 'grace')));

-- selected_by_model, version 1: 流失模型选中 / Selected by a warning model
-- 流失评分 不低于 70%，且 用户状态 属于 在用 / 充值宽限期（单停）
-- churn score is at least 70% and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("churn_score" >= 0.7::DOUBLE) AND ("status" IN ('active', 'grace')));

-- silent_line, version 1: 号码沉默 / Line fallen silent
-- 沉默天数 不低于 7 天，且 用户状态 是 在用
-- days since use is at least 7 days and status is in service
SELECT subscriber_id FROM factor WHERE (("days_since_use" >= 7) AND ("status" = 'active'));

-- suspension_near, version 1: 即将欠费停机 / Suspension for arrears is near
-- （连续欠费天数 不低于 2 天，或 余额可用天数 不高于 2 天），且 用户状态 属于 在用 / 充值宽限期（单停）
-- (days in arrears in a row is at least 2 days or days of balance left is at most 2 days) and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE ((("arrears_streak_days" >= 2) OR ("balance_days_left" <= 2)) AND ("status" IN ('active', 'grace')));

-- voice_falls, version 1: 通话明显减少 / Calls fall
-- 通话时长变化 不高于 -50%，且 用户状态 属于 在用 / 充值宽限期（单停）
-- change of call time is at most -50% and status is one of in service / in the recharge-grace period: outgoing barred
SELECT subscriber_id FROM factor WHERE (("voice_change_30d" <= -0.5::DOUBLE) AND ("status" IN ('active', 'grace')));

-- week_arpu_falls, version 1: ARPU降三成 / ARPU down by 30 %
-- ARPU变化 不高于 -30%
-- change of ARPU is at most -30%
SELECT subscriber_id FROM factor WHERE ("arpu_change_3m" <= -0.3::DOUBLE);

-- week_calls_fall, version 1: 本周通话降三成 / Calls of the week down by 30 %
-- 近一周通话节奏 不高于 0.7 倍
-- pace of calls this week is at most 0.7 times
SELECT subscriber_id FROM factor WHERE ("voice_pace_7d" <= 0.7::DOUBLE);

-- week_calls_rival, version 1: 本周拨打他网客服 / Called a competitor’s service line this week
-- 近7天拨打他网热线 不低于 1
-- calls to rivals hotlines is at least 1
SELECT subscriber_id FROM factor WHERE ("rival_service_calls_7d" >= 1);

-- week_calls_rival_twice, version 1: 本周两次拨打他网客服 / Called a competitor’s service line twice this week
-- 近7天拨打他网热线 不低于 2
-- calls to rivals hotlines is at least 2
SELECT subscriber_id FROM factor WHERE ("rival_service_calls_7d" >= 2);

-- week_forwards_off_net, version 1: 呼转至一个他网号码 / Forwards to one off-net number
-- 转移到他网 为是
-- forwarded off-net is true
SELECT subscriber_id FROM factor WHERE ("forward_off_net");

-- week_forwards_often, version 1: 频繁呼转 / Forwards often
-- 转移到他网 为是，且 近30天呼转次数 不低于 10
-- forwarded off-net is true and forwarded calls is at least 10
SELECT subscriber_id FROM factor WHERE (("forward_off_net") AND ("forwarded_calls_30d" >= 10));

-- week_off_net_rises, version 1: 本周他网占比上升 / Off-net share of the week rises
-- 网间占比周升幅 不低于 10%
-- rise of the off-net share is at least 10%
SELECT subscriber_id FROM factor WHERE ("rival_share_rise_7d" >= 0.1::DOUBLE);
