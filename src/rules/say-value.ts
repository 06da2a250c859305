import { fen, yuan } from '#kernel'
import type { Cell } from '#warehouse'
import type { KnownFactor, Words } from './known-factor.ts'

export type Language = keyof Words

const unitWords: Readonly<Record<string, Words>> = {
  day: { zh: '天', en: 'days' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
  min: { zh: '分钟', en: 'min' },
  s: { zh: '秒', en: 's' },
  KiB: { zh: 'KiB', en: 'KiB' },
  times: { zh: '倍', en: 'times' },
  point: { zh: '分', en: 'points' },
}

/** A value as a person reads it: ¥ from fen, % from shares, codes by their meaning, the unit after the number. */
export function sayValue(value: Cell, factor: KnownFactor, lang: Language): string {
  if (value === null) return lang === 'zh' ? '无' : 'none'
  if (typeof value === 'boolean') return sayFlag(value, lang)
  if (typeof value === 'number' || typeof value === 'bigint') return sayNumber(value, factor, lang)
  if (typeof value === 'string')
    return factor.values?.[value]?.[lang] ?? (factor.type === 'date' ? value : quoted(value, lang))
  return value.length === 0
    ? lang === 'zh'
      ? '空'
      : 'nothing'
    : value.map(v => sayValue(v, factor, lang)).join(', ')
}

function sayFlag(value: boolean, lang: Language): string {
  if (lang === 'zh') return value ? '是' : '否'
  return value ? 'yes' : 'no'
}

function sayNumber(value: number | bigint, factor: KnownFactor, lang: Language): string {
  const unit = factor.unit ?? (factor.type === 'money' ? 'fen' : '')
  if (unit === 'share') return `${rounded(Number(value) * 100)}%`
  const [above = '', ...below] = unit.split('/')
  const per = below.map(name => `/${singular(unitWords[name]?.[lang] ?? name, 1)}`).join('')
  if (above === 'fen' && Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER) {
    return `${yuan(fen(Math.round(Number(value))))}${per}`
  }
  const number = typeof value === 'bigint' ? value.toString() : rounded(value)
  const word = isCounted(above) ? '' : (unitWords[above]?.[lang] ?? above)
  return word === '' ? `${number}${per}` : `${number} ${singular(word, value)}${per}`
}

/** A count needs no unit: what is counted stands in the factor's title. */
function isCounted(unit: string): boolean {
  return unit === '' || unit === '1' || unit === 'count'
}

function singular(unit: string, value: number | bigint): string {
  return Number(value) === 1 && /^(days|months|years|points|times)$/.test(unit) ? unit.slice(0, -1) : unit
}

/** At most two digits after the point (three significant ones below 1), and none for show. */
function rounded(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) > 1e11) return String(value)
  return String(Math.abs(value) < 1 ? Number(value.toPrecision(3)) : Math.round(value * 100) / 100)
}

function quoted(value: string, lang: Language): string {
  return lang === 'zh' ? `“${value}”` : `"${value}"`
}
