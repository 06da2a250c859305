import type { Fault } from '#kernel'

export function nothingToSeal(): Fault<'audit.nothing-to-seal'> {
  return { code: 'audit.nothing-to-seal', en: 'there is no entry as old as that', zh: '没有这么早的审计记录' }
}

export function fileThere(file: string): Fault<'file.exists'> {
  return { code: 'file.exists', en: `${file} is there already`, zh: `${file} 已存在` }
}

export function fileUnwritable(file: string): Fault<'file.unwritable'> {
  return { code: 'file.unwritable', en: `${file} cannot be written`, zh: `无法写入 ${file}` }
}

export function fileUnreadable(file: string): Fault<'audit.file-unreadable'> {
  return { code: 'audit.file-unreadable', en: `${file} cannot be read`, zh: `无法读取 ${file}` }
}

export function noEntries(file: string): Fault<'audit.no-entries'> {
  return {
    code: 'audit.no-entries',
    en: `${file} holds no entries of an audit`,
    zh: `${file} 不是审计记录文件`,
  }
}

export function exportForbidden(): Fault<'export.forbidden'> {
  return {
    code: 'export.forbidden',
    en: 'your role may not see this list, so it may not export it',
    zh: '您的角色无权查看该清单，因此不能导出',
  }
}

/** The same for an export that does not exist and one of somebody else. */
export function exportUnknown(): Fault<'export.unknown'> {
  return { code: 'export.unknown', en: 'there is no such export of yours', zh: '您没有这个导出' }
}

export function exportNotReady(state: string): Fault<'export.not-ready'> {
  return {
    code: 'export.not-ready',
    en: `there is no file to download: the export is ${state}`,
    zh: '没有可下载的文件：该导出尚未生成或已失效',
    at: { state },
  }
}

export function exportEmpty(): Fault<'export.empty'> {
  return { code: 'export.empty', en: 'there is nothing in this list', zh: '清单为空，没有可导出的内容' }
}

export function exportLarge(rowsMax: number): Fault<'export.large'> {
  return {
    code: 'export.large',
    en: `an export has at most ${rowsMax} rows: narrow the list`,
    zh: `一次最多导出 ${rowsMax} 行：请缩小范围`,
    at: { rowsMax },
  }
}

export function exportBroken(error: string): Fault<'export.broken'> {
  return {
    code: 'export.broken',
    en: 'the file could not be made: ask for it again, or tell the administrator',
    zh: '文件未能生成：请重新申请，或告知管理员',
    at: { error },
  }
}

export function makerGone(): Fault<'export.maker-gone'> {
  return {
    code: 'export.maker-gone',
    en: 'whoever asked may no longer see this list',
    zh: '申请人已无权查看该清单',
  }
}

export function purposeUnknown(): Fault<'purpose.unknown'> {
  return { code: 'purpose.unknown', en: 'choose one of the purposes', zh: '请选择用途' }
}
