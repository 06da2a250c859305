import type { Fault } from '#kernel'

/** One answer for an unknown login, a wrong password, a closed account and a pause: it tells a stranger nothing. */
export function signInRefused(): Fault<'sign-in.refused'> {
  return {
    code: 'sign-in.refused',
    en: 'login and password do not match, or there were too many attempts: wait a little and try again',
    zh: '账号与密码不匹配，或尝试次数过多：请稍后再试',
  }
}

export function passwordShort(charactersMin: number): Fault<'password.short'> {
  return {
    code: 'password.short',
    en: `a password has at least ${charactersMin} characters`,
    zh: `密码至少 ${charactersMin} 个字符`,
  }
}

export function passwordLong(bytesMax: number): Fault<'password.long'> {
  return {
    code: 'password.long',
    en: `a password has at most ${bytesMax} bytes`,
    zh: `密码最长 ${bytesMax} 字节`,
  }
}

export function passwordGuessable(): Fault<'password.guessable'> {
  return {
    code: 'password.guessable',
    en: 'the password is easy to guess: not the login in it, not few characters repeated, none of the usual ones',
    zh: '密码过于简单：不得包含账号、不得是少数字符的重复、不得使用常见密码',
  }
}

export function passwordWrong(): Fault<'password.wrong'> {
  return { code: 'password.wrong', en: 'the present password is not right', zh: '当前密码不正确' }
}

export function nodeUnknown(id: string): Fault<'node.unknown'> {
  return {
    code: 'node.unknown',
    en: `the organisation has no unit "${id}"`,
    zh: `组织中没有单位“${id}”`,
  }
}

export function nodeMalformed(id: string): Fault<'node.malformed'> {
  return {
    code: 'node.malformed',
    en: `"${id}" cannot be the id of a unit: 1 to 40 letters, digits, - or _`,
    zh: `“${id}”不能作为单位标识：须为 1 至 40 个字母、数字、- 或 _`,
  }
}

export function nodesLoop(id: string): Fault<'node.loop'> {
  return { code: 'node.loop', en: `unit "${id}" lies below itself`, zh: `单位“${id}”位于自身之下` }
}

export function loginTaken(login: string): Fault<'staff.login-taken'> {
  return { code: 'staff.login-taken', en: `the login "${login}" is taken`, zh: `账号“${login}”已被使用` }
}

/** Whoever asks holds no role that may. */
export function permissionMissing(): Fault<'permission.missing'> {
  return { code: 'permission.missing', en: 'your role may not do this', zh: '您的角色无权进行此操作' }
}
