import { type CohortRow, type Effect, effectsOf, outcomesOf, type Success } from '#evaluate'
import { feedRows, feedState } from '#ingest'
import { addDays, everybody, ok, type PlainDate, type RowScope } from '#kernel'
import { type Arm, decidedArms } from '#tasks'
import { raw, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { proposerTitles } from '../night/proposers.ts'
import { lastNight } from '../night/record.ts'
import type { Words } from './coded.ts'

/** How far back decisions are compared. */
const daysBackMax = 180
const windowDaysMax = 90

const measures: Readonly<Record<Success['kind'], Words>> = {
  recharged: { zh: '按要求充值', en: 'recharged as asked' },
  stayed: { zh: '仍在网', en: 'stayed' },
}

const verdicts: Readonly<Record<Effect['verdict'], Words>> = {
  better: { zh: '有效', en: 'works' },
  worse: { zh: '适得其反', en: 'does harm' },
  unclear: { zh: '区间含零，尚不能断定', en: 'unclear: the interval holds zero' },
  'too-little': { zh: '数据太少，不下结论', en: 'too little data to say' },
}

/** Whom those who were treated are compared with. */
const controlGroups = {
  own: { zh: '各自的对照组', en: 'the control group of its own' },
  universal: { zh: '全局对照组', en: 'the universal control group' },
} as const satisfies Record<string, Words>
type Against = keyof typeof controlGroups

/**
 * The effect of each rule, campaign and list among those who were in the scope on the day of the decision: treated against
 * kept aside, by what happened within the success's days.
 */
export async function effects(application: Application, scope: RowScope, against: Against = 'own') {
  const asOf = await lastNight(application.desk)
  const found = asOf === undefined ? [] : await effectsAt(application, asOf, scope, { against })
  const titles = await proposerTitles(application.desk.db)
  return ok({
    asOf: asOf ?? null,
    against: { code: against, title: controlGroups[against] },
    windowDays: daysBackMax,
    rows: found.map(e => ({
      ruleId: e.ruleId,
      title: titles.get(e.ruleId) ?? { zh: e.ruleId, en: e.ruleId },
      measure: { code: e.kind, title: measures[e.kind] },
      ...shownEffect(e),
    })),
  })
}

/** An effect in figures and words, for a row or a report. */
export function shownEffect(e: Effect) {
  return {
    treated: { ...e.treated, rate: e.treated.rate ?? null },
    control: { ...e.control, rate: e.control.rate ?? null },
    differencePoints: e.differencePoints ?? null,
    lowPoints: e.intervalPoints?.low ?? null,
    highPoints: e.intervalPoints?.high ?? null,
    verdict: e.verdict,
    verdictTitle: verdicts[e.verdict],
    pending: e.pending,
  }
}

interface Compared {
  readonly source?: string
  readonly against?: Against
}

/**
 * The effects as known on the morning of `asOf`: for everybody and of every source unless told. The own control group is kept
 * from this source alone: what differs is what this source did. The universal one is kept from everything: what differs is all
 * that was done to those whom the source treated.
 */
export async function effectsAt(
  application: Application,
  asOf: PlainDate,
  scope: RowScope = everybody,
  { source, against = 'own' }: Compared = {},
): Promise<readonly Effect[]> {
  const span = { from: addDays(asOf, -daysBackMax), to: asOf }
  const arms = await decidedArms(application.desk.db, span, scope, source)
  const reader = { shelf: application.shelf }
  const [subscribers, recharges] = await Promise.all([
    feedState(reader, 'subscriber', asOf),
    feedRows(reader, 'recharge', { from: span.from, to: asOf }),
  ])
  if (subscribers === undefined) return []
  const nobodyPaid = sql`(SELECT 0::BIGINT AS sub, NULL::DATE AS day, 0::BIGINT AS amount WHERE ${raw('FALSE')})`
  return effectsOf(await application.warehouse(), {
    cohort: arms.filter(arm => isCompared(arm, against)).flatMap(cohortRow),
    outcomes: outcomesOf(subscribers, recharges ?? nobodyPaid),
    asOf,
  })
}

/** Two control groups are never one: each answers a question of its own. */
function isCompared({ controlGroup }: Arm, against: Against): boolean {
  return controlGroup === null || controlGroup === (against === 'own' ? 'rule' : 'universal')
}

/** What counts as success is what was said on the day of the decision. */
function cohortRow(arm: Arm): CohortRow[] {
  const success = arm.success as unknown as Success | null
  if (success === null || success.withinDays > windowDaysMax) return []
  return [{ subscriberId: arm.subscriberId, ruleId: arm.ruleId, day: arm.day, arm: arm.arm, success }]
}
