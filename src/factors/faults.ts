import type { Fault, PlainDate } from '#kernel'

/** Where in the catalogue a fault stands. */
export interface Place {
  readonly file: string
  readonly line: number
}

function at<Code extends string>(place: Place, code: Code, en: string, zh: string): Fault<Code> {
  const where = `${place.file}:${place.line}`
  return { code, en: `${where}: ${en}`, zh: `${where}：${zh}`, at: { file: place.file, line: place.line } }
}

export const catalogueUnreadable = (place: Place, detail: string) =>
  at(place, 'catalogue.unreadable', `not readable YAML: ${detail}`, `YAML 无法读取：${detail}`)

export const catalogueEmpty = (folder: string): Fault<'catalogue.empty'> => ({
  code: 'catalogue.empty',
  en: `no factor is defined in ${folder}`,
  zh: `${folder} 中没有任何因子定义`,
})

export const fieldMissing = (place: Place, field: string) =>
  at(place, 'factor.field-missing', `"${field}" must be given`, `缺少字段“${field}”`)

export const fieldUnknown = (place: Place, field: string) =>
  at(place, 'factor.field-unknown', `no such field here: "${field}"`, `此处不应有字段“${field}”`)

export const fieldMalformed = (place: Place, field: string, wanted: { en: string; zh: string }) =>
  at(place, 'factor.field-malformed', `"${field}" must be ${wanted.en}`, `字段“${field}”应为${wanted.zh}`)

export const kindUnknown = (place: Place, kind: string) =>
  at(place, 'factor.kind-unknown', `no such kind of factor: "${kind}"`, `没有这种因子类型：“${kind}”`)

export const nameClash = (place: Place, id: string, other: Place) =>
  at(
    place,
    'factor.name-clash',
    `"${id}" is already defined at ${other.file}:${other.line}`,
    `“${id}”已在 ${other.file}:${other.line} 定义`,
  )

export const feedUnknown = (place: Place, feed: string) =>
  at(place, 'factor.feed-unknown', `the contract has no feed "${feed}"`, `数据契约中没有“${feed}”这个数据源`)

export const columnUnknown = (place: Place, feed: string, column: string) =>
  at(
    place,
    'factor.column-unknown',
    `feed ${feed} has no column "${column}"`,
    `数据源 ${feed} 没有“${column}”这一列`,
  )

export const columnUnfit = (place: Place, column: string, wanted: { en: string; zh: string }) =>
  at(place, 'factor.column-unfit', `column "${column}" must be ${wanted.en}`, `列“${column}”应为${wanted.zh}`)

export const feedUnfit = (place: Place, feed: string, wanted: { en: string; zh: string }) =>
  at(place, 'factor.feed-unfit', `feed ${feed} must be ${wanted.en}`, `数据源 ${feed} 应为${wanted.zh}`)

export const windowMalformed = (place: Place, text: string) =>
  at(
    place,
    'factor.window-malformed',
    `"${text}" is not a window like "30 days" or "3 months" of at least one`,
    `“${text}”不是形如 30 days、3 months 且不小于 1 的窗口`,
  )

export const windowTooLong = (place: Place, daysMax: number) =>
  at(
    place,
    'factor.window-too-long',
    `this kind looks back ${daysMax} days at most`,
    `这类因子最多回看 ${daysMax} 天`,
  )

export const conditionMalformed = (place: Place, text: string, found: string) =>
  at(
    place,
    'factor.condition-malformed',
    `"${text}" is not a condition on rows: stopped at "${found}"`,
    `“${text}”不是合法的行条件：在“${found}”处出错`,
  )

export const formulaMalformed = (place: Place, text: string, found: string) =>
  at(
    place,
    'factor.formula-malformed',
    `"${text}" is not a formula: stopped at "${found}"`,
    `“${text}”不是合法的公式：在“${found}”处出错`,
  )

export const factorUnknown = (place: Place, id: string) =>
  at(place, 'factor.unknown', `there is no factor "${id}"`, `没有因子“${id}”`)

export const cycle = (place: Place, ids: readonly string[]) =>
  at(
    place,
    'factor.cycle',
    `these need each other in a circle: ${ids.join(' → ')}`,
    `因子循环依赖：${ids.join(' → ')}`,
  )

export const typeClash = (place: Place, en: string, zh: string) => at(place, 'factor.type-clash', en, zh)

export const unitClash = (place: Place, a: string, b: string) =>
  at(
    place,
    'factor.unit-clash',
    `units do not go together: ${a || 'none'} and ${b || 'none'}`,
    `单位不一致：${a || '无'} 与 ${b || '无'}`,
  )

export const noSuchFactor = (id: string): Fault<'factor.unknown'> => ({
  code: 'factor.unknown',
  en: `there is no factor "${id}"`,
  zh: `没有因子“${id}”`,
})

export const noSuchSubscriber = (): Fault<'factor.subscriber-unknown'> => ({
  code: 'factor.subscriber-unknown',
  en: 'no such subscriber among the factors of that day',
  zh: '该日因子表中没有这个用户',
})

export const historyTooLong = (months: number): Fault<'factor.history-too-long'> => ({
  code: 'factor.history-too-long',
  en: `a factor's history reaches over at most ${months} months`,
  zh: `因子历史最多可查 ${months} 个月`,
})

export const noFactorsYet = (asOf: PlainDate): Fault<'factor.day-missing'> => ({
  code: 'factor.day-missing',
  en: `no factors have been computed for ${asOf}`,
  zh: `${asOf} 的因子尚未计算`,
})

export const feedOff = (feeds: readonly string[]): Fault<'factor.feed-off'> => ({
  code: 'factor.feed-off',
  en: `not delivered: ${feeds.join(', ')}`,
  zh: `数据源未接入：${feeds.join('、')}`,
})

export const feedShort = (feed: string, from: PlainDate, needed: PlainDate): Fault<'factor.feed-short'> => ({
  code: 'factor.feed-short',
  en: `feed ${feed} reaches back to ${from}, the window needs ${needed}`,
  zh: `数据源 ${feed} 最早到 ${from}，窗口需要从 ${needed} 开始`,
})
