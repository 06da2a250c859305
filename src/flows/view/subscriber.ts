import { listAttempts } from '#contact'
import { audit, responsibleFor } from '#governance'
import { feeds, feedsDelivered } from '#ingest'
import { err, ok } from '#kernel'
import { outcomes } from '#tasks'
import type { Row } from '#warehouse'
import { signalReason, warningRulesOn, warningsOf } from '#warnings'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { noFactorTable, subscriberUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { standingOf } from '../segments/standing.ts'
import { planTitle, standingWarnings } from '../warnings/desk.ts'
import { shownAttempt } from '../work/attempts.ts'
import { plain } from '../work/show.ts'
import { basics } from './basics.ts'
import * as history from './history.ts'
import { type ShownValue, valued } from './valued.ts'

/**
 * Everything known about one subscriber on the last night's day (G-view). Looking is audited. Fault subscriber.unknown,
 * the same for one that does not exist and one out of scope.
 */
export async function showSubscriber(application: Application, asker: Asker, id: string) {
  const { desk, shelf, clock } = application
  const asOf = await lastNight(desk)
  if (asOf === undefined) return err(noFactorTable('—'))
  const held = (await responsibleFor(desk.db, asker.scope, [id])).get(id)
  if (held === undefined) return err(subscriberUnknown())
  await audit(desk.db, {
    at: clock.now(),
    staffId: asker.staff.id,
    act: 'subscriber.look',
    subject: `subscriber:${id}`,
    from: asker.from,
  })
  const warehouse = await (await application.warehouse()).fork()
  try {
    const reader = { shelf }
    const source = { reader, warehouse, asOf, sub: held.sub }
    const row = await application.vectors.of(asOf, id)
    const known = await basics(application, asker, source, held)
    if (known === undefined) return err(subscriberUnknown())
    const delivered = new Set(await feedsDelivered(reader))
    return ok({
      asOf,
      basics: known,
      balanceFen: typeof row?.['balance'] === 'number' ? row['balance'] : null,
      months: await history.months(source),
      days: await history.days(source),
      bills: await history.bills(source),
      recharges: await history.recharges(source),
      orders: await history.orders(source),
      contracts: await history.contracts(source),
      serviceContacts: await history.serviceContacts(source),
      faults: await history.faults(source),
      visits: await history.visits(source),
      contacts: await contactsOf(application, asker, id),
      warnings: await warningsShown(application, id),
      warningLives: await standingWarnings(application, id),
      standing: await standingOf(application, warehouse, asOf, { sub: held.sub, row }),
      factors: factorsBySubject(application, row),
      missingFeeds: feeds
        .filter(f => f.source === 'carrier' && !delivered.has(f.id))
        .map(f => ({ code: f.id, title: f.title })),
    })
  } finally {
    warehouse.close()
  }
}

async function contactsOf(application: Application, asker: Asker, subscriberId: string) {
  const { attempts } = await listAttempts(application.desk.db, asker.scope, { subscriberId, pageSize: 50 })
  return attempts.map(a => {
    const { id, at, channel, state } = shownAttempt(a)
    const title = a.outcome === null ? undefined : (outcomes[a.outcome]?.title ?? plain(a.outcome))
    return {
      id,
      at,
      channel,
      state,
      outcome: title === undefined ? null : { code: a.outcome ?? '', title },
      taskId: a.taskId,
    }
  })
}

async function warningsShown(application: Application, subscriberId: string) {
  const warnings = await warningsOf(application.desk.db, subscriberId, 50)
  const known = application.catalogue.askable
  return Promise.all(
    warnings.map(async w => {
      const rules = await warningRulesOn(application.desk.db, w)
      const say = (lang: 'zh' | 'en') =>
        w.signals
          .flatMap(s => {
            const rule = rules.get(s.rule)
            return rule === undefined ? [] : [signalReason(s, rule, known, lang)]
          })
          .join(lang === 'zh' ? '；' : '; ')
      return {
        raisedOn: w.day,
        plan: planTitle(application, w.plan),
        level: w.level,
        reason: { zh: say('zh'), en: say('en') },
      }
    }),
  )
}

/** The factors of the morning, grouped by subject in the catalogue's order. */
function factorsBySubject({ catalogue }: Application, row: Row | undefined) {
  const groups = Map.groupBy(catalogue.factors.factors, f => f.subject.en)
  return [...groups].map(([code, factors]) => ({
    subject: { code, title: factors[0]?.subject ?? plain(code) },
    factors: factors.map(f => valued(f, (row?.[f.id] ?? null) as ShownValue)),
  }))
}
