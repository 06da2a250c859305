import type { Fault } from '#kernel'

/** What may be wrong with a line of an imported file. */

export function idMalformed(id: string): Fault<'import.id'> {
  return {
    code: 'import.id',
    en: `"${id}" cannot be the id of a unit: 1 to 40 letters, digits, - or _`,
    zh: `“${id}”不能作为单位标识：须为 1 至 40 个字母、数字、- 或 _`,
  }
}

export function repeated(line: number): Fault<'import.repeated'> {
  return { code: 'import.repeated', en: `already on line ${line}`, zh: `与第 ${line} 行重复` }
}

export function levelUnknown(level: string): Fault<'import.level'> {
  return {
    code: 'import.level',
    en: `"${level}" is no level: hq, province, city, county, grid or team`,
    zh: `没有级别“${level}”：应为 hq、province、city、county、grid 或 team`,
  }
}

export function cellEmpty(): Fault<'import.empty'> {
  return { code: 'import.empty', en: 'this may not be empty', zh: '此列不能为空' }
}

export function parentUnknown(id: string): Fault<'import.unit-unknown'> {
  return {
    code: 'import.unit-unknown',
    en: `there is no unit "${id}" in the file or in your part of the organisation`,
    zh: `文件中和您所辖的组织中都没有单位“${id}”`,
  }
}

export function belowItself(): Fault<'import.loop'> {
  return { code: 'import.loop', en: 'the unit would lie below itself', zh: '该单位将位于自身之下' }
}

export function loginMalformed(login: string): Fault<'import.login'> {
  return {
    code: 'import.login',
    en: `"${login}" cannot be a login: letters, digits, . _ @ or -, at most 60`,
    zh: `“${login}”不能作为账号：至多 60 个字母、数字、. _ @ 或 -`,
  }
}

export function staffElsewhere(login: string): Fault<'import.login-taken'> {
  return { code: 'import.login-taken', en: `the login "${login}" is taken`, zh: `账号“${login}”已被使用` }
}

export function roleStrange(code: string): Fault<'import.role'> {
  return { code: 'import.role', en: `there is no role "${code}"`, zh: `没有角色“${code}”` }
}

export function classUnknown(value: string): Fault<'import.value-class'> {
  return {
    code: 'import.value-class',
    en: `"${value}" is no value class: high, middle or low`,
    zh: `没有价值分类“${value}”：应为 high、middle 或 low`,
  }
}

export function numberExpected(): Fault<'import.number'> {
  return {
    code: 'import.number',
    en: 'a whole number from 0 to 100000 is expected',
    zh: '应为 0 至 100000 的整数',
  }
}

export function yesOrNo(): Fault<'import.yes-no'> {
  return { code: 'import.yes-no', en: 'yes or no is expected', zh: '应为 yes 或 no' }
}

export function columnMissing(column: string): Fault<'import.column-missing'> {
  return { code: 'import.column-missing', en: `the column "${column}" is missing`, zh: `缺少列“${column}”` }
}

export function columnStrange(column: string): Fault<'import.column-unknown'> {
  return {
    code: 'import.column-unknown',
    en: `nothing is known of a column "${column}"`,
    zh: `不认识列“${column}”`,
  }
}

export function linesTooMany(most: number): Fault<'import.too-many'> {
  return { code: 'import.too-many', en: `more than ${most} lines`, zh: `超过 ${most} 行` }
}
