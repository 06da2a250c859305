import { noun, type Term, verb } from './term.ts'

/** What we decide, who does it, and what came of it. */
export const acting = {
  retain: verb('retain', '维系', { en: 'act before they ask to leave', zh: '在客户提出离开之前行动' }),
  save: verb('save', '挽留', { en: 'act when they ask to leave', zh: '在客户提出离开之时行动' }, [
    'win back',
  ]),
  care: noun('care', '关怀', { en: 'a contact that sells nothing', zh: '不带销售目的的联系' }, [], 'care'),
  offer: noun('offer', '方案', { en: 'what we may propose, with its cost', zh: '可以提出的优惠及其成本' }, [
    'promotion',
    'deal',
    '促销',
  ]),
  policy: noun(
    'policy',
    '策略',
    { en: 'limits, priorities and offers for a segment', zh: '针对客群的限制、优先级与方案' },
    ['strategy'],
    'policies',
  ),
  campaign: noun(
    'campaign',
    '活动',
    {
      en: 'planned by people: target, offer, period, channels, control group',
      zh: '人工策划：目标、方案、时段、渠道与对照组',
    },
    ['programme'],
  ),
  member: noun(
    'member',
    '活动名单用户',
    {
      en: 'a subscriber whom a campaign’s target found at its launch, frozen with arm and wave',
      zh: '启动时被活动目标选中的用户，其分组与批次固定不变',
    },
    [],
    'members',
  ),
  wave: noun(
    'wave',
    '批次',
    {
      en: 'a share of a campaign’s members whose turn begins on a day',
      zh: '活动名单中从某日起轮到的一部分',
    },
    [],
    'waves',
  ),
  proposal: noun(
    'proposal',
    '建议',
    { en: 'what a rule, campaign or warning asks to do', zh: '规则、活动或预警提出的动作' },
    ['suggestion', 'recommendation'],
  ),
  decision: noun(
    'decision',
    '决策',
    { en: 'what is done for one subscriber today, and why', zh: '今天对某用户做什么及其原因' },
    ['verdict of the allocator'],
  ),
  allocator: noun(
    'allocator',
    '分配器',
    { en: 'answers each proposal within hours, caps and budgets', zh: '在工时、上限与预算内答复每条建议' },
    ['scheduler', 'optimizer'],
  ),
  task: noun('task', '任务', { en: 'one piece of work for one member of staff', zh: '一名员工的一件工作' }, [
    'job',
    'ticket',
    '工单',
  ]),
  workOrder: noun(
    'work order',
    '工单',
    { en: "a ticket in the carrier's own CRM", zh: '运营商客服系统中的单据' },
    ['ticket'],
  ),
  workList: noun('work list', '任务清单', { en: "one person's tasks for today", zh: '某人今天的任务' }, [
    'queue',
    'todo',
  ]),
  dispatch: verb('dispatch', '派单', { en: 'give tasks to people', zh: '把任务交给人' }, ['assign']),
  claim: verb('claim', '领取', { en: 'take a task', zh: '把任务接到自己名下' }, ['grab', 'accept']),
  drop: verb(
    'drop',
    '放弃',
    { en: 'end a task without a contact, with the reason', zh: '不再触达而结束任务，并说明原因' },
    ['cancel', 'skip'],
  ),
  channel: noun(
    'channel',
    '渠道',
    { en: 'a way to reach: call, SMS, visit', zh: '触达的方式：电话、短信、上门' },
    ['medium'],
  ),
  touchpoint: noun('touchpoint', '触点', { en: 'the moment of meeting a customer', zh: '与客户相遇的时刻' }),
  contact: noun('contact', '触达', { en: 'one attempt to reach', zh: '一次联系客户的尝试' }, [
    'touch',
    'communication',
  ]),
  attempt: noun(
    'attempt',
    '尝试',
    {
      en: 'one try to send, written down before it leaves and never sent twice',
      zh: '一次发送，先留痕后发出，绝不重发',
    },
    ['retry'],
  ),
  refusal: noun(
    'refusal',
    '拦截',
    { en: 'a contact that was stopped before it left, with the reason', zh: '发出之前被停止的触达及其原因' },
    ['rejection'],
  ),
  recheck: noun(
    're-check',
    '复核',
    { en: 'the rule asked again on live facts just before a contact', zh: '触达前用实时数据再次判断规则' },
    ['validation'],
  ),
  outbox: noun(
    'outbox',
    '发件箱',
    { en: 'messages that left or wait to leave', zh: '已发出或待发出的消息' },
    [],
    'outboxes',
  ),
  message: noun('message', '消息', { en: 'the text of a contact', zh: '触达所发的文字' }),
  receipt: noun('receipt', '回执', {
    en: 'what the channel says became of a message',
    zh: '渠道对消息送达情况的答复',
  }),
  reply: noun('reply', '回复', { en: 'what the customer answers', zh: '客户的回话' }, [], 'replies'),
  script: noun('script', '话术', { en: 'what staff may say', zh: '员工可以说的话' }, ['template']),
  outcome: noun('outcome', '结果', { en: 'what came of a contact', zh: '触达之后的结果' }, [
    'disposition',
    'feedback',
  ]),
  doNotDisturb: noun(
    'do not disturb',
    '免打扰',
    { en: 'refuses marketing contact; beats every policy', zh: '拒绝营销联系；高于一切策略' },
    ['blacklist', 'unsubscribe'],
    'do not disturb',
  ),
  quietHours: noun(
    'quiet hours',
    '免打扰时段',
    { en: 'hours in which nothing is sent', zh: '不发送任何消息的时段' },
    ['curfew'],
    'quiet hours',
  ),
  permission: noun('permission', '权限', { en: 'what a role may do', zh: '角色可以做的事' }, ['right']),
  standIn: noun(
    'stand-in',
    '代理',
    {
      en: 'days on which one member of staff fills the post of another beside their own',
      zh: '一位员工在一段日期内除自己的岗位外兼任另一位的岗位',
    },
    ['deputy', 'substitute'],
    'stand-ins',
  ),
  role: noun('role', '角色', { en: 'what a member of staff is here for', zh: '员工在本系统的职责' }),
  organisation: noun(
    'organisation',
    '组织',
    {
      en: 'the tree of units: province, city, county, grid, team',
      zh: '单位构成的树：省、市、县、网格、班组',
    },
    ['department'],
  ),
  scope: noun(
    'row scope',
    '数据范围',
    { en: 'which subscribers a member of staff may see', zh: '员工可见的用户范围' },
    ['visibility'],
  ),
  approval: noun(
    'approval',
    '审批',
    { en: 'a request that a second person decides', zh: '须由另一人决定的申请' },
    ['sign-off', 'workflow'],
  ),
  mask: verb('mask', '掩码', {
    en: 'show enough of a personal value to recognise it, not to reach or identify',
    zh: '只显示个人信息中足以辨认、不足以联系或识别的部分',
  }),
  unmask: verb('unmask', '查看完整值', {
    en: 'show one masked value in full, for a purpose, counted and audited',
    zh: '按用途查看一个被掩码的完整值，计次并记入审计',
  }),
  audit: noun('audit', '审计', {
    en: 'who saw, changed, exported or unmasked what, chained so that nothing can be changed unseen',
    zh: '谁查看、修改、导出了什么；逐条相连，无法被悄悄改动',
  }),
  seal: noun('seal', '封条', {
    en: 'where the chain of the audit begins once older entries lie in a file',
    zh: '较早的审计记录移入文件后，审计链由此继续',
  }),
  erasure: noun('erasure', '个人数据删除', {
    en: "one customer's personal data made unreadable everywhere, with figures kept",
    zh: '使一名客户的个人数据在各处不可再读，统计数字保留',
  }),
} as const satisfies Readonly<Record<string, Term>>
