import { column, type Feed, subscriberId } from './feed.ts'

/** What they pay: recharges, balances, bills. */
export const money: readonly Feed[] = [
  {
    id: 'recharge',
    kind: 'event',
    source: 'carrier',
    title: { en: 'Recharges', zh: '充值' },
    means: { en: 'money paid in', zh: '缴费充值流水' },
    key: ['recharge_id'],
    dayColumn: 'paid_at',
    columns: [
      column('recharge_id', 'id', 'key of the recharge', '充值流水号'),
      subscriberId,
      column('paid_at', 'moment', 'when', '充值时间'),
      column('amount', 'money', 'how much', '金额', { min: 1 }),
      column('way', 'code', 'where it was paid', '充值渠道', {
        values: {
          app: { en: 'app', zh: '掌厅' },
          card: { en: 'voucher card', zh: '充值卡' },
          shop: { en: 'own shop', zh: '营业厅' },
          agent: { en: 'agent counter', zh: '代理网点' },
          bank: { en: 'bank debit', zh: '银行代扣' },
        },
      }),
    ],
  },
  {
    id: 'balance',
    kind: 'day',
    source: 'carrier',
    title: { en: 'Balances', zh: '余额' },
    means: { en: 'balance at the end of each day', zh: '每日日终余额' },
    key: ['subscriber_id', 'day'],
    dayColumn: 'day',
    columns: [
      subscriberId,
      column('day', 'date', 'the day', '日期'),
      column('balance', 'money', 'balance at its end; below zero is arrears', '日终余额；负数为欠费'),
    ],
  },
  {
    id: 'bill',
    kind: 'month',
    source: 'carrier',
    title: { en: 'Bills', zh: '账单' },
    means: { en: 'charges of each closed month by composition', zh: '每账期的费用构成' },
    key: ['subscriber_id', 'month'],
    columns: [
      subscriberId,
      column('month', 'date', 'first day of the month', '账期首日'),
      column('total', 'money', 'all charges', '账单总额', { min: 0 }),
      column('plan_fee', 'money', 'plan fee', '套餐费', { min: 0 }),
      column('voice_fee', 'money', 'calls beyond the plan', '套外语音费', { min: 0 }),
      column('sms_fee', 'money', 'messages beyond the plan', '套外短信费', { min: 0 }),
      column('data_fee', 'money', 'data beyond the plan', '套外流量费', { min: 0 }),
      column('value_added_fee', 'money', 'value-added services', '增值业务费', { min: 0 }),
      column('roaming_fee', 'money', 'calls, messages and data while roaming', '漫游费', {
        min: 0,
        nullable: true,
      }),
      column('late_fee', 'money', 'charged for paying late', '违约金（滞纳金）', { min: 0, nullable: true }),
      column('discount', 'money', 'given back', '优惠返还', { min: 0 }),
      column('paid', 'money', 'paid so far', '已缴金额', { min: 0 }),
    ],
  },
]
