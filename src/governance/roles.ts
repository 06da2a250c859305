interface Words {
  readonly zh: string
  readonly en: string
}

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

/** Who may do what. What is not here, nobody may. */
const rolesWith = {
  'task.look': ['account_manager', 'clerk', 'campaign_manager', 'supervisor'],
  'task.work': ['account_manager', 'clerk', 'supervisor'],
  'task.send': ['account_manager', 'campaign_manager', 'supervisor'],
  'subscriber.look': ['account_manager', 'clerk', 'campaign_manager', 'analyst', 'supervisor', 'dispatcher'],
  'number.plain': ['account_manager', 'clerk', 'dispatcher'],
  'name.plain': ['account_manager', 'clerk', 'dispatcher', 'supervisor'],
  'rule.look': ['account_manager', 'campaign_manager', 'analyst', 'supervisor', 'administrator'],
  'factor.look': ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  'effect.look': ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  'night.look': ['campaign_manager', 'analyst', 'supervisor', 'administrator'],
  'night.stop': ['administrator'],
  'feed.look': ['campaign_manager', 'analyst', 'administrator'],
  'outbox.look': ['campaign_manager', 'supervisor', 'administrator'],
  'live.tell': ['administrator'],
  'staff.change': ['administrator'],
  'audit.look': ['administrator'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof rolesWith

export function can(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = rolesWith[permission]
  return allowed.includes(role)
}

export function permissionsOf(role: Role): readonly Permission[] {
  return (Object.keys(rolesWith) as Permission[]).filter(permission => can(role, permission))
}
