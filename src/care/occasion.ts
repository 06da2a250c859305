import Type from 'typebox'
import { addDays, type Fault, isPlainDate, type PlainDate } from '#kernel'
import {
  type BoundCondition,
  bind,
  type Condition,
  check,
  factorsUsed,
  type KnownFactors,
  parseCondition,
  readEntriesAs,
  type Words,
} from '#rules'
import { careTwice, noCountdown, noSuchDay, unknownAction, unknownHoliday } from './faults.ts'
import { type Holiday, holidaysOn } from './holiday.ts'
import { closed, id, words } from './words.ts'

/** When it is: so many days before a factor counts down to zero, before a holiday, or before a day of an event. */
export type When =
  | { readonly countdown: string; readonly daysBefore: number }
  | { readonly holiday: string; readonly daysBefore: number }
  | { readonly on: PlainDate; readonly daysBefore: number }

/** A day on which a customer deserves a word, and who is meant. */
export interface Occasion {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly means: Words
  readonly owner: string
  readonly when: When
  /** Whom it is for. */
  readonly condition: Condition
  /** What it calls for, in the words of the policy table. */
  readonly action: string
  /** What is said or sent instead of the offer's own words: an invitation to an event. */
  readonly text?: Words
  /** Share of those whom it is for who are kept aside, in percent. */
  readonly controlPercent: number
}

const daysBefore = Type.Integer({ minimum: 0, maximum: 120 })

const occasionShape = Type.Object(
  {
    id,
    version: Type.Integer({ minimum: 1 }),
    title: words,
    means: words,
    owner: Type.String({ minLength: 1 }),
    when: Type.Union([
      Type.Object({ countdown: Type.String(), daysBefore }, closed),
      Type.Object({ holiday: Type.String(), daysBefore }, closed),
      Type.Object({ on: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), daysBefore }, closed),
    ]),
    condition: Type.Unknown(),
    action: Type.String({ minLength: 1 }),
    text: Type.Optional(words),
    controlPercent: Type.Integer({ minimum: 0, maximum: 50 }),
  },
  closed,
)

export interface OccasionBook {
  readonly occasions: readonly Occasion[]
  readonly faults: readonly Fault[]
}

interface Known {
  readonly factors: KnownFactors
  readonly holidays: readonly Holiday[]
  /** Actions that the policy answers. */
  readonly actions: ReadonlySet<string>
}

/** Reads the occasions of a folder. All faults at once, with file and line. */
export async function readOccasions(folder: string, known: Known): Promise<OccasionBook> {
  const { entries, faults } = await readEntriesAs(folder, occasionShape)
  const occasions = new Map<string, Occasion>()
  const wrong = entries.flatMap(({ value, place }) => {
    const parsed = parseCondition(value.condition)
    const own = parsed.condition === undefined ? parsed.faults : check(parsed.condition, known.factors, [])
    const when = value.when as When
    const all = [
      ...own,
      ...whenFaults(when, known),
      ...(known.actions.has(value.action) ? [] : [unknownAction(value.action, 'action')]),
      ...(occasions.has(value.id) ? [careTwice(value.id, 'id')] : []),
    ]
    if (parsed.condition === undefined || all.length > 0) return all.map(place)
    const { text, ...rest } = value
    occasions.set(value.id, { ...rest, when, condition: parsed.condition, ...(text && { text }) })
    return []
  })
  return { occasions: [...occasions.values()], faults: [...faults, ...wrong] }
}

function whenFaults(when: When, { factors, holidays }: Known): Fault[] {
  if ('on' in when) return isPlainDate(when.on) ? [] : [noSuchDay(when.on, 'when/on')]
  if ('holiday' in when) {
    return holidays.some(h => h.id === when.holiday) ? [] : [unknownHoliday(when.holiday, 'when/holiday')]
  }
  const factor = factors.get(when.countdown)
  const counts = factor?.type === 'integer' && factor.unit === 'day'
  return counts ? [] : [noCountdown(when.countdown, 'when/countdown')]
}

/** Whom an occasion is for on a morning; undefined when it is not its day. */
export function dueOn(
  occasion: Occasion,
  holidays: readonly Holiday[],
  asOf: PlainDate,
): BoundCondition | undefined {
  const { when } = occasion
  const audience = bind(occasion.condition, { asOf, parameters: [] })
  if ('countdown' in when)
    return { op: 'all', of: [{ op: 'eq', factor: when.countdown, value: when.daysBefore }, audience] }
  if ('on' in when) return addDays(asOf, when.daysBefore) === when.on ? audience : undefined
  const isDay = holidaysOn(holidays, addDays(asOf, when.daysBefore)).some(h => h.id === when.holiday)
  return isDay ? audience : undefined
}

/** Every factor an occasion asks about, each once. */
export function occasionUses({ when, condition }: Occasion): readonly string[] {
  const counted = 'countdown' in when ? [when.countdown] : []
  return [...new Set([...counted, ...factorsUsed(condition)])]
}
