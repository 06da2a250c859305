import { dueWithin, holidaysOn, lunarDay, type Occasion, occasionUses, sayLunar } from '#care'
import { factorsOff } from '#factors'
import { addDays, err, ok, type PlainDate } from '#kernel'
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

/**
 * The days from the last morning on: holidays, the Chinese calendar, and for how many in scope each occasion is due, as far
 * as is known today. Faults factor.not-computed, scope.not-kept.
 */
function show(
  application: Application,
  asker: Asker,
  { days = daysDefault }: { readonly days?: number } = {},
) {
  return forked(application, async warehouse => {
    const asOf = await lastNight(application.desk)
    if (asOf === undefined) return err(noFactorTable('—'))
    const within = await factorsWithin(application, warehouse, asOf, asker.scope)
    if (!within.ok) return within
    const { occasions, holidays } = application.catalogue.care
    const standing = await standingOf(application, warehouse, asOf)
    const able = occasions.filter(o => standing(o).state !== 'off')
    const uses = able.flatMap(occasionUses)
    const beside = await besideOn(application, warehouse, { asOf }, uses)
    const table = beside.joined(within.value.table, uses)
    const due = await dueWithin(warehouse, table, { occasions: able, holidays, asOf, days })
    const byDay = Map.groupBy(due, one => one.day)
    return ok({
      asOf,
      occasions: occasions.map(o => ({ ...shownOccasion(application, o, asOf), ...standing(o) })),
      days: Array.from({ length: days }, (_, i) => addDays(asOf, i)).map(day => ({
        day,
        lunar: sayLunar(lunarDay(day)),
        holidays: holidaysOn(holidays, day).map(({ id, title }) => ({ code: id, title })),
        due: (byDay.get(day) ?? []).map(({ occasion, subscribers }) => ({ occasion, subscribers })),
      })),
    })
  })
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
