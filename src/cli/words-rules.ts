/** What the commands about rules say. */
const zh = {
  preview: '试算规则：文件中的规则（格式同 catalogue/rules），或用 --rule 指定一条在用规则；不作任何更改',
  previewRule: '只试算这条规则',
  snapshot: (p: { asOf: string; of: number }) => `数据日 ${p.asOf}，范围内用户 ${p.of}`,
  matched: (p: { count: number; share: string }) => `命中 ${p.count}（${p.share}）`,
  heldRule: (p: { why: string }) => `暂停，不计数：${p.why}`,
  byValue: '按价值',
  byStage: '按阶段',
  byBrand: '按品牌',
  byBranch: '按分支',
  unknown: '（缺失）',
  overlaps: '与在用规则重叠（共有 / 该规则）',
  sensitive: '门槛变动时的命中数',
  feeds: '依赖的数据',
  through: (p: { day: string }) => `到 ${p.day}`,
  never: '从未到达',
  capacity: '触达所需',
  call: (p: { contacts: number; hours: string; of: string }) =>
    `电话 ${p.contacts} 次，${p.hours} 小时（客户经理当日共 ${p.of} 小时）`,
  sms: (p: { contacts: number; of: number }) => `短信 ${p.contacts} 条（每日上限 ${p.of}）`,
  sample: '样例',
}
const en: typeof zh = {
  preview:
    'try out the rules of a file (as in catalogue/rules), or one in force with --rule; nothing is changed',
  previewRule: 'only this rule',
  snapshot: p => `as of ${p.asOf}, ${p.of} subscribers in scope`,
  matched: p => `selects ${p.count} (${p.share})`,
  heldRule: p => `held, not counted: ${p.why}`,
  byValue: 'by value',
  byStage: 'by stage',
  byBrand: 'by brand',
  byBranch: 'by branch',
  unknown: '(missing)',
  overlaps: 'shared with rules in force (shared / that rule)',
  sensitive: 'selected, were a threshold another',
  feeds: 'feeds it rests on',
  through: p => `through ${p.day}`,
  never: 'never came',
  capacity: 'what contacting them would take',
  call: p => `${p.contacts} calls, ${p.hours} hours (managers have ${p.of} a day)`,
  sms: p => `${p.contacts} SMS (at most ${p.of} a day)`,
  sample: 'sample',
}

export const ruleWords = { zh, en }
export type RuleWords = typeof zh
