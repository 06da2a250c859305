import {
  type CheckedFeed,
  type Finding,
  feedOf,
  feeds,
  type KeptDelivery,
  keptChecks,
  keptDeliveries,
} from '#ingest'
import { addDays, err, isPlainDate, ok, type PlainDate, type RowScope } from '#kernel'
import { decisionCounts, taskCounts, taskStates } from '#tasks'
import type { Application } from '../application.ts'
import { nightUnknown } from '../faults.ts'
import { type Figures, figuresWithin } from '../night/places.ts'
import { notPassed } from '../night/quality.ts'
import { findNight, type NightRow, nightRows, stepRows } from '../night/record.ts'
import { steps } from '../night/steps.ts'
import { rulesKnown } from '../rules/in-force.ts'
import { planTitle } from '../warnings/desk.ts'
import type { Words } from './coded.ts'

const nightsMax = 120
const deliveriesMax = 5_000

const checkTitles: Readonly<Record<Finding['check'], Words>> = {
  freshness: { zh: '时效', en: 'freshness' },
  completeness: { zh: '完整', en: 'completeness' },
  volume: { zh: '数量', en: 'volume' },
  distribution: { zh: '分布', en: 'distribution' },
  repetition: { zh: '重发', en: 'repetition' },
  duplicates: { zh: '重复', en: 'duplicates' },
  references: { zh: '引用', en: 'references' },
  quarantine: { zh: '隔离', en: 'quarantine' },
}

/**
 * The nights that were run, newest first. Steps, feeds and what was held are the installation's and the same for all; warnings
 * and tasks are counted within the scope as it was that morning.
 */
export async function listNights(application: Application, scope: RowScope) {
  const { desk } = application
  const nights = await nightRows(desk, nightsMax)
  const [first, last] = [nights.at(-1), nights[0]]
  if (first === undefined || last === undefined) return ok({ rows: [] })
  const span = { from: first.day, to: addDays(last.day, 1) }
  const [figures, tasks] = await Promise.all([
    figuresWithin(desk.db, span, scope),
    taskCounts(desk.db, span, scope),
  ])
  const rows = await Promise.all(
    nights.map(async n => {
      const checked = await keptChecks(desk.db, n.day)
      const found = figures.get(n.day)
      return {
        ...timesOf(n),
        feedVerdict: worstOf(checked),
        warnings: found === undefined ? null : found.high + found.medium + found.low,
        tasks: tasks.filter(t => t.day === n.day).reduce((sum, t) => sum + t.count, 0),
        heldRules: n.held.length,
      }
    }),
  )
  return ok({ rows })
}

/** One night: its steps, its feeds and their checks, what was held and why, what was decided. Fault night.unknown. */
export async function showNight(application: Application, scope: RowScope, text: string) {
  const { desk } = application
  const night = isPlainDate(text) ? await findNight(desk, text) : undefined
  if (night === undefined) return err(nightUnknown())
  const span = { from: night.day, to: addDays(night.day, 1) }
  const [ran, checked, deliveries, decisions, figures, tasks, suspects] = await Promise.all([
    stepRows(desk, night.day),
    keptChecks(desk.db, night.day),
    keptDeliveries(desk.db, deliveriesMax),
    decisionCounts(desk.db, night.day, scope),
    figuresWithin(desk.db, span, scope),
    taskCounts(desk.db, span, scope),
    notPassed(application, night.day),
  ])
  const found = figures.get(night.day)
  const known = await rulesKnown(application)
  return ok({
    ...timesOf(night),
    finishedAt: night.finishedAt?.toISOString() ?? null,
    steps: steps.map(step => {
      const row = ran.find(r => r.id === step.id)
      return {
        id: step.id,
        title: step.title,
        state: row?.state ?? ('waiting' as const),
        startedAt: row?.startedAt.toISOString() ?? null,
        seconds: secondsOf(row),
        rows: row?.rows ?? null,
        done: row?.done ?? null,
        total: row?.total ?? null,
        fault: row?.fault ?? null,
      }
    }),
    feeds: checked.filter(c => c.verdict !== 'off').map(c => checkedFeed(c, deliveries, night.day)),
    held: night.held.map(h => ({
      ...h,
      title: known.get(h.ruleId)?.rule.title ?? planTitle(application, h.ruleId).title,
    })),
    suspects,
    warnings: levelCounts(found),
    proposals: decisions.reduce((sum, d) => sum + d.count, 0),
    decisions: decisions.map(d => ({
      code: d.code,
      title: d.title,
      act: d.result === 'act',
      count: d.count,
    })),
    tasks: Object.entries(taskStates).flatMap(([code, title]) => {
      const count = tasks.find(t => t.state === code)?.count ?? 0
      return count === 0 ? [] : [{ code, title, count }]
    }),
    fault: ran.find(r => r.fault !== null)?.fault ?? null,
  })
}

function levelCounts(found: Figures | undefined) {
  const { subscribers = 0, high = 0, medium = 0, low = 0 } = found ?? {}
  const counts = { high, medium, low, stable: subscribers - high - medium - low }
  return (['high', 'medium', 'low', 'stable'] as const).map(level => ({ level, count: counts[level] }))
}

function timesOf(night: NightRow) {
  return {
    day: night.day,
    state: night.state,
    startedAt: night.startedAt.toISOString(),
    seconds: secondsOf(night),
  }
}

function secondsOf(
  run: { readonly startedAt: Date; readonly finishedAt: Date | null } | undefined,
): number | null {
  return run?.finishedAt ? (run.finishedAt.getTime() - run.startedAt.getTime()) / 1_000 : null
}

function worstOf(checked: readonly CheckedFeed[]): 'pass' | 'warn' | 'hold' | null {
  const has = (verdict: string) => checked.some(c => c.verdict === verdict)
  return checked.length === 0 ? null : has('hold') ? 'hold' : has('warn') ? 'warn' : 'pass'
}

function checkedFeed(checked: CheckedFeed, deliveries: readonly KeptDelivery[], asOf: PlainDate) {
  const { feed } = checked
  const own = deliveries.filter(d => d.feed === feed && d.state === 'loaded' && d.learnedOn === asOf)
  const { verdict, ...stands } = standing(checked, own)
  return { feed, title: feedOf(feed).title, verdict: verdict ?? ('pass' as const), ...stands }
}

/** How a feed stood when it was checked, and what these deliveries of it brought. */
function standing(checked: CheckedFeed | undefined, own: readonly KeptDelivery[]) {
  return {
    verdict: checked === undefined || checked.verdict === 'off' ? null : checked.verdict,
    rows: own.length === 0 ? null : own.reduce((sum, d) => sum + d.rows, 0),
    quarantined: own.reduce((sum, d) => sum + d.quarantined, 0),
    checks: (checked?.findings ?? []).map(shownCheck),
  }
}

function shownCheck({ check, verdict, zh, en }: Finding) {
  return { id: check, title: checkTitles[check], verdict, found: { zh, en } }
}

const kinds: Readonly<Record<'event' | 'day' | 'month' | 'state', Words>> = {
  event: { zh: '事件', en: 'events' },
  day: { zh: '按日', en: 'by day' },
  month: { zh: '按账期', en: 'by month' },
  state: { zh: '状态', en: 'state' },
}

/** Every feed of the contract: whether it comes, how far it reaches, how it stood on the last (or the given) morning. */
export async function feedReport(application: Application, day?: PlainDate) {
  const { desk } = application
  const [last] = await nightRows(desk, 1)
  const asOf = day ?? last?.day
  const [checked, deliveries] = await Promise.all([
    asOf === undefined ? [] : keptChecks(desk.db, asOf),
    keptDeliveries(desk.db, deliveriesMax),
  ])
  return ok({
    asOf: asOf ?? null,
    feeds: feeds.map(feed => {
      const own = deliveries.filter(d => d.feed === feed.id && d.state === 'loaded')
      return {
        id: feed.id,
        title: feed.title,
        means: feed.means,
        kind: { code: feed.kind, title: kinds[feed.kind] },
        source: feed.source,
        delivered: own.length > 0,
        dataThrough: lastDayOf(own),
        ...standing(
          checked.find(c => c.feed === feed.id),
          own,
        ),
      }
    }),
  })
}

/** The last data day delivered: the day before the newest span ends. */
function lastDayOf(deliveries: readonly KeptDelivery[]): PlainDate | null {
  const ends = deliveries.map(d => d.span.to).toSorted()
  const last = ends.at(-1)
  return last === undefined ? null : addDays(last, -1)
}
