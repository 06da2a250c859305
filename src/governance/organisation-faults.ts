import type { Fault } from '#kernel'
import { nodeUnknown } from './faults.ts'

export function nodeLevel(id: string): Fault<'node.level'> {
  return {
    code: 'node.level',
    en: `unit "${id}" must lie below one of a higher level (hq, province, city, county, grid; a team below any of them)`,
    zh: `单位“${id}”必须位于更高一级的单位之下（总部、省、市、县、网格；班组可在其中任一级之下）`,
  }
}

export function nodeRoots(): Fault<'node.roots'> {
  return {
    code: 'node.roots',
    en: 'the organisation has exactly one unit without a parent',
    zh: '组织中有且只有一个没有上级的单位',
  }
}

export function nodeInUse(id: string): Fault<'node.in-use'> {
  return {
    code: 'node.in-use',
    en: `unit "${id}" still has units, staff or subscribers: move them first`,
    zh: `单位“${id}”下仍有单位、员工或用户：请先移走`,
  }
}

/** The same for somebody who does not exist and somebody out of scope. */
export function staffNowhere(): Fault<'staff.unknown'> {
  return { code: 'staff.unknown', en: 'there is no such member of staff', zh: '没有这位员工' }
}

export function staffSelf(): Fault<'staff.self'> {
  return {
    code: 'staff.self',
    en: 'nobody changes their own roles or unit, or closes their own account',
    zh: '不能更改自己的角色或单位，也不能停用自己的账号',
  }
}

/** Never says which. */
export function staffPhone(): Fault<'staff.phone'> {
  return {
    code: 'staff.phone',
    en: 'this is no phone number: 5 to 20 digits, with +86, blanks and dashes if need be',
    zh: '不是电话号码：应为 5 至 20 位数字，可带 +86、空格和短横',
  }
}

export function staffWithoutPhone(login: string): Fault<'staff.no-phone'> {
  return {
    code: 'staff.no-phone',
    en: `"${login}" has no phone number here: whoever manages staff adds one`,
    zh: `“${login}”没有登记电话号码：请由管理员工的人添加`,
  }
}

export function lastAdministrator(): Fault<'staff.last-administrator'> {
  return {
    code: 'staff.last-administrator',
    en: 'somebody must remain who is an administrator at the root',
    zh: '必须至少保留一位总部管理员',
  }
}

export function rolesMissing(): Fault<'staff.no-role'> {
  return { code: 'staff.no-role', en: 'a member of staff has at least one role', zh: '员工至少要有一个角色' }
}

export function roleUnknown(code: string): Fault<'role.unknown'> {
  return { code: 'role.unknown', en: `there is no role "${code}"`, zh: `没有角色“${code}”` }
}

export function roleBuiltIn(code: string): Fault<'role.built-in'> {
  return {
    code: 'role.built-in',
    en: `"${code}" is built in and stays as it is: make a role of your own`,
    zh: `“${code}”是内置角色，不能更改：请新建角色`,
  }
}

export function roleMalformed(code: string): Fault<'role.malformed'> {
  return {
    code: 'role.malformed',
    en: `"${code}" cannot be the code of a role: a small letter, then at most 39 small letters, digits or _`,
    zh: `“${code}”不能作为角色代码：须以小写字母开头，其后至多 39 个小写字母、数字或下划线`,
  }
}

export function roleHeld(code: string, staff: number): Fault<'role.held'> {
  return {
    code: 'role.held',
    en: `${staff} members of staff still hold the role "${code}"`,
    zh: `仍有 ${staff} 位员工拥有角色“${code}”`,
  }
}

export function permissionUnknown(code: string): Fault<'permission.unknown'> {
  return {
    code: 'permission.unknown',
    en: `there is no permission "${code}"`,
    zh: `没有权限“${code}”`,
  }
}

export function standInSelf(): Fault<'stand-in.self'> {
  return { code: 'stand-in.self', en: 'nobody stands in for themselves', zh: '不能代理自己' }
}

export function standInSpan(): Fault<'stand-in.span'> {
  return {
    code: 'stand-in.span',
    en: 'a stand-in begins before it ends and lasts at most a year',
    zh: '代理的开始日须早于结束日，且不超过一年',
  }
}

export function standInUnknown(): Fault<'stand-in.unknown'> {
  return {
    code: 'stand-in.unknown',
    en: 'there is no such stand-in that still runs',
    zh: '没有这条仍有效的代理',
  }
}

export function rolesElsewhere(): Fault<'role.elsewhere'> {
  return {
    code: 'role.elsewhere',
    en: 'roles are the whole organisation’s: only who answers for all of it changes them',
    zh: '角色属于整个组织：只有负责整个组织的人才能更改',
  }
}

/** What whoever changes the organisation may be told beside what the tables say. */
export const organisationFaults = {
  nodeUnknown,
  nodeLevel,
  staffNowhere,
  staffSelf,
  staffWithoutPhone,
  standInSpan,
  standInUnknown,
  rolesElsewhere,
}
