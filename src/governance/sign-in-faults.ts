import type { Fault } from '#kernel'

export function passwordUsedBefore(times: number): Fault<'password.used-before'> {
  return {
    code: 'password.used-before',
    en: `choose a password that is none of your last ${times}`,
    zh: `新密码不得与最近 ${times} 个密码相同`,
  }
}

export function passwordsClosed(): Fault<'sign-in.passwords-closed'> {
  return {
    code: 'sign-in.passwords-closed',
    en: 'here people sign in through the company’s sign-in service, not with a password',
    zh: '本系统已启用统一身份认证，不能使用密码登录',
  }
}

/** The password was right; the second step is still to come. */
export function codeNeeded(): Fault<'sign-in.code-needed'> {
  return {
    code: 'sign-in.code-needed',
    en: 'enter the code your authenticator shows, or one of your recovery codes',
    zh: '请输入身份验证器上显示的验证码，或一个恢复码',
  }
}

export function codeWrong(): Fault<'totp.code-wrong'> {
  return {
    code: 'totp.code-wrong',
    en: 'the code is not right or was used already: wait for the next one',
    zh: '验证码不正确或已使用过：请等待下一个验证码',
  }
}

export function totpOn(): Fault<'totp.on'> {
  return {
    code: 'totp.on',
    en: 'two-step sign-in is on already: turn it off first to set up another authenticator',
    zh: '两步验证已开启：如需更换身份验证器，请先关闭',
  }
}

export function totpOff(): Fault<'totp.off'> {
  return { code: 'totp.off', en: 'two-step sign-in is not being set up', zh: '尚未开始设置两步验证' }
}

export function sessionUnknown(): Fault<'session.unknown'> {
  return { code: 'session.unknown', en: 'there is no such session', zh: '没有这个会话' }
}

export function tokenUnknown(): Fault<'token.unknown'> {
  return { code: 'token.unknown', en: 'there is no such token', zh: '没有这个令牌' }
}

export function tokenNoPermission(): Fault<'token.no-permission'> {
  return {
    code: 'token.no-permission',
    en: 'a token needs at least one permission, and none that manages accounts, sessions or tokens',
    zh: '令牌至少需要一项权限，且不得包含管理账号、会话或令牌的权限',
  }
}

export function tokenSpan(daysMax: number): Fault<'token.span'> {
  return {
    code: 'token.span',
    en: `a token is valid for 1 to ${daysMax} days`,
    zh: `令牌有效期为 1 至 ${daysMax} 天`,
  }
}

export function oidcUnreachable(): Fault<'oidc.unreachable'> {
  return {
    code: 'oidc.unreachable',
    en: 'the sign-in service does not answer: try again later or tell your administrator',
    zh: '统一身份认证服务没有应答：请稍后重试或联系管理员',
  }
}

export function oidcAnswerWrong(): Fault<'oidc.answer-wrong'> {
  return {
    code: 'oidc.answer-wrong',
    en: 'the sign-in service gave an answer that does not hold: begin signing in again, and tell your administrator if it stays so',
    zh: '统一身份认证服务的应答未通过校验：请重新登录，若仍如此请联系管理员',
  }
}

export function oidcAttemptUnknown(): Fault<'oidc.attempt-unknown'> {
  return {
    code: 'oidc.attempt-unknown',
    en: 'this sign-in was not begun in this browser, took too long, or was finished already: begin again',
    zh: '本次登录不是从此浏览器发起、已超时或已完成：请重新登录',
  }
}

export function oidcDenied(): Fault<'oidc.denied'> {
  return {
    code: 'oidc.denied',
    en: 'the sign-in service did not let you in',
    zh: '统一身份认证服务未准许登录',
  }
}

export function oidcStranger(): Fault<'oidc.stranger'> {
  return {
    code: 'oidc.stranger',
    en: 'the sign-in service knows you, but no account here belongs to you: ask your administrator for one',
    zh: '统一身份认证已确认您的身份，但本系统没有您的账号：请联系管理员开通',
  }
}

export function oidcLinkedOtherwise(): Fault<'oidc.linked-otherwise'> {
  return {
    code: 'oidc.linked-otherwise',
    en: 'the account of this name belongs to another person at the sign-in service: ask your administrator',
    zh: '此账号已绑定统一身份认证中的另一身份：请联系管理员',
  }
}
