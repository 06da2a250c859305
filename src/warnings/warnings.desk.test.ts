import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql as deskSql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { everybody, plainDate } from '#kernel'
import { holds, type KnownFactor, type Rule } from '#rules'
import { openWarehouse, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import { freshDesk } from '../../test/support/desk.ts'
import {
  exportLives,
  exportWarnings,
  keepPlans,
  lastLook,
  levelOf,
  lifeAfter,
  livesBefore,
  livesOf,
  livesOn,
  plansLookedAt,
  raiseWarnings,
  replaceLives,
  signalReason,
  type WarningPlan,
  warningCounts,
  warningRulesOn,
  warningsOf,
  warningsOn,
} from './index.ts'
import type { WarningTables } from './tables.ts'

const monday = plainDate('2026-11-16')
const tuesday = plainDate('2026-11-17')
const folder = mkdtempSync(path.join(tmpdir(), 'warnings-'))
let desk: Desk
let warehouse: Warehouse
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: folder })
})
afterAll(async () => {
  await desk.close()
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const rule = (id: string, points: number, condition: Rule['condition'], more: Partial<Rule> = {}): Rule => ({
  id,
  version: 1,
  title: { en: id, zh: id },
  means: { en: id, zh: id },
  owner: 'planning',
  parameters: [],
  condition,
  uses: [],
  points,
  controlPercent: 10,
  ...more,
})
const low = rule('low_balance', 9, { op: 'lt', factor: 'balance', value: 1000 }, { action: 'ask_recharge' })
const silent = rule('silent', 6, { op: 'ge', factor: 'silent_days', value: 7 })
const complaints = rule(
  'complaints',
  4,
  { op: 'ge', factor: 'complaints', value: 3 },
  { levelAtLeast: 'medium' },
)
const rules = [low, silent, complaints]
const plan: WarningPlan = {
  id: 'daily',
  title: { en: 'daily', zh: '每日' },
  means: { en: 'daily', zh: '每日' },
  signals: ['low_balance', 'silent', 'complaints'],
  life: { closesAfterDays: 7, reopensWithinDays: 30 },
  levelFrom: { high: 15, medium: 12, low: 6 },
}
const factors = new Map(
  (['balance', 'silent_days', 'complaints'] as const).map((id): [string, KnownFactor] => [
    id,
    { id, title: { en: id, zh: id }, type: id === 'balance' ? 'money' : 'integer', feeds: [] },
  ]),
)

/** 600 subscribers over every combination of values, missing ones too. */
function city(seed: number): Sql {
  return sql`(SELECT i AS sub, 's' || lpad(CAST(i AS VARCHAR), 4, '0') AS subscriber_id,
    CASE WHEN i % 5 = 0 THEN NULL ELSE CAST(((i + ${seed}) * 7919) % 3000 AS BIGINT) END AS balance,
    CASE WHEN i % 7 = 0 THEN NULL ELSE CAST(((i + ${seed}) * 31) % 15 AS BIGINT) END AS silent_days,
    CAST((i + ${seed}) % 5 AS BIGINT) AS complaints FROM range(600) AS r(i))`
}

async function everything() {
  const day = await deskSql`select * from warning_day order by day`.execute(desk.db)
  const kept = await deskSql`select * from warning_rule order by day, rule_id`.execute(desk.db)
  const raised = await deskSql`select * from warning_raised order by day, subscriber_id`.execute(desk.db)
  return JSON.stringify([day.rows, kept.rows, raised.rows])
}

test('each subscriber gets the level that adding up by hand gives', async () => {
  const counts = await raiseWarnings(desk.db, warehouse, {
    asOf: monday,
    table: city(1),
    plan,
    active: rules,
  })
  const rows = await warehouse.rows<Row>(city(1))
  const byHand = rows.map(row => {
    const fired = rules.filter(r => holds(r.condition as Parameters<typeof holds>[0], row))
    const points = fired.reduce((sum, r) => sum + r.points, 0)
    const level = levelOf(
      plan,
      points,
      fired.flatMap(r => r.levelAtLeast ?? []),
    )
    return { subscriberId: String(row['subscriber_id']), level, points, signals: fired.map(r => r.id) }
  })
  const warnings = await warningsOn(desk.db, { day: monday, plan: 'daily' }, { rowsMax: 1000 })
  expect(
    warnings.map(w => ({ ...w, day: undefined, plan: undefined, signals: w.signals.map(s => s.rule) })),
  ).toEqual(byHand.filter(w => w.level !== 'stable').map(w => ({ ...w, day: undefined, plan: undefined })))
  const many = (level: string) => byHand.filter(w => w.level === level).length
  expect(counts).toEqual({
    day: monday,
    plan: 'daily',
    asked: 600,
    high: many('high'),
    medium: many('medium'),
    low: many('low'),
    stable: many('stable'),
  })
  expect(Math.min(counts.high, counts.medium, counts.low, counts.stable)).toBeGreaterThan(0)
  expect(await warningCounts(desk.db, 'daily', 5)).toEqual([counts])
})

test('running a day again replaces that day with equal rows and touches no other', async () => {
  await raiseWarnings(desk.db, warehouse, { asOf: tuesday, table: city(2), plan, active: rules })
  const before = await everything()
  await raiseWarnings(desk.db, warehouse, { asOf: monday, table: city(5), plan, active: [low] })
  expect(await everything()).not.toBe(before)
  await raiseWarnings(desk.db, warehouse, { asOf: monday, table: city(1), plan, active: rules })
  expect(await everything()).toBe(before)
})

test('a failure in the middle leaves the day as it was', async () => {
  const before = await everything()
  const broken = sql`(SELECT *, CASE WHEN sub = 599 THEN error('the disk broke') END AS broken FROM ${city(3)} AS c)`
  const asking = rule('breaks', 20, { op: 'missing', factor: 'broken' })
  const run = { asOf: monday, table: broken, plan: { ...plan, signals: ['breaks'] }, active: [asking] }
  await expect(raiseWarnings(desk.db, warehouse, run)).rejects.toThrow('the disk broke')
  expect(await everything()).toBe(before)
})

test('a reason is printed from the rule as it was that day, with the values that were met', async () => {
  const [warning] = await warningsOn(desk.db, { day: monday, plan: 'daily' }, { rowsMax: 1 })
  const kept = await warningRulesOn(desk.db, { day: monday, plan: 'daily' })
  const [signal] = warning?.signals ?? []
  const ruleOfDay = kept.get(signal?.rule ?? '')
  if (signal === undefined || ruleOfDay === undefined) throw new Error('no signal was kept')
  expect(ruleOfDay).toMatchObject({ rule: 'low_balance', action: 'ask_recharge', controlPercent: 10 })
  expect(signalReason(signal, ruleOfDay, factors, 'zh')).toMatch(/^balance ¥\d+\.\d\d（低于 ¥10\.00）$/)
  expect(signalReason(signal, ruleOfDay, new Map(), 'en')).toMatch(/^balance \d+ \(below 1000\)$/)
  expect([...kept.values()].map(r => r.subscribers).every(n => n > 0)).toBe(true)
})

test('a rule that is held adds nothing', async () => {
  const held = await raiseWarnings(desk.db, warehouse, {
    asOf: monday,
    table: city(1),
    plan,
    active: [silent, complaints],
  })
  const kept = await warningRulesOn(desk.db, { day: monday, plan: 'daily' })
  expect([...kept.keys()].sort()).toEqual(['complaints', 'silent'])
  expect(held.high).toBe(0)
})

test('the warnings go back as a feed, and a subscriber’s own are found newest first', async () => {
  const feed = await exportWarnings(desk.db, tuesday)
  const raised = await warningsOn(desk.db, { day: tuesday, plan: 'daily' }, { rowsMax: 1000 })
  expect(feed).toEqual(
    raised.map(w => ({ subscriber_id: w.subscriberId, raised_on: tuesday, level: w.level })),
  )
  const [both] = raised.filter(w => w.signals.some(s => s.rule === 'complaints'))
  const history = await warningsOf(desk.db, both?.subscriberId ?? '', 10)
  expect(history[0]?.day).toBe(tuesday)
  const rest = await warningsOn(
    desk.db,
    { day: tuesday, plan: 'daily' },
    { after: raised[9]?.subscriberId ?? '', rowsMax: 5 },
  )
  expect(rest).toEqual(raised.slice(10, 15))
})

test('lives are kept by day: the day before answers, closed ones may come back, a day again replaces itself', async () => {
  const span = { closesAfterDays: 2, reopensWithinDays: 5 }
  const days = [17, 18, 19, 20, 21, 22].map(d => plainDate(`2026-12-${d}`))
  const tables = desk.db.withTables<WarningTables>()
  for (const day of days) {
    const row = { day, plan_id: 'p', asks: null, asked: 1, high: 0, medium: 0, low: 0 }
    await tables.insertInto('warning_day').values(row).execute()
  }
  const signs: Readonly<Record<string, string>> = { a: 'll....', b: 'l....l', c: '.hHh..' }
  const night = async (day: (typeof days)[number], i: number) => {
    const before = await livesBefore(desk.db, { day, plan: 'p' }, span)
    const lives = Object.entries(signs).flatMap(([subscriberId, text]) => {
      const sign = text[i] ?? '.'
      const level = ({ l: 'low', h: 'high' } as const)[sign.toLowerCase() as 'l' | 'h']
      const today = { day, subscriberId, level, isWorked: sign === 'H' }
      const life = lifeAfter(before.get(subscriberId), today, span)
      return life === undefined
        ? []
        : [{ ...life, managerId: subscriberId === 'c' ? 'm1' : null, nodePath: '/hq/' }]
    })
    await tables.transaction().execute(trx => replaceLives(trx, { day, plan: 'p' }, lives))
    return lives.map(life => `${life.subscriberId} ${life.state}`)
  }
  const told: string[][] = []
  for (const [i, day] of days.entries()) {
    await night(day, i)
    told.push(await night(day, i))
  }
  expect(told).toEqual([
    ['a raised', 'b raised'],
    ['a raised', 'b eased', 'c raised'],
    ['a eased', 'b closed', 'c worked'],
    ['a closed', 'c worked'],
    ['c eased'],
    ['b raised', 'c closed'],
  ])
  expect(await livesOf(desk.db, 'b')).toMatchObject([
    { plan: 'p', reopened: 1, openedOn: days[0], raisedDays: 2 },
  ])
  const third = days[2] ?? monday
  const all = await livesOn(desk.db, { day: third, plans: ['p'] }, everybody, {})
  expect(all.lives.map(life => life.subscriberId)).toEqual(['c', 'a', 'b'])
  expect(all.counts).toEqual([
    { plan: 'p', state: 'closed', level: 'low', count: 1 },
    { plan: 'p', state: 'eased', level: 'low', count: 1 },
    { plan: 'p', state: 'worked', level: 'high', count: 1 },
  ])
  const own = await livesOn(
    desk.db,
    { day: third, plans: ['p'] },
    { kind: 'own', managerIds: ['m1'] },
    { state: 'worked' },
  )
  expect(own).toMatchObject({ counts: [{ state: 'worked' }], lives: [{ subscriberId: 'c' }] })
})

test('what changed is told against the look before: opened, risen, back again', async () => {
  const told = async (date: string) =>
    (await exportLives(desk.db, plainDate(`2026-12-${date}`))).map(
      l =>
        `${l.subscriber_id} ${l.state} ${l.level_change}${l.opened ? ' opened' : ''}${l.escalated ? ' escalated' : ''}${l.reopened ? ' back' : ''}`,
    )
  expect(await told('17')).toEqual(['a raised 1 opened', 'b raised 1 opened'])
  expect(await told('18')).toEqual(['a raised 0', 'b eased -1', 'c raised 3 opened'])
  expect(await told('20')).toEqual(['a closed 0', 'c worked 0'])
  expect(await told('22')).toEqual(['b raised 1 back', 'c closed 0'])
})

test('two plans stand side by side: each asks whom it is for, with points of its own, and one run again leaves the other', async () => {
  const weekly: WarningPlan = {
    ...plan,
    id: 'weekly',
    weekday: 1,
    asks: { op: 'ge', factor: 'complaints', value: 2 },
    signals: [
      { rule: 'silent', points: 20 },
      { rule: 'complaints', points: 1, levelAtLeast: 'high' },
    ],
  }
  await raiseWarnings(desk.db, warehouse, { asOf: monday, table: city(1), plan, active: rules })
  const daily = await warningsOn(desk.db, { day: monday, plan: 'daily' }, { rowsMax: 1000 })
  const run = { asOf: monday, table: city(1), plan: weekly, active: rules }
  const counts = await raiseWarnings(desk.db, warehouse, run)
  const rows = (await warehouse.rows<Row>(city(1))).filter(row => Number(row['complaints']) >= 2)
  const high = rows.filter(row => Number(row['silent_days'] ?? 0) >= 7 || Number(row['complaints']) >= 3)
  expect(counts).toEqual({
    day: monday,
    plan: 'weekly',
    asked: rows.length,
    high: high.length,
    medium: 0,
    low: 0,
    stable: rows.length - high.length,
  })
  expect([...(await plansLookedAt(desk.db, monday))]).toEqual([
    ['daily', null],
    ['weekly', weekly.asks],
  ])
  const found = await warningsOn(desk.db, { day: monday, plan: 'weekly' }, { rowsMax: 1000 })
  expect(found.map(w => w.subscriberId)).toEqual(high.map(row => row['subscriber_id']))
  expect(new Set(found.flatMap(w => w.signals.map(s => `${s.rule} ${s.points}`)))).toEqual(
    new Set(['silent 20', 'complaints 1']),
  )
  expect(await warningsOn(desk.db, { day: monday, plan: 'daily' }, { rowsMax: 1000 })).toEqual(daily)
  // As a feed each subscriber is warned about once, at the highest level of any plan.
  const feed = await exportWarnings(desk.db, monday)
  expect(feed.map(w => w.subscriber_id)).toEqual(
    [...new Set([...daily, ...found].map(w => w.subscriberId))].toSorted(),
  )
  const both = new Set(found.map(w => w.subscriberId))
  expect(feed.filter(w => both.has(w.subscriber_id)).every(w => w.level === 'high')).toBe(true)
  expect(await lastLook(desk.db, { day: tuesday, plan: 'weekly' })).toBe(monday)
  expect(await lastLook(desk.db, { day: monday, plan: 'weekly' })).toBeUndefined()
  await keepPlans(desk.db, monday, ['daily'])
  expect([...(await plansLookedAt(desk.db, monday)).keys()]).toEqual(['daily'])
})
