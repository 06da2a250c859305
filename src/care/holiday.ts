import Type, { type Static } from 'typebox'
import type { Fault, PlainDate } from '#kernel'
import { readEntriesAs } from '#rules'
import { careTwice } from './faults.ts'
import { isTerm, lunarDay } from './lunar.ts'
import { closed, id, words } from './words.ts'

const monthDay = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

const holidayShape = Type.Object(
  {
    id,
    title: words,
    /** By the civil calendar, by the Chinese one (never in a leap month), or its last day of the year; or by a solar term. */
    on: Type.Union([
      Type.Object({ solar: monthDay }, closed),
      Type.Object({ lunar: monthDay }, closed),
      Type.Object({ lunarLast: Type.Literal(true) }, closed),
      Type.Object({ solarTerm: Type.Enum(['winter_solstice', 'qingming']) }, closed),
    ]),
  },
  closed,
)
export type Holiday = Static<typeof holidayShape>

export interface HolidayBook {
  readonly holidays: readonly Holiday[]
  readonly faults: readonly Fault[]
}

/** Reads the holidays of a folder. All faults at once, with file and line. */
export async function readHolidays(folder: string): Promise<HolidayBook> {
  const { entries, faults } = await readEntriesAs(folder, holidayShape)
  const ids = entries.map(e => e.value.id)
  const twice = entries.flatMap(({ value, place }, i) =>
    ids.indexOf(value.id) === i ? [] : [place(careTwice(value.id, 'id'))],
  )
  return { holidays: entries.map(e => e.value), faults: [...faults, ...twice] }
}

/** The holidays that fall on a day. */
export function holidaysOn(holidays: readonly Holiday[], day: PlainDate): readonly Holiday[] {
  const lunar = lunarDay(day)
  const solarText = day.slice(5)
  const lunarText = lunar.isLeap ? '' : `${two(lunar.month)}-${two(lunar.day)}`
  return holidays.filter(({ on }) => {
    if ('solar' in on) return on.solar === solarText
    if ('lunar' in on) return on.lunar === lunarText
    return 'solarTerm' in on ? isTerm(day, on.solarTerm) : lunar.isLastOfYear
  })
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
