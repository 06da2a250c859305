import { dueThen, dueWithin, holidaysOn, lunarDay, type Occasion, occasionUses, sayLunar } from '#care'
import { factorsOff } from '#factors'
import { addDays, daysBetween, err, isPlainDate, ok, type PlainDate, type Result } from '#kernel'
import { bind, sentence } from '#rules'
import type { Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable } from '../faults.ts'
import { suspectFactors } from '../night/quality.ts'
import { lastNight } from '../night/record.ts'
import { besideOn } from '../rules/beside.ts'
import { factorsWithin } from '../rules/within.ts'
import { forked } from '../segments/within.ts'

/** The care calendar: which days are kept, and for how many customers. */
export const careCalendar = { show }

const daysDefault = 35

export interface CareQuery {
  /** The first day that is shown: the last morning unless told. */
  readonly from?: string | undefined
  readonly days?: number | undefined
}

/**
 * The days from the last morning on, or from another: holidays, the Chinese calendar, and for how many in scope each occasion
 * is due, as far as is known today; of mornings that are past, for how many it was by what was known then. Faults
 * factor.not-computed, scope.not-kept.
 */
function show(application: Application, asker: Asker, { from, days = daysDefault }: CareQuery = {}) {
  return forked(application, async warehouse => {
    const asOf = await lastNight(application.desk)
    if (asOf === undefined) return err(noFactorTable('—'))
    const { occasions, holidays } = application.catalogue.care
    const standing = await standingOf(application, warehouse, asOf)
    const able = occasions.filter(o => standing(o).state !== 'off')
    const first = from !== undefined && isPlainDate(from) ? from : asOf
    const shown = Array.from({ length: days }, (_, i) => addDays(first, i))
    const past = shown.filter(day => day < asOf)
    const ahead = Math.max(0, daysBetween(asOf, addDays(first, days)))
    const before = await Promise.all(
      past.map(day => dueOnMorning({ application, asker, warehouse }, able, day)),
    )
    const coming =
      ahead === 0 ? ok([]) : await dueFrom({ application, asker, warehouse }, able, { asOf, days: ahead })
    if (!coming.ok) return coming
    const byDay = Map.groupBy([...before.flat(), ...coming.value], one => one.day)
    return ok({
      asOf,
      occasions: occasions.map(o => ({ ...shownOccasion(application, o, asOf), ...standing(o) })),
      days: shown.map(day => ({
        day,
        lunar: sayLunar(lunarDay(day)),
        holidays: holidaysOn(holidays, day).map(({ id, title }) => ({ code: id, title })),
        due: (byDay.get(day) ?? []).map(({ occasion, subscribers }) => ({ occasion, subscribers })),
      })),
    })
  })
}

interface Ground {
  readonly application: Application
  readonly asker: Asker
  readonly warehouse: Warehouse
}
type Due = Awaited<ReturnType<typeof dueWithin>>

/** For how many they are due from a morning on, as far as it is known that morning. */
async function dueFrom(
  { application, asker, warehouse }: Ground,
  occasions: readonly Occasion[],
  { asOf, days }: { readonly asOf: PlainDate; readonly days: number },
): Promise<Result<Due>> {
  const within = await factorsWithin(application, warehouse, asOf, asker.scope)
  if (!within.ok) return within
  const { holidays } = application.catalogue.care
  const uses = occasions.flatMap(occasionUses)
  const beside = await besideOn(application, warehouse, { asOf }, uses)
  const table = beside.joined(within.value.table, uses)
  return ok(await dueWithin(warehouse, table, { occasions, holidays, asOf, days }))
}

/** For how many they were due on a morning that is past; nothing of one that nobody kept. */
async function dueOnMorning(
  { application, asker, warehouse }: Ground,
  occasions: readonly Occasion[],
  day: PlainDate,
): Promise<Due> {
  const within = await factorsWithin(application, warehouse, day, asker.scope)
  if (!within.ok) return []
  const { holidays } = application.catalogue.care
  const off = new Set((await factorsOff(warehouse, application.shelf, day)).map(o => o.id))
  const uses = occasions.flatMap(occasionUses)
  const beside = await besideOn(application, warehouse, { asOf: day }, uses)
  const able = occasions.filter(o => !occasionUses(o).some(id => off.has(id) || beside.off.has(id)))
  return dueThen(warehouse, beside.joined(within.value.table, uses), { occasions: able, holidays, asOf: day })
}

function shownOccasion({ catalogue }: Application, occasion: Occasion, asOf: PlainDate) {
  const { id, version, title, means, owner, when, action, controlPercent } = occasion
  const condition = bind(occasion.condition, { asOf, parameters: [] })
  const known = catalogue.askable
  const holiday = 'holiday' in when ? catalogue.care.holidays.find(h => h.id === when.holiday) : undefined
  return {
    id,
    version,
    title,
    means,
    owner,
    holiday: holiday?.title ?? null,
    on: 'on' in when ? when.on : null,
    daysBefore: when.daysBefore,
    sentence: { zh: sentence(condition, known, 'zh'), en: sentence(condition, known, 'en') },
    channels: [...new Set(catalogue.policy.rows.filter(r => r.action === action).map(r => r.channel))],
    controlPercent,
  }
}

/** Whether an occasion can be kept this morning: not while what it asks about cannot be computed or trusted. */
async function standingOf(application: Application, warehouse: Warehouse, asOf: PlainDate) {
  const { occasions } = application.catalogue.care
  const beside = await besideOn(application, warehouse, { asOf }, occasions.flatMap(occasionUses))
  const factors = await factorsOff(warehouse, application.shelf, asOf)
  const off = new Map([
    ...factors.map(({ id, fault: { zh, en } }) => [id, { zh, en }] as const),
    ...beside.off,
  ])
  const suspects = new Map([...(await suspectFactors(application, asOf)), ...beside.suspects])
  return (occasion: Occasion) => {
    const uses = occasionUses(occasion)
    const isOff = uses.find(id => off.has(id))
    if (isOff !== undefined) return { state: 'off' as const, reason: off.get(isOff) ?? null }
    const isHeld = uses.find(id => suspects.has(id))
    if (isHeld !== undefined) return { state: 'held' as const, reason: suspects.get(isHeld) ?? null }
    return { state: 'on' as const, reason: null }
  }
}
