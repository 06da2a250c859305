import { responsibleFor, shownTo } from '#governance'
import { addDays, ok, type PlainDate } from '#kernel'
import { type LifeQuery, type LifeState, lastLook, livesOf, livesOn, type PlanLife } from '#warnings'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { type Morning, morningOf } from '../night/morning.ts'
import { lastNight } from '../night/record.ts'
import type { Coded } from '../view/coded.ts'
import { plain } from '../work/show.ts'

/** The warnings that are open, and how they stand. */
export const warningDesk = { list }

const states: Readonly<Record<LifeState, Coded['title']>> = {
  raised: { zh: '待处理', en: 'to be worked' },
  worked: { zh: '已沟通', en: 'spoken with' },
  eased: { zh: '缓和', en: 'eased' },
  closed: { zh: '已关闭', en: 'closed' },
}

/** The warnings of the last morning in scope, each plan as it was last looked at: how many stand how, and a page of them. Whom it names is audited. */
async function list(application: Application, asker: Asker, query: LifeQuery) {
  const { page = 1, pageSize = 20 } = query
  const asOf = await lastNight(application.desk)
  const { counts, lives } =
    asOf === undefined
      ? { counts: [], lives: [] }
      : await livesOn(application.desk.db, { day: asOf, plans: plansOf(application) }, asker.scope, query)
  const ids = lives.map(life => life.subscriberId)
  const held = await responsibleFor(application.desk.db, asker.scope, ids)
  const mornings = asOf === undefined ? new Map<string, Morning>() : await morningOf(application, asOf, ids)
  const rows = lives.flatMap(life => {
    const placed = held.get(life.subscriberId)
    if (placed === undefined) return []
    const holder = on(asker, placed)
    const morning = mornings.get(life.subscriberId)
    return [
      {
        id: life.subscriberId,
        number: shownTo(holder, morning?.number ?? null, 'number'),
        customerName: shownTo(holder, morning?.customerName ?? null, 'name'),
        arpuFen: morning?.arpuFen ?? null,
        ...shownLife(application, life),
      },
    ]
  })
  await auditListed(application, asker, {
    act: 'warning.list',
    subject: 'warnings',
    subscribers: rows.map(r => r.id),
  })
  const meant = counts.filter(
    c =>
      (query.plan === undefined || c.plan === query.plan) &&
      (query.state === undefined || c.state === query.state) &&
      (query.level === undefined || c.level === query.level),
  )
  const total = meant.reduce((sum, c) => sum + c.count, 0)
  const plans = await shownPlans(application, asOf)
  return ok({ asOf: asOf ?? null, states: titled(), plans, counts, rows, total, page, pageSize })
}

function titled(): readonly Coded[] {
  return Object.entries(states).map(([code, title]) => ({ code, title }))
}

function plansOf({ catalogue }: Application): readonly string[] {
  return catalogue.warningPlans.map(plan => plan.id)
}

/** The plans in force; when each was last looked at, the last morning counted in. */
async function shownPlans({ catalogue, desk }: Application, asOf: PlainDate | undefined) {
  return Promise.all(
    catalogue.warningPlans.map(async ({ id, title, means, weekday }) => {
      const looked =
        asOf === undefined ? undefined : await lastLook(desk.db, { day: addDays(asOf, 1), plan: id })
      return { code: id, title, means, weekday: weekday ?? null, lookedOn: looked ?? null }
    }),
  )
}

/** What a plan is called; one that is gone from the catalogue, by its id. */
export function planTitle({ catalogue }: Application, id: string): Coded {
  return { code: id, title: catalogue.warningPlans.find(plan => plan.id === id)?.title ?? plain(id) }
}

function shownLife(application: Application, life: PlanLife) {
  const { openedOn, level, highest, lastOn, raisedDays, workedOn, escalatedOn, reopened } = life
  const plan = planTitle(application, life.plan)
  const state = { code: life.state, title: states[life.state] }
  return { plan, state, openedOn, level, highest, lastOn, raisedDays, workedOn, escalatedOn, reopened }
}

/** How a subscriber's warnings stood last, plan by plan. */
export async function standingWarnings(application: Application, subscriberId: string) {
  const lives = await livesOf(application.desk.db, subscriberId)
  return lives.map(life => shownLife(application, life))
}
