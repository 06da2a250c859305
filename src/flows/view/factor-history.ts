import { type FactorHistory, factorHistory } from '#factors'
import { audit, responsibleFor } from '#governance'
import { addDays, addMonths, err, ok, plainDate } from '#kernel'
import { sayValue } from '#rules'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, subscriberUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import type { Words } from './coded.ts'
import { type ShownValue, valued } from './valued.ts'

export interface HistoryOrder {
  readonly id: string
  readonly subscriberId: string
  /** Mornings `[from, to)`: the twelve months up to the last night unless told. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * How one factor of one subscriber went, morning by morning (G-view). Looking is audited. Fault subscriber.unknown, the
 * same for one that does not exist and one out of scope; faults factor.*, day.malformed.
 */
export async function showFactorHistory(application: Application, asker: Asker, order: HistoryOrder) {
  const { desk, clock } = application
  const { subscriberId } = order
  const held = (await responsibleFor(desk.db, asker.scope, [subscriberId])).get(subscriberId)
  if (held === undefined) return err(subscriberUnknown())
  await audit(desk.db, {
    at: clock.now(),
    staffId: asker.staff.id,
    act: 'factor.history',
    subject: `subscriber:${subscriberId}`,
    detail: { factor: order.id },
    from: asker.from,
  })
  const found = await historyOf(application, order)
  return found.ok ? ok(shown(found.value)) : found
}

/** The same for the command line, with its lines. */
export async function factorHistoryFor(application: Application, order: HistoryOrder) {
  const found = await historyOf(application, order)
  if (!found.ok) return found
  const history = found.value
  return ok({ ...shown(history), lines: { zh: linesOf(history, 'zh'), en: linesOf(history, 'en') } })
}

async function historyOf(application: Application, { id, subscriberId, from, to }: HistoryOrder) {
  const { catalogue, shelf, zone, desk } = application
  const asOf = await lastNight(desk)
  if (asOf === undefined) return err(noFactorTable('—'))
  const end = to === undefined ? addDays(asOf, 1) : plainDate(to)
  const span = { from: from === undefined ? addMonths(end, -12) : plainDate(from), to: end }
  const warehouse = await (await application.warehouse()).fork()
  try {
    return await factorHistory(warehouse, { shelf, zone }, catalogue.factors, { id, subscriberId, span })
  } finally {
    warehouse.close()
  }
}

function shown({ factor, span, points, gaps }: FactorHistory) {
  const { value: _, valueTitle: __, ...about } = valued(factor, null)
  return {
    ...about,
    ...span,
    points: points.map(p => {
      const { value, valueTitle } = valued(factor, p.value as ShownValue)
      return { day: p.asOf, value, valueTitle }
    }),
    gaps: gaps.map(g => ({ ...g.span, why: { code: g.why, title: gapWords[g.why] } })),
  }
}

const gapWords: Readonly<Record<FactorHistory['gaps'][number]['why'], Words>> = {
  'no-table': {
    zh: '当日未计算因子，或因子表已不再保留',
    en: 'no factors were computed, or are no longer kept',
  },
  'no-factor': { zh: '该因子当日停用或尚不存在', en: 'the factor was off or did not exist yet' },
  'not-there': { zh: '该用户当日不在网', en: 'the subscriber was not in the network' },
}

function linesOf({ factor, points, gaps }: FactorHistory, lang: 'zh' | 'en'): string[] {
  const days = [
    ...points.map(p => ({ from: p.asOf, line: `${p.asOf}  ${sayValue(p.value, factor, lang)}` })),
    ...gaps.map(({ span: { from, to }, why }) => {
      const last = addDays(to, -1)
      return { from, line: `${from === last ? from : `${from} … ${last}`}  (${gapWords[why][lang]})` }
    }),
  ]
  const inOrder = days.toSorted((a, b) => (a.from < b.from ? -1 : 1)).map(d => d.line)
  return [`${factor.title[lang]}  ${factor.id} v${factor.version}`, ...inOrder]
}
