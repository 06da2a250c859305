import { adjective, noun, type Term } from './term.ts'

/** Who they are to us, what they have from us, and how they leave. */
export const parties = {
  carrier: noun(
    'carrier',
    '运营商',
    { en: 'the telecom company that Weiwan works for', zh: '使用本系统的电信企业' },
    ['operator', 'telco'],
  ),
  customer: noun('customer', '客户', { en: 'the party to the contract', zh: '签约主体（个人或集团）' }, [
    'client',
  ]),
  account: noun('account', '账户', { en: 'who pays; never a login', zh: '付费主体；不指登录账号' }, [
    'login',
  ]),
  valueClass: noun(
    'value class',
    '价值等级',
    { en: 'how much a customer is worth: high, middle or low', zh: '客户价值的高、中、低分档' },
    ['tier', 'grade'],
    'value classes',
  ),
  subscriber: noun(
    'subscriber',
    '用户',
    { en: 'one line in service, usually one phone number', zh: '一条在用的服务，通常是一个号码' },
    ['user', 'line', 'msisdn'],
  ),
  staff: noun(
    'staff',
    '员工',
    { en: 'a person who signs in here', zh: '登录本系统工作的人' },
    ['user', 'operator', 'agent', '坐席', '操作员'],
    'staff',
  ),
  manager: noun(
    'account manager',
    '客户经理',
    { en: 'the member of staff who looks after named customers', zh: '按名单维护客户的员工' },
    ['owner'],
  ),
  agent: noun(
    'agent',
    '代理商',
    { en: 'an outside seller who brings subscribers', zh: '发展用户的外部代理' },
    ['dealer', 'reseller'],
  ),
  rival: noun(
    'competitor',
    '竞争对手',
    { en: 'another carrier in the same market', zh: '同一市场的其他运营商' },
    ['友商'],
  ),
  plan: noun(
    'plan',
    '套餐',
    {
      en: "the tariff in force; the compiler's own plan is a query plan",
      zh: '生效的资费；与编译器的查询计划无关',
    },
    ['tariff', 'package'],
  ),
  product: noun('product', '产品', {
    en: 'a value-added service or pack that can be ordered',
    zh: '可订购的增值业务或加油包',
  }),
  contract: noun(
    'contract',
    '合约',
    { en: 'a binding agreement with an end day', zh: '有到期日的在网约定' },
    ['agreement'],
  ),
  benefit: noun('benefit', '权益', { en: 'an included right or gift', zh: '随方案附带的权利或赠品' }, [
    'perk',
  ]),
  device: noun('device', '终端', { en: 'the handset in use', zh: '正在使用的手机等终端' }, ['terminal']),
  cell: noun('cell', '小区', { en: 'a base-station cell', zh: '基站小区' }),
  grid: noun('grid', '网格', {
    en: 'the smallest unit of the organisation that answers for subscribers',
    zh: '对用户负责的最小组织单元',
  }),
  recharge: noun('recharge', '充值', { en: 'money paid in', zh: '缴入账户的款项' }, ['top-up', 'refill']),
  balance: noun('balance', '余额', { en: 'money left; below zero is arrears', zh: '账户余额；负数为欠费' }),
  arrears: noun('arrears', '欠费', { en: 'money owed', zh: '未缴清的费用' }, ['debt'], 'arrears'),
  bill: noun('bill', '账单', { en: 'the charges of a closed month', zh: '已出账期的费用' }, ['invoice']),
  grace: noun('recharge-grace period', '充值宽限期', {
    en: 'days in which a balance used up may still be recharged',
    zh: '余额用尽后仍可充值恢复的日子',
  }),
  accountingMonth: noun(
    'accounting month',
    '账期',
    { en: 'a billing month such as 2026-10', zh: '出账月份，如 2026-10' },
    ['cycle'],
  ),
  fen: noun(
    'fen',
    '分',
    { en: 'money is whole fen, 1/100 yuan; screens show yuan', zh: '金额以整数分记，界面显示为元' },
    ['cents'],
    'fen',
  ),
  arpu: noun('ARPU', 'ARPU', { en: 'revenue of a subscriber in a month', zh: '每用户每月出账收入' }),
  mou: noun('MOU', 'MOU', { en: 'minutes of use in a month', zh: '每月通话分钟数' }, [], 'MOU'),
  dou: noun('DOU', 'DOU', { en: 'data used in a month', zh: '每月流量' }, [], 'DOU'),
  churn: noun(
    'churn',
    '流失',
    { en: 'leaving; always said with the days and the reason', zh: '离开；须说明天数口径与原因' },
    ['loss', 'attrition'],
    'churn',
  ),
  disconnected: adjective(
    'disconnected',
    '离网',
    { en: 'the line was closed: one way to churn', zh: '拆机销户：流失的一种' },
    ['cancelled'],
  ),
  portedOut: adjective('ported out', '携出', {
    en: 'the number was taken to another carrier: another way to churn',
    zh: '携号转网转出：流失的另一种',
  }),
  dormant: adjective('dormant', '沉默', { en: 'in service and unused', zh: '在网但无使用' }, ['inactive']),
  suspended: adjective(
    'suspended',
    '停机',
    { en: 'service stopped, contract alive', zh: '服务停止而合约仍在' },
    ['blocked'],
  ),
  complaint: noun('complaint', '投诉', {
    en: 'a service contact that says something is wrong',
    zh: '表达不满的服务接触',
  }),
  serviceFault: noun(
    'service fault',
    '故障',
    { en: 'a service that does not work, from report to repair', zh: '从申告到修复的服务不可用' },
    ['outage'],
  ),
  session: noun(
    'session',
    '会话',
    { en: 'one browser in which somebody is signed in', zh: '一名员工在一个浏览器中的登录' },
    ['log-in'],
  ),
  token: noun(
    'token',
    '令牌',
    {
      en: "a machine's key to the API: some permissions, at one unit, until a day",
      zh: '其他系统调用接口的凭证：限定权限、单位与期限',
    },
    ['api key'],
  ),
  signInService: noun(
    'sign-in service',
    '统一身份认证',
    { en: "the company's own way of saying who somebody is", zh: '企业自有的身份确认服务' },
    ['SSO', 'single sign-on'],
  ),
} as const satisfies Readonly<Record<string, Term>>
