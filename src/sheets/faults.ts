import type { Fault } from '#kernel'

/** What may be wrong with a file that somebody sends. None repeats what stands in it. */

const mebibyte = 2 ** 20

export function fileTooLarge(bytesMax: number): Fault<'file.too-large'> {
  const size = `${Math.floor((bytesMax / mebibyte) * 10) / 10} MiB`
  return { code: 'file.too-large', en: `the file is larger than ${size}`, zh: `文件超过 ${size}` }
}

export function fileBrokenOff(): Fault<'file.broken-off'> {
  return {
    code: 'file.broken-off',
    en: 'the file did not arrive whole: send it again',
    zh: '文件未完整送达，请重新上传',
  }
}

export function fileNoRoom(): Fault<'file.no-room'> {
  return {
    code: 'file.no-room',
    en: 'there is no room left on the disk of the server',
    zh: '服务器磁盘空间不足',
  }
}

export function fileMissing(path: string): Fault<'file.missing'> {
  return { code: 'file.missing', en: `there is no file ${path}`, zh: `没有文件 ${path}` }
}

export function fileEmpty(): Fault<'file.empty'> {
  return { code: 'file.empty', en: 'the file has no line in it', zh: '文件中没有任何行' }
}

export function fileNotSheet(): Fault<'file.not-sheet'> {
  return {
    code: 'file.not-sheet',
    en: 'the content is neither CSV text nor an Excel workbook (.xlsx), whatever the file is called',
    zh: '文件内容既不是 CSV 文本，也不是 Excel 工作簿（.xlsx），与文件名无关',
  }
}

export function fileOldExcel(): Fault<'file.old-excel'> {
  return {
    code: 'file.old-excel',
    en: 'an Excel file of the old kind, or one with a password: save it as .xlsx without a password, or as CSV',
    zh: '旧版或加密的 Excel 文件：请另存为不加密的 .xlsx 或 CSV',
  }
}

export function fileEncoding(): Fault<'file.encoding'> {
  return {
    code: 'file.encoding',
    en: 'the text is neither UTF-8 nor GB18030: save it as "CSV UTF-8"',
    zh: '文本编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”',
  }
}

export function workbookBroken(): Fault<'file.workbook-broken'> {
  return {
    code: 'file.workbook-broken',
    en: 'the Excel workbook cannot be read: it is damaged or not whole',
    zh: '无法读取该 Excel 工作簿：文件损坏或不完整',
  }
}

export function workbookTooLarge(): Fault<'file.workbook-too-large'> {
  return {
    code: 'file.workbook-too-large',
    en: 'unpacked, the Excel workbook is too large',
    zh: '该 Excel 工作簿解压后过大',
  }
}

export function notCsv(): Fault<'file.not-csv'> {
  return {
    code: 'file.not-csv',
    en: 'from here on it cannot be read as CSV: a quotation mark is not closed or stands inside a cell, or the line is far too long',
    zh: '从此处起无法按 CSV 读取：引号未闭合或出现在单元格中间，或该行过长',
  }
}

export function lineUneven(cells: number, columns: number): Fault<'file.uneven'> {
  return {
    code: 'file.uneven',
    en: `${cells} cells where there are ${columns} columns`,
    zh: `有 ${cells} 个单元格，而表头有 ${columns} 列`,
  }
}

export function cellFormula(): Fault<'file.formula'> {
  return {
    code: 'file.formula',
    en: 'a formula: paste it as a value',
    zh: '单元格是公式，请粘贴为数值',
  }
}

export function cellRounded(): Fault<'file.rounded'> {
  return {
    code: 'file.rounded',
    en: 'Excel has rounded this long number: format the column as text',
    zh: '长数字已被 Excel 舍入，请把该列设为文本格式',
  }
}

export function cellError(): Fault<'file.cell-error'> {
  return { code: 'file.cell-error', en: 'the cell holds an error', zh: '单元格内容为错误值' }
}
