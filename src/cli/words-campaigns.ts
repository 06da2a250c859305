/** What the commands about campaigns say. */
export const campaignZh = {
  campaign: '活动：对谁、以什么方案、经哪些渠道、何时触达，以及成效',
  campaignList: '列出活动，最近修改的在前',
  campaignShow: '显示一个活动：计划、可做的操作、进展',
  campaignCheck: '检查一份计划（YAML 或 JSON 文件）：全部错误，或选中人数、费用与短信条数',
  campaignAdd: '新建活动（草稿）',
  campaignChange: '修改活动；启动后只能缩小规模或修改文字',
  campaignSubmit: '提交审批',
  campaignDryRun: '试算：走完所有关卡，但不产生任何任务',
  campaignTestSend: '试发短信给员工：与用户收到的一字不差，不计入任何触达、预算和限额',
  campaignTestTo: '收件员工的账号；省略则发给 --staff 本人',
  campaignMove: { launch: '启动', pause: '暂停', resume: '恢复', close: '结束并生成报告' },
  campaignId: '活动编号，见 campaign list',
  planFile: '计划文件（YAML 或 JSON）',
  planVersion: '所见的版本号，见 campaign show',
  noCampaigns: '没有活动',
  campaignFinds: (p: { found: number; approached: number; aside: number; days: number }) =>
    `选中 ${p.found} 户：约触达 ${p.approached} 户，对照 ${p.aside} 户，按每日上限需 ${p.days} 天`,
  campaignCosts: (p: { yuan: string }) => `方案费用合计最多 ${p.yuan}`,
  campaignListed: (p: { count: number }) => `名单共 ${p.count} 户`,
  campaignOwn: '与活动对照组相比',
  campaignUniversal: '与全局对照组相比',
  campaignOver: '超出预算',
  campaignSms: (p: { units: number; parts: number; yuan: string }) =>
    `短信 ${p.units} 字，按 ${p.parts} 条计费，每户 ${p.yuan}`,
  campaignMembers: (p: { treated: number; control: number; universal: number }) =>
    `名单：触达 ${p.treated}，活动对照 ${p.control}，全局对照 ${p.universal}`,
  campaignIssued: (p: { issued: number; yuan: string }) => `已下发任务 ${p.issued}，费用 ${p.yuan}`,
  campaignDue: (p: { members: number; due: number }) => `名单 ${p.members} 户，今日轮到 ${p.due} 户`,
}

export const campaignEn: typeof campaignZh = {
  campaign: 'campaigns: whom to approach with what, through which channels, when, and how it goes',
  campaignList: 'list campaigns, what changed last first',
  campaignShow: 'show a campaign: its plan, what may be done, how it stands',
  campaignCheck:
    'check a plan (YAML or JSON file): all its faults, or whom it finds, what it costs, its message',
  campaignAdd: 'plan a campaign (a draft)',
  campaignChange: 'change a campaign; after the launch it can only become smaller or say other words',
  campaignSubmit: 'send for approval',
  campaignDryRun: 'dry run: every gate is passed, no task is made',
  campaignTestSend:
    'send the message to a member of staff, word for word as a subscriber gets it; it counts as nothing',
  campaignTestTo: 'login of whoever gets it; the --staff themselves when left out',
  campaignMove: { launch: 'launch', pause: 'pause', resume: 'resume', close: 'close, with its report' },
  campaignId: 'number of the campaign, see campaign list',
  planFile: 'file with the plan (YAML or JSON)',
  planVersion: 'the version you saw, see campaign show',
  noCampaigns: 'no campaigns',
  campaignFinds: p =>
    `finds ${p.found}: about ${p.approached} to approach, ${p.aside} kept aside, ${p.days} days at the rate a day`,
  campaignCosts: p => `the offer costs ${p.yuan} at most`,
  campaignListed: p => `the list names ${p.count}`,
  campaignOwn: 'against its own control group',
  campaignUniversal: 'against the universal control group',
  campaignOver: 'over the budget',
  campaignSms: p => `SMS of ${p.units} characters, charged as ${p.parts}, ${p.yuan} each`,
  campaignMembers: p =>
    `members: ${p.treated} to approach, ${p.control} kept aside by it, ${p.universal} in the universal control group`,
  campaignIssued: p => `${p.issued} tasks made, ${p.yuan} spent`,
  campaignDue: p => `${p.members} members, ${p.due} of them due today`,
}
