import type { Fault } from '#kernel'

export function chainBroken(position: number): Fault<'audit.broken'> {
  return {
    code: 'audit.broken',
    en: `the chain of the audit is broken at entry ${position}: somebody changed it behind the program`,
    zh: `审计链在第 ${position} 条处断裂：有人绕过程序改动过审计记录`,
    at: { position },
  }
}
