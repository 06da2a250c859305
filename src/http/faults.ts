import type { Fault } from '#kernel'

export function sessionMissing(): Fault<'session.missing'> {
  return { code: 'session.missing', en: 'please sign in', zh: '请先登录' }
}

export function passwordOwnNeeded(): Fault<'password.own-needed'> {
  return {
    code: 'password.own-needed',
    en: 'choose a password of your own first',
    zh: '请先设置自己的密码',
  }
}

export function malformed(why: string): Fault<'request.malformed'> {
  return {
    code: 'request.malformed',
    en: `the request is not understood: ${why}`,
    zh: `请求格式有误：${why}`,
  }
}

export function tooLarge(): Fault<'request.too-large'> {
  return { code: 'request.too-large', en: 'the request is too large', zh: '请求内容过大' }
}

export function tooMany(seconds: number): Fault<'request.too-many'> {
  return {
    code: 'request.too-many',
    en: `too many requests: try again in ${seconds} s`,
    zh: `请求过于频繁，请在 ${seconds} 秒后重试`,
  }
}

export function tooManyUploads(): Fault<'upload.too-many'> {
  return {
    code: 'upload.too-many',
    en: 'too many files are being sent at this moment: try again in a minute',
    zh: '正在上传的文件过多，请一分钟后重试',
  }
}

export function bodyType(): Fault<'request.body-type'> {
  return {
    code: 'request.body-type',
    en: 'a body is application/json, or where a file is sent the file itself as application/octet-stream',
    zh: '请求内容应为 application/json；上传文件时应以 application/octet-stream 直接发送文件',
  }
}

export function fromElsewhere(): Fault<'request.elsewhere'> {
  return {
    code: 'request.elsewhere',
    en: 'a change may only be asked for from the console itself',
    zh: '仅允许从本系统页面发起更改',
  }
}

export function unknownRoute(): Fault<'route.unknown'> {
  return { code: 'route.unknown', en: 'there is nothing at this address', zh: '该地址不存在' }
}

/** A bug: the details are in the log, never in the answer. */
export function bug(requestId: string): Fault<'server.bug'> {
  return {
    code: 'server.bug',
    en: `something went wrong on our side (request ${requestId})`,
    zh: `系统内部错误（请求号 ${requestId}）`,
  }
}

/** Without the parser's own words: the file may hold a secret. */
export function settingsMalformed(where: string): Fault<'settings.malformed'> {
  return {
    code: 'settings.malformed',
    en: `the sign-in settings are not right: ${where}`,
    zh: `登录设置有误：${where}`,
  }
}

export function oidcOff(): Fault<'oidc.off'> {
  return {
    code: 'oidc.off',
    en: 'no sign-in service is set up here',
    zh: '尚未配置统一身份认证',
  }
}

export function portTaken(port: number): Fault<'http.port-taken'> {
  return {
    code: 'http.port-taken',
    en: `port ${port} is taken by another program: choose one with --port`,
    zh: `端口 ${port} 已被占用：请用 --port 指定其他端口`,
  }
}
