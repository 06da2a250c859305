import type { Fault } from '#kernel'

export function mappingUnreadable(file: string): Fault<'mapping.unreadable'> {
  return {
    code: 'mapping.unreadable',
    en: `the mapping file ${file} cannot be read`,
    zh: `无法读取映射文件 ${file}`,
    at: { file },
  }
}

export function mappingSyntax(line: number, why: string): Fault<'mapping.syntax'> {
  return {
    code: 'mapping.syntax',
    en: `line ${line} is not YAML: ${why}`,
    zh: `第 ${line} 行不是合法的 YAML：${why}`,
    at: { line },
  }
}

/** `where` is a place in the mapping file (feeds.recharge.columns.amount). */
export function mappingWrong(line: number, where: string, en: string, zh: string): Fault<'mapping.wrong'> {
  return {
    code: 'mapping.wrong',
    en: `line ${line}: ${where} ${en}`,
    zh: `第 ${line} 行：${where} ${zh}`,
    at: { line, where },
  }
}

/** Which delivery a fault is about: plain data, no value of any row. */
export type Where = Readonly<{ feed: string; from: string; to: string }>

export function controlMissing(at: Where): Fault<'delivery.control-missing'> {
  return {
    code: 'delivery.control-missing',
    en: `the delivery of ${at.feed} for ${at.from} has no control file: it may be half-written, nothing was loaded`,
    zh: `${at.feed} ${at.from} 的交付缺少控制文件，可能尚未写完，未加载任何数据`,
    at,
  }
}

export function controlUnreadable(at: Where): Fault<'delivery.control-unreadable'> {
  return {
    code: 'delivery.control-unreadable',
    en: `the control file of ${at.feed} for ${at.from} is not as agreed: nothing was loaded`,
    zh: `${at.feed} ${at.from} 的控制文件格式不符约定，未加载任何数据`,
    at,
  }
}

/** The file and its control file disagree. `what`: bytes | rows | span. */
export function halfWritten(
  at: Where,
  what: string,
  expected: string | number,
  found: string | number,
): Fault<'delivery.half-written'> {
  return {
    code: 'delivery.half-written',
    en: `the delivery of ${at.feed} for ${at.from} is not whole: its control file says ${what} ${expected}, the file has ${found}; nothing was loaded`,
    zh: `${at.feed} ${at.from} 的交付不完整：控制文件 ${what} 为 ${expected}，实际为 ${found}，未加载任何数据`,
    at: { ...at, what, expected, found },
  }
}

export function truncated(at: Where): Fault<'delivery.truncated'> {
  return {
    code: 'delivery.truncated',
    en: `the Parquet file of ${at.feed} for ${at.from} is cut off or damaged: nothing was loaded`,
    zh: `${at.feed} ${at.from} 的 Parquet 文件被截断或损坏，未加载任何数据`,
    at,
  }
}

export function wrongEncoding(at: Where, encoding: string, line: number): Fault<'delivery.encoding'> {
  return {
    code: 'delivery.encoding',
    en: `the file of ${at.feed} for ${at.from} is not ${encoding} (near line ${line}): nothing was loaded`,
    zh: `${at.feed} ${at.from} 的文件不是 ${encoding} 编码（约第 ${line} 行），未加载任何数据`,
    at: { ...at, encoding, line },
  }
}

export function wrongColumnCount(at: Where, expected: number, found: number): Fault<'delivery.column-count'> {
  return {
    code: 'delivery.column-count',
    en: `the lines of ${at.feed} for ${at.from} have ${found} columns, not ${expected}: nothing was loaded`,
    zh: `${at.feed} ${at.from} 的数据行为 ${found} 列，应为 ${expected} 列，未加载任何数据`,
    at: { ...at, expected, found },
  }
}

export function columnsMissing(at: Where, names: readonly string[]): Fault<'delivery.columns-missing'> {
  return {
    code: 'delivery.columns-missing',
    en: `the delivery of ${at.feed} for ${at.from} lacks or repeats columns that the mapping names: ${names.join(', ')}`,
    zh: `${at.feed} ${at.from} 的交付缺少（或重复）映射所需的列：${names.join('、')}`,
    at: { ...at, columns: names.join(',') },
  }
}

export function emptyDelivery(at: Where): Fault<'delivery.empty'> {
  return {
    code: 'delivery.empty',
    en: `the delivery of ${at.feed} for ${at.from} is empty and no control file says so: nothing was loaded`,
    zh: `${at.feed} ${at.from} 的交付为空且没有控制文件确认，未加载任何数据`,
    at,
  }
}

export function futureDays(at: Where, asOf: string): Fault<'delivery.future'> {
  return {
    code: 'delivery.future',
    en: `the delivery of ${at.feed} runs to ${at.to}, but only days before ${asOf} can have happened: nothing was loaded`,
    zh: `${at.feed} 的交付截至 ${at.to}，晚于营业日 ${asOf}，未加载任何数据`,
    at: { ...at, asOf },
  }
}

export function tooManyBadRows(
  at: Where,
  bad: number,
  rows: number,
  max: number,
): Fault<'delivery.too-many-bad-rows'> {
  const share = rows === 0 ? 0 : Math.round((bad / rows) * 1000) / 10
  const limit = Math.round(max * 1000) / 10
  return {
    code: 'delivery.too-many-bad-rows',
    en: `${bad} of ${rows} rows of ${at.feed} for ${at.from} are bad (${share} %, at most ${limit} %): nothing was loaded`,
    zh: `${at.feed} ${at.from} 共 ${rows} 行，坏行 ${bad} 行（${share} %，上限 ${limit} %），未加载任何数据`,
    at: { ...at, bad, rows },
  }
}

export function fileMissing(at: Where): Fault<'delivery.file-missing'> {
  return {
    code: 'delivery.file-missing',
    en: `the file of ${at.feed} for ${at.from} cannot be opened`,
    zh: `无法打开 ${at.feed} ${at.from} 的文件`,
    at,
  }
}

export function connectionUnset(at: Where, variable: string): Fault<'delivery.connection-unset'> {
  return {
    code: 'delivery.connection-unset',
    en: `the environment variable ${variable} with the connection for ${at.feed} is not set`,
    zh: `未设置 ${at.feed} 的数据库连接环境变量 ${variable}`,
    at: { ...at, variable },
  }
}

/** `sqlState` is PostgreSQL's five-letter code or the socket's; its sentence may hold values and is left out. */
export function queryFailed(at: Where, sqlState: string): Fault<'delivery.query-failed'> {
  return {
    code: 'delivery.query-failed',
    en: `the database query for ${at.feed} from ${at.from} failed (${sqlState}): nothing was loaded`,
    zh: `${at.feed} 自 ${at.from} 的数据库查询失败（${sqlState}），未加载任何数据`,
    at: { ...at, sqlState },
  }
}

export function diskFull(at: Where): Fault<'delivery.disk-full'> {
  return {
    code: 'delivery.disk-full',
    en: `the disk became full while ${at.feed} for ${at.from} was read: nothing was loaded; free some space and run again`,
    zh: `读取 ${at.feed} ${at.from} 时磁盘已满，未加载任何数据；请清理空间后重新运行`,
    at,
  }
}
