import { SolarDay } from 'tyme4ts'
import type { PlainDate } from '#kernel'
import type { Words } from '#rules'

/** A day of the Chinese calendar. */
export interface LunarDay {
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  /** The second of two months with the same number. */
  readonly isLeap: boolean
  /** New Year's Eve: the twelfth month has 29 days or 30. */
  readonly isLastOfYear: boolean
}

export function lunarDay(day: PlainDate): LunarDay {
  const solar = solarDay(day)
  const { month, day: nth, isLeap } = read(solar)
  return { month, day: nth, isLeap, isLastOfYear: month === 12 && read(solar.next(1)).month === 1 }
}

/** Solar terms that are kept as holidays, by their place after the winter solstice. */
const terms = { winter_solstice: 0, qingming: 7 } as const
export type SolarTerm = keyof typeof terms

export function isTerm(day: PlainDate, term: SolarTerm): boolean {
  const found = solarDay(day).getTermDay()
  return found.getDayIndex() === 0 && found.getSolarTerm().getIndex() === terms[term]
}

function solarDay(day: PlainDate): SolarDay {
  const [year = 0, month = 0, nth = 0] = day.split('-').map(Number)
  return SolarDay.fromYmd(year, month, nth)
}

/** The library names a leap month by the negative number. */
function read(day: SolarDay) {
  const lunar = day.getLunarDay()
  const month = lunar.getMonth()
  return { month: Math.abs(month), day: lunar.getDay(), isLeap: month < 0 }
}

const months = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']
const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 闰六月十五; leap 6/15. */
export function sayLunar({ month, day, isLeap }: LunarDay): Words {
  return {
    zh: `${isLeap ? '闰' : ''}${months[month - 1] ?? month}月${dayInWords(day)}`,
    en: `${isLeap ? 'leap ' : ''}${month}/${day}`,
  }
}

function dayInWords(day: number): string {
  if (day <= 10) return `初${digits[day] ?? ''}`
  if (day < 20) return `十${digits[day - 10] ?? ''}`
  if (day === 20) return '二十'
  return day < 30 ? `廿${digits[day - 20] ?? ''}` : '三十'
}
