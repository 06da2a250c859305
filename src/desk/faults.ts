import type { Fault } from '#kernel'

export function noBinaries(platform: string): Fault<'desk.no-binaries'> {
  return {
    code: 'desk.no-binaries',
    en: `there is no PostgreSQL from npm for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer`,
    zh: `npm 中没有适用于 ${platform} 的 PostgreSQL：请用 DATABASE_URL 指定 PostgreSQL 15 或更高版本`,
  }
}

export function rootHasNoWay(): Fault<'desk.root-has-no-way'> {
  return {
    code: 'desk.root-has-no-way',
    en: 'PostgreSQL refuses to run as root and no other account can use the data folder: run as an ordinary account, or set DATABASE_URL',
    zh: 'PostgreSQL 不允许以 root 运行，且没有其他账号能使用数据目录：请以普通账号运行，或设置 DATABASE_URL',
  }
}

export function socketNotOurs(): Fault<'desk.socket-not-ours'> {
  return {
    code: 'desk.socket-not-ours',
    en: 'the socket folder under /tmp belongs to someone else: use a data folder with a shorter path',
    zh: '/tmp 下的套接字目录属于其他账号：请换用路径较短的数据目录',
  }
}

export function initFailed(why: string): Fault<'desk.init-failed'> {
  return {
    code: 'desk.init-failed',
    en: `initdb failed: ${why.trim()}`,
    zh: `数据库初始化失败：${why.trim()}`,
  }
}

export function startFailed(log: string): Fault<'desk.start-failed'> {
  return {
    code: 'desk.start-failed',
    en: `PostgreSQL did not start; its log is ${log}`,
    zh: `PostgreSQL 未能启动，日志见 ${log}`,
  }
}

export function unreachable(why: string): Fault<'desk.unreachable'> {
  return {
    code: 'desk.unreachable',
    en: `the database of DATABASE_URL cannot be reached: ${why}`,
    zh: `无法连接 DATABASE_URL 指定的数据库：${why}`,
  }
}

export function tooOld(version: string): Fault<'desk.too-old'> {
  return {
    code: 'desk.too-old',
    en: `PostgreSQL 15 or newer is needed; this one is ${version}`,
    zh: `需要 PostgreSQL 15 或更高版本，当前为 ${version}`,
  }
}

export function migrationChanged(id: string): Fault<'desk.migration-changed'> {
  return {
    code: 'desk.migration-changed',
    en: `migration ${id} was applied in another form: this program and this database do not belong together`,
    zh: `迁移 ${id} 的内容与已应用的不一致：程序与数据库版本不匹配`,
  }
}

export function busy(work: string): Fault<'desk.busy'> {
  return {
    code: 'desk.busy',
    en: `${work} is already running in another process`,
    zh: `${work} 正在另一个进程中运行`,
    at: { lock: work },
  }
}
