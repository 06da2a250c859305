import { responsibleFor, shownTo } from '#governance'
import { ok } from '#kernel'
import { type LifeQuery, type LifeState, lifeOf, livesOn, type WarningLife } from '#warnings'
import type { Application } from '../application.ts'
import { type Asker, on } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { type Morning, morningOf } from '../night/morning.ts'
import { lastNight } from '../night/record.ts'
import type { Coded } from '../view/coded.ts'

/** The warnings that are open, and how they stand. */
export const warningDesk = { list }

const states: Readonly<Record<LifeState, Coded['title']>> = {
  raised: { zh: '待处理', en: 'to be worked' },
  worked: { zh: '已沟通', en: 'spoken with' },
  eased: { zh: '缓和', en: 'eased' },
  closed: { zh: '已关闭', en: 'closed' },
}

/** The warnings of the last morning in scope: how many stand how, and a page of them. Whom it names is audited. */
async function list(application: Application, asker: Asker, query: LifeQuery) {
  const { page = 1, pageSize = 20 } = query
  const asOf = await lastNight(application.desk)
  const { counts, lives } =
    asOf === undefined
      ? { counts: [], lives: [] }
      : await livesOn(application.desk.db, asOf, asker.scope, query)
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
        ...shownLife(life),
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
      (query.state === undefined || c.state === query.state) &&
      (query.level === undefined || c.level === query.level),
  )
  const total = meant.reduce((sum, c) => sum + c.count, 0)
  return ok({ asOf: asOf ?? null, states: titled(), counts, rows, total, page, pageSize })
}

function titled(): readonly Coded[] {
  return Object.entries(states).map(([code, title]) => ({ code, title }))
}

function shownLife(life: WarningLife) {
  const { openedOn, level, highest, lastOn, raisedDays, workedOn, escalatedOn, reopened } = life
  const state = { code: life.state, title: states[life.state] }
  return { state, openedOn, level, highest, lastOn, raisedDays, workedOn, escalatedOn, reopened }
}

/** How a subscriber's warning stood last; null when it never had one. */
export async function standingWarning({ desk }: Application, subscriberId: string) {
  const life = await lifeOf(desk.db, subscriberId)
  return life === undefined ? null : shownLife(life)
}
