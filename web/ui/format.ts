/** Numbers, money, days and moments as people read them. Pure: the language is an argument. */

type Language = 'zh' | 'en'

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en')

/** The carrier's time zone: moments travel as UTC and are read here. */
const zone = 'Asia/Shanghai'

/** 8388608 → 8 MB. */
export function formatMebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MB`
}

export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** 1234560 → ¥12,345.60. Money is whole fen and is never divided as a float. */
export function formatFen(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.abs(fen)
  const yuan = Math.trunc(whole / 100).toLocaleString('en')
  return `${sign}¥${yuan}.${String(whole % 100).padStart(2, '0')}`
}

/** 0.1234 → 12.3%. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** 2.04 → +2.0; a difference always shows its sign, and zero has none. */
export function formatPoints(points: number): string {
  const text = points.toFixed(1)
  if (Number(text) === 0) return '0.0'
  return points > 0 ? `+${text}` : text
}

/** 1.234 → 1.2, 0.04 → 0.04, 12 → 12. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return value.toLocaleString(
    'en',
    Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 },
  )
}

export function formatSeconds(seconds: number): string {
  return seconds.toFixed(seconds < 10 ? 2 : 1)
}

/** A UTC moment as the carrier's clock shows it: 2026-11-22 09:30. */
export function formatMoment(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return moment
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find(p => p.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`
}

/** 2026-10-01 → 2026-10: an accounting month is named by its first day. */
export function formatMonth(month: string): string {
  return month.slice(0, 7)
}

export function formatMegabytes(kib: number): string {
  return (kib / 1024).toLocaleString('en', { maximumFractionDigits: 1 })
}

interface Valued {
  readonly type: string
  readonly unit: string | null
  readonly value: null | boolean | number | string | readonly string[]
}

interface UnitWords {
  readonly units: Readonly<Record<string, string>>
  /** What stands after the stroke in ¥/month. */
  readonly perUnits: Readonly<Record<string, string>>
}

interface ValueWords extends UnitWords {
  readonly yes: string
  readonly no: string
  readonly missing: string
}

/** `fen/month` → 元/月. What is only counted has no unit: its title says what. */
export function formatUnit(unit: string | null, words: UnitWords): string {
  const [above = '', below] = (unit ?? '').split('/')
  const word = above === 'count' ? '' : (words.units[above] ?? above)
  return below === undefined ? word : `${word}/${words.perUnits[below] ?? below}`
}

/** A factor's value with its unit; a missing one says so. */
export function formatValue({ type, unit, value }: Valued, language: Language, words: ValueWords): string {
  if (value === null) return words.missing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number')
    return formatAmount(value, unit ?? (type === 'money' ? 'fen' : null), language, words)
  if (typeof value === 'string') return value
  return new Intl.ListFormat(locale(language), { type: 'unit' }).format(value)
}

function formatAmount(value: number, unit: string | null, language: Language, words: ValueWords): string {
  const [above, below] = (unit ?? '').split('/')
  const per = below === undefined ? '' : `/${words.perUnits[below] ?? below}`
  if (above === 'fen') return formatFen(Math.round(value)) + per
  if (above === 'share') return formatShare(value) + per
  if (above === 'KiB') return `${formatMegabytes(value)} MB${per}`
  const word = formatUnit(unit, words)
  if (word === '') return formatNumber(value)
  return `${formatNumber(value)}${language === 'zh' || word.startsWith('/') ? '' : ' '}${word}`
}
