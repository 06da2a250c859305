import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFactors } from '#factors'
import { addDays, plainDate } from '#kernel'
import { readRules } from '#rules'
import { isLookedAt, readWarningPlans, ruleOf } from './plan.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue')
const factors = await readFactors(path.join(catalogue, 'factors'))
const { rules } = await readRules(path.join(catalogue, 'rules'), factors.byId)
const shipped = await readWarningPlans(path.join(catalogue, 'warnings'), rules, factors.byId)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-plans-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the catalogue’s plans are right, and the weekly anomaly grades as its requirement says', () => {
  expect(shipped.faults).toEqual([])
  const weekly = shipped.plans.find(plan => plan.id === 'weekly_anomaly')
  expect(weekly).toMatchObject({
    asks: { op: 'ge', factor: 'arpu_3m', value: 12_000 },
    weekday: 1,
    levelFrom: { high: 21, medium: 14, low: 9 },
  })
  const twice = weekly?.signals.find(signal => ruleOf(signal) === 'week_calls_rival_twice')
  expect(twice).toMatchObject({ levelAtLeast: 'high' })
})

test('what a factor says of a plan names a plan that there is', () => {
  const named = factors.factors
    .filter(f => f.feeds.includes('warning_life'))
    .flatMap(f => [...JSON.stringify(f).matchAll(/daily|weekly_anomaly/g)].map(m => m[0]))
  expect(new Set(named)).toEqual(new Set(shipped.plans.map(plan => plan.id)))
})

test('everything that is wrong with plans is told at once, with its line', async () => {
  const plan = (more: string) =>
    `- id: one\n  title: {zh: 一, en: one}\n  means: {zh: 一, en: one}\n  life: {closesAfterDays: 7, reopensWithinDays: 30}\n${more}`
  await writeFile(
    path.join(folder, 'plans.yaml'),
    `${plan('  levelFrom: {high: 5, medium: 9, low: 3}\n  signals: [nothing_like_it]\n')}${plan(
      '  levelFrom: {high: 9, medium: 5, low: 3}\n  asks: {op: ge, factor: no_factor, value: 1}\n  signals: [arpu_falls, {rule: arpu_falls, points: 2}]\n',
    )}${plan('  levelFrom: {high: 9, medium: 5, low: 3}\n  signals: [arpu_falls]\n').repeat(2)}`,
  )
  const { plans, faults } = await readWarningPlans(folder, rules, factors.byId)
  expect(plans.map(p => p.id)).toEqual(['one'])
  expect(faults.map(f => `${f.code} ${f.at?.['line']}`)).toEqual([
    'warning.unknown-rule 6',
    'warning.levels-out-of-order 5',
    'warning.rule-twice 13',
    'rule.unknown-factor 12',
    'warning.plan-twice 20',
  ])
})

const monday = plainDate('2026-09-14')
const week = { signals: [], weekday: 1 } as unknown as Parameters<typeof isLookedAt>[0]

test('a weekly plan is looked at on its day, or on the first morning after it that there is', () => {
  expect(isLookedAt(week, monday, addDays(monday, -7))).toBe(true)
  expect(isLookedAt(week, addDays(monday, 1), monday)).toBe(false)
  expect(isLookedAt(week, addDays(monday, 6), monday)).toBe(false)
  expect(isLookedAt(week, addDays(monday, 2), addDays(monday, -5))).toBe(true)
  expect(isLookedAt(week, addDays(monday, 3), undefined)).toBe(true)
})

test('whatever mornings there are, a weekly plan is looked at once for each of its days, and a daily one always', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 7 }),
      (mornings, weekday) => {
        const plan = { ...week, weekday }
        let last: ReturnType<typeof addDays> | undefined
        const weeks: number[] = []
        for (const n of mornings.toSorted((a, b) => a - b)) {
          const day = addDays(monday, n)
          if (!isLookedAt(plan, day, last)) continue
          last = day
          weeks.push(Math.floor((n - (weekday - 1)) / 7))
        }
        const meant = new Set(mornings.map(n => Math.floor((n - (weekday - 1)) / 7)))
        expect(weeks.toSorted((a, b) => a - b)).toEqual([...meant].toSorted((a, b) => a - b))
        expect(isLookedAt({ ...week, weekday: undefined } as never, monday, monday)).toBe(true)
      },
    ),
  )
})
