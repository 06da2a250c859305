import { column, type Feed, subscriberId } from './feed.ts'

/** Who and what: subscribers, customers, the plans and products on sale, what was ordered, and contracts. */
export const parties: readonly Feed[] = [
  {
    id: 'customer',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Customers', zh: '客户' },
    means: { en: 'the party to the contract', zh: '签约主体' },
    key: ['customer_id'],
    columns: [
      column('customer_id', 'id', 'key of the customer', '客户标识'),
      column('name', 'text', 'name', '姓名', { nullable: true }),
      column('document_id', 'text', 'identity document number', '证件号码', { nullable: true }),
      column('birthday', 'date', 'date of birth', '出生日期', { nullable: true }),
      column('sex', 'code', 'sex', '性别', {
        nullable: true,
        values: { f: { en: 'female', zh: '女' }, m: { en: 'male', zh: '男' } },
      }),
      column('kind', 'code', 'kind of customer', '客户类型', {
        values: { person: { en: 'person', zh: '个人' }, enterprise: { en: 'enterprise', zh: '集团' } },
      }),
      column('opted_out', 'flag', 'refuses marketing contact', '是否免打扰'),
      column('star', 'integer', 'star level given by the carrier', '客户星级', {
        min: 0,
        max: 7,
        nullable: true,
      }),
    ],
  },
  {
    id: 'plan',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Plans', zh: '套餐目录' },
    means: { en: 'tariffs, on sale or not', zh: '资费套餐（含停售）' },
    key: ['plan_id'],
    columns: [
      column('plan_id', 'id', 'key of the plan', '套餐标识'),
      column('name', 'text', 'name', '套餐名称'),
      column('monthly_fee', 'money', 'monthly fee', '月租', { min: 0 }),
      column('voice_min', 'integer', 'minutes included', '包含语音', { unit: 'min', min: 0 }),
      column('sms_count', 'integer', 'messages included', '包含短信', { unit: 'count', min: 0 }),
      column('data_kib', 'integer', 'data included', '包含流量', { unit: 'KiB', min: 0 }),
      column('on_sale', 'flag', 'on sale today', '是否在售'),
    ],
  },
  {
    id: 'product',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Products', zh: '产品目录' },
    means: { en: 'value-added services and packs', zh: '增值业务与加油包' },
    key: ['product_id'],
    columns: [
      column('product_id', 'id', 'key of the product', '产品标识'),
      column('name', 'text', 'name', '产品名称'),
      column('kind', 'code', 'kind of product', '产品类型', {
        values: {
          value_added: { en: 'value-added service', zh: '增值业务' },
          data_pack: { en: 'data pack', zh: '流量包' },
          voice_pack: { en: 'voice pack', zh: '语音包' },
        },
      }),
      column('monthly_fee', 'money', 'monthly fee', '月费', { min: 0 }),
    ],
  },
  {
    id: 'subscriber',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Subscribers', zh: '用户' },
    means: { en: 'one line in service, usually one phone number', zh: '一条在用的服务，通常对应一个号码' },
    key: ['subscriber_id'],
    columns: [
      column(
        'subscriber_id',
        'id',
        'key of the subscriber; a re-issued number is a new one',
        '用户标识；号码二次放号即为新用户',
      ),
      column('customer_id', 'id', 'the customer who holds it', '所属客户', {
        nullable: true,
        references: 'customer',
      }),
      column('number', 'text', 'phone number', '手机号码', { nullable: true }),
      column('joined_on', 'date', 'day of joining the network', '入网日期'),
      column('activated_on', 'date', 'day of first use', '激活日期', { nullable: true }),
      column('status', 'code', 'state of the line', '用户状态', {
        values: {
          active: { en: 'in service', zh: '在用' },
          grace: { en: 'in the recharge-grace period: outgoing barred', zh: '充值宽限期（单停）' },
          suspended: { en: 'suspended for arrears', zh: '欠费停机' },
          reported_lost: { en: 'suspended on request', zh: '申请停机' },
          closed: { en: 'disconnected', zh: '离网（拆机）' },
          ported_out: { en: 'ported out to another carrier', zh: '携出（携号转网）' },
        },
      }),
      column('status_since', 'date', 'first day of this state', '状态起始日'),
      column('payment', 'code', 'how it pays', '付费方式', {
        values: { prepaid: { en: 'prepaid', zh: '预付费' }, postpaid: { en: 'postpaid', zh: '后付费' } },
      }),
      column('plan_id', 'id', 'tariff in force', '在用套餐', { nullable: true, references: 'plan' }),
      column('brand', 'text', 'brand', '品牌', { nullable: true }),
      column('grid_id', 'id', 'grid of the organisation tree that answers for it', '归属网格', {
        nullable: true,
      }),
      column('agent_id', 'id', 'agent who brought it', '发展代理商', { nullable: true }),
      column('forward_to', 'text', 'number to which calls are forwarded', '呼叫转移号码', { nullable: true }),
      column('forward_off_net', 'flag', 'forwarded to another carrier', '是否转移到他网', { nullable: true }),
    ],
  },
  {
    id: 'subscription',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Subscriptions and orders', zh: '订购' },
    means: { en: 'products and plans ordered, changed and cancelled', zh: '产品与套餐的订购、变更和退订' },
    key: ['order_id'],
    columns: [
      column('order_id', 'id', 'key of the order', '订单标识'),
      subscriberId,
      column('product_id', 'id', 'product ordered', '订购产品', { nullable: true, references: 'product' }),
      column('plan_id', 'id', 'plan changed to', '变更后套餐', { nullable: true, references: 'plan' }),
      column('previous_plan_id', 'id', 'plan changed from', '变更前套餐', { nullable: true }),
      column('ordered_on', 'date', 'day of the order', '订购日期'),
      column('cancelled_on', 'date', 'day of cancelling', '退订日期', { nullable: true }),
    ],
  },
  {
    id: 'contract',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Contracts', zh: '合约' },
    means: { en: 'binding agreements with an end day', zh: '有到期日的在网合约' },
    key: ['contract_id'],
    columns: [
      column('contract_id', 'id', 'key of the contract', '合约标识'),
      subscriberId,
      column('kind', 'code', 'what binds', '合约类型', {
        values: {
          handset: { en: 'handset', zh: '购机合约' },
          prepaid_return: { en: 'prepayment returned by month', zh: '预存返还' },
          broadband: { en: 'broadband', zh: '宽带合约' },
        },
      }),
      column('starts_on', 'date', 'first day', '生效日期'),
      column('ends_on', 'date', 'day after the last one', '到期日期（不含）'),
      column('floor_fee', 'money', 'minimum monthly spending', '保底消费', { min: 0 }),
      column('ended_early_on', 'date', 'day it was broken off', '提前终止日期', { nullable: true }),
    ],
  },
]
