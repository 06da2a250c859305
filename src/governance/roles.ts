interface Words {
  readonly zh: string
  readonly en: string
}

/** Whose rows a role is about: those one answers for oneself, or those of the whole branch below one's unit. */
export type Reach = 'own' | 'branch'

/** The roles that every installation has. */
export const roles = {
  account_manager: { zh: '客户经理', en: 'account manager' },
  clerk: { zh: '营业员', en: 'desk clerk' },
  campaign_manager: { zh: '维系策划', en: 'campaign manager' },
  analyst: { zh: '分析员', en: 'analyst' },
  supervisor: { zh: '主管', en: 'supervisor' },
  dispatcher: { zh: '调度员', en: 'service dispatcher' },
  administrator: { zh: '管理员', en: 'administrator' },
} as const satisfies Record<string, Words>
export type Role = keyof typeof roles

interface Granted extends Words {
  readonly roles: readonly Role[]
}

/** Who may do what. What is not here, nobody may. A permission without a role is for custom roles. */
export const permissions = {
  'task.look': {
    zh: '查看任务',
    en: 'see tasks',
    roles: ['account_manager', 'clerk', 'campaign_manager', 'supervisor'],
  },
  'task.work': {
    zh: '处理任务',
    en: 'work on tasks',
    roles: ['account_manager', 'clerk', 'supervisor'],
  },
  'task.send': {
    zh: '发送短信任务',
    en: 'send SMS tasks',
    roles: ['account_manager', 'campaign_manager', 'supervisor'],
  },
  'subscriber.look': {
    zh: '查看用户',
    en: 'see subscribers',
    roles: ['account_manager', 'clerk', 'campaign_manager', 'analyst', 'supervisor', 'dispatcher'],
  },
  'number.plain': {
    zh: '查看完整号码',
    en: 'see phone numbers in full',
    roles: ['account_manager', 'clerk', 'dispatcher'],
  },
  'name.plain': {
    zh: '查看完整姓名',
    en: 'see names in full',
    roles: ['account_manager', 'clerk', 'dispatcher', 'supervisor'],
  },
  'document.plain': { zh: '查看完整证件号', en: 'see document ids in full', roles: [] },
  'address.plain': {
    zh: '查看完整地址',
    en: 'see addresses in full',
    roles: ['account_manager', 'clerk', 'dispatcher'],
  },
  'counterparty.plain': { zh: '查看完整对端号码', en: 'see counterparties’ numbers in full', roles: [] },
  'rule.look': {
    zh: '查看规则',
    en: 'see rules',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'list.look': {
    zh: '查看名单',
    en: 'see lists',
    roles: ['campaign_manager', 'analyst', 'supervisor'],
  },
  'list.change': {
    zh: '导入、核对和提交名单',
    en: 'import, check and submit lists',
    roles: ['campaign_manager', 'analyst'],
  },
  'campaign.look': {
    zh: '查看活动',
    en: 'see campaigns',
    roles: ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'campaign.plan': { zh: '策划活动', en: 'plan campaigns', roles: ['campaign_manager'] },
  'rule.try': {
    zh: '试算规则',
    en: 'try out rules',
    roles: ['campaign_manager', 'analyst'],
  },
  'rule.change': {
    zh: '起草、申请启用和停用规则',
    en: 'draft rules, ask for them to be put into force, retire them',
    roles: ['campaign_manager', 'analyst'],
  },
  'factor.look': {
    zh: '查看因子',
    en: 'see factors',
    roles: ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'segment.look': {
    zh: '查看客户分布',
    en: 'see the map of customers',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor'],
  },
  'tag.look': {
    zh: '查看标签',
    en: 'see tags',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor'],
  },
  'tag.change': {
    zh: '编写、导入、启用和停用标签',
    en: 'write tags, fill them from files, put them into force, retire them',
    roles: ['campaign_manager', 'analyst'],
  },
  'segment.change': {
    zh: '更改客户分布图并申请启用',
    en: 'change the map of customers and ask for it to be put into force',
    roles: ['campaign_manager', 'analyst'],
  },
  'care.look': {
    zh: '查看关怀日历',
    en: 'see the care calendar',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor'],
  },
  'warning.look': {
    zh: '查看预警',
    en: 'see warnings',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor'],
  },
  'effect.look': {
    zh: '查看效果',
    en: 'see effects',
    roles: ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'night.look': {
    zh: '查看夜间流程',
    en: 'see nights',
    roles: ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'night.stop': { zh: '中止夜间流程', en: 'stop a night', roles: ['administrator'] },
  'feed.look': {
    zh: '查看接口数据',
    en: 'see feeds',
    roles: ['campaign_manager', 'analyst', 'administrator'],
  },
  'outbox.look': {
    zh: '查看发件箱',
    en: 'see the outbox',
    roles: ['campaign_manager', 'supervisor', 'administrator'],
  },
  'live.tell': { zh: '告知实时事实', en: 'tell live facts', roles: ['administrator'] },
  'staff.look': {
    zh: '查看组织与员工',
    en: 'see the organisation and its staff',
    roles: ['supervisor', 'administrator'],
  },
  'staff.change': {
    zh: '管理组织、员工与角色',
    en: 'change the organisation, staff and roles',
    roles: ['administrator'],
  },
  'session.end': {
    zh: '查看并结束他人的会话',
    en: 'see and end the sessions of others',
    roles: ['administrator'],
  },
  'token.change': { zh: '管理接口令牌', en: 'manage API tokens', roles: ['administrator'] },
  'audit.look': { zh: '查看审计', en: 'see the audit', roles: ['administrator'] },
  'value.unmask': {
    zh: '按用途查看单个完整值',
    en: 'unmask one value for a purpose',
    roles: ['account_manager', 'clerk', 'campaign_manager', 'supervisor', 'dispatcher'],
  },
  'export.ask': {
    zh: '申请导出',
    en: 'ask for exports',
    roles: ['account_manager', 'campaign_manager', 'analyst', 'supervisor', 'administrator'],
  },
  'approval.decide': { zh: '审批', en: 'decide requests', roles: ['supervisor', 'administrator'] },
  'approval.decide-large': { zh: '审批大额申请', en: 'decide large requests', roles: ['administrator'] },
} as const satisfies Record<string, Granted>
export type Permission = keyof typeof permissions

/** Every permission, in the order of the table. */
export const allPermissions = Object.keys(permissions) as readonly Permission[]

/** Somebody who holds permissions: a member of staff, or what is left of one for a row or a token. */
export interface Holder {
  readonly permissions: ReadonlySet<Permission>
}

export function can(holder: Holder, permission: Permission): boolean {
  return holder.permissions.has(permission)
}

/** What a role may do, and for whose rows. */
export interface RoleDefinition {
  readonly code: string
  readonly title: Words
  readonly reach: Reach
  readonly permissions: readonly Permission[]
}

/** The built-in roles as definitions. */
export const builtInRoles: readonly RoleDefinition[] = (Object.keys(roles) as Role[]).map(code => ({
  code,
  title: roles[code],
  reach: code === 'account_manager' ? 'own' : 'branch',
  permissions: allPermissions.filter(permission => isGranted(permissions[permission], code)),
}))

function isGranted(granted: Granted, role: Role): boolean {
  return granted.roles.includes(role)
}

/** A permission that a later version took away is none. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text)
}
