import type { Fault } from '#kernel'

export function sessionUnnamed(): Fault<'usage.session-unnamed'> {
  return {
    code: 'usage.session-unnamed',
    en: 'say which session: its id, or --staff for all of one person',
    zh: '请指明会话：给出会话标识，或用 --staff 指定一名员工的全部会话',
  }
}
