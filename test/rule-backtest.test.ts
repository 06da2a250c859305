import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine, rulePreview } from '#flows'
import { organisation } from '#governance'
import { feedRows, feedState } from '#ingest'
import { addDays, type PlainDate, type Result } from '#kernel'
import { bindRule, holds } from '#rules'
import { coverage, parquet, pieceFiles, pieces, type Row, sql } from '#warehouse'
import { type Journey, journey, today } from './support/city.ts'

let city: Journey
beforeAll(async () => {
  city = await journey()
})
afterAll(() => city.close())

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.en}`)
  return result.value
}

interface Precisions {
  readonly mornings: readonly string[]
  readonly rules: readonly {
    readonly id: string
    readonly all: { readonly precision: { readonly successes: number } } | null
    readonly months: readonly { readonly held: object | null }[]
    readonly drift: object | null
  }[]
}

const low = { op: 'lt', factor: 'balance', value: 3000 } as const
const order = { draft: { condition: low }, what: 'recharged', withinDays: 1 } as const

/** The slow, obvious way: every row of a morning in hand, and who recharged on that day. */
async function morningInHand(day: PlainDate) {
  const { shelf, warehouse } = city.application
  const engine = await warehouse()
  const [table] = coverage(await pieces(shelf, 'factor'), { from: day, to: addDays(day, 1) })
  if (table === undefined) throw new Error('no such morning')
  const rows = await engine.rows<Row>(sql`SELECT * FROM ${parquet(pieceFiles(shelf, table.piece))} AS f`)
  const paid = await feedRows({ shelf }, 'recharge', { from: day, to: addDays(day, 1) })
  const state = await feedState({ shelf }, 'subscriber', today)
  if (paid === undefined || state === undefined) throw new Error('no feeds')
  const subs = await engine.rows<{ sub: number }>(sql`SELECT DISTINCT sub FROM ${paid} AS p`)
  const gone = await engine.rows<{ sub: number; since: string }>(
    sql`SELECT sub, CAST(status_since AS VARCHAR) AS since FROM ${state} AS s WHERE status IN ('closed', 'ported_out')`,
  )
  const left = new Map(gone.map(g => [g.sub, g.since]))
  const there = rows.filter(row => (left.get(Number(row['sub'])) ?? '9999') >= day)
  return { rows: there, paid: new Set(subs.map(s => s.sub)) }
}

test('a backtest counts what every row in hand says, by what was known that morning', async () => {
  const found = value(await rulePreview.backtest(city.application, commandLine, order))
  const [month, ...more] = found.months
  expect(more).toEqual([])
  expect(month?.asOf).toBe(addDays(today, -1))
  const { rows, paid } = await morningInHand(addDays(today, -1))
  const isPaid = (row: Row) => paid.has(Number(row['sub']))
  const chosen = rows.filter(row => holds(low, row))
  const hits = chosen.filter(isPaid).length
  const payers = rows.filter(isPaid).length
  expect(hits).toBeGreaterThan(0)
  expect(month?.own).toMatchObject({
    precision: { count: chosen.length, successes: hits, share: hits / chosen.length },
    recall: { count: payers, successes: hits, share: hits / payers },
    base: { count: rows.length, successes: payers },
    lift: hits / chosen.length / (payers / rows.length),
  })
  expect(month?.own?.precision.low).toBeLessThan(hits / chosen.length)
  expect(month?.own?.precision.high).toBeGreaterThan(hits / chosen.length)
  expect(found.all.own).toEqual(month?.own)
  expect(found.all.other).toBeNull()
})

test('beside a rule in force it says whom it finds beyond it, and whom only that one finds', async () => {
  const { application } = city
  const rule = application.catalogue.rules.find(r => r.id === 'low_balance_by_tenure')
  if (rule === undefined) throw new Error('no such rule')
  const against = rule.id
  const found = value(await rulePreview.backtest(application, commandLine, { ...order, against }))
  const { rows } = await morningInHand(addDays(today, -1))
  const bound = bindRule(rule, addDays(today, -1))
  const more = rows.filter(row => holds(low, row) && !holds(bound, row)).length
  const fewer = rows.filter(row => holds(bound, row) && !holds(low, row)).length
  expect(found.all).toMatchObject({ more, fewer })
  expect(more).toBeGreaterThan(0)
  const { condition, parameters } = rule
  const itself = { ...order, draft: { condition, parameters }, against }
  const same = value(await rulePreview.backtest(application, commandLine, itself))
  expect(same.all).toMatchObject({ more: 0, fewer: 0 })
  expect(same.all.own).toEqual(same.all.other)
})

test('each threshold is tried at other values, and what is told of them is what a rule with that value finds', async () => {
  const { application } = city
  const parameter = {
    ...{ id: 'below', title: { zh: '门槛', en: 'below' }, type: 'money', unit: 'fen' },
    ...{ min: 0, max: 20_000, default: 3_000 },
  }
  const condition = { op: 'lt', factor: 'balance', value: { param: 'below' } }
  const draft = { condition, parameters: [parameter] }
  const found = value(await rulePreview.backtest(application, commandLine, { ...order, draft, vary: true }))
  const [threshold, ...more] = found.thresholds
  expect(more).toEqual([])
  expect(threshold).toMatchObject({ parameter: 'below', value: 3_000 })
  const tries = threshold?.tries ?? []
  expect(tries.length).toBeGreaterThan(5)
  expect(tries.every(t => Number(t.value) >= 0 && Number(t.value) <= 20_000)).toBe(true)
  expect(tries.find(t => t.value === 3_000)?.fared).toEqual(found.all.own)
  const other = tries.findLast(t => t.value !== 3_000)
  const asked = { ...order, draft: { condition: { ...low, value: Number(other?.value) } } }
  expect(value(await rulePreview.backtest(application, commandLine, asked)).all.own).toEqual(other?.fared)
  const enough = tries.filter(t => t.fared.precision.successes >= 30)
  const best = Math.max(...enough.map(t => t.balance ?? 0))
  expect(tries.find(t => t.value === threshold?.advised)?.balance).toBe(
    enough.length === 0 ? undefined : best,
  )
  expect(value(await rulePreview.backtest(application, commandLine, order)).thresholds).toEqual([])
})

test('a morning that lacks what a rule asks counts nowhere, and says why', async () => {
  const draft = { condition: { op: 'is_true', factor: 'tag.newcomer_first_month' } }
  const { application } = city
  const there = value(await rulePreview.backtest(application, commandLine, { ...order, draft }))
  expect(there.months[0]).toMatchObject({ held: null, own: { precision: { count: expect.any(Number) } } })
  const held = { condition: { op: 'changed', factor: 'before.balance' } }
  const none = await rulePreview.backtest(application, commandLine, { ...order, draft: held })
  expect(none).toMatchObject({ ok: false, fault: { code: 'rule.no-morning-before' } })
})

test('only those in scope are counted', async () => {
  const counties = (await organisation(city.application.desk.db)).filter(u => u.level === 'county')
  const counts = await Promise.all(
    counties.map(async ({ path: nodePath }) => {
      const asker = { ...commandLine, scope: { kind: 'branch', nodePath } as const }
      return value(await rulePreview.backtest(city.application, asker, order)).all.own?.base.count ?? 0
    }),
  )
  const all = value(await rulePreview.backtest(city.application, commandLine, order)).all.own?.base.count
  expect(counts.every(count => count > 0)).toBe(true)
  expect(counts.reduce((a, b) => a + b, 0)).toBe(all)
})

test('days that have not passed since any morning, and rules that are not there, are faults', async () => {
  const campaign = await city.as('campaign')
  const ask = (more: object) =>
    campaign.ask('backtestDraft', { body: { condition: { ...low }, what: 'left', withinDays: 1, ...more } })
  expect((await ask({})).status).toBe(200)
  expect((await ask({ withinDays: 90 })).body).toMatchObject({ code: 'rule.nothing-to-test' })
  expect((await ask({ against: 'no_such_rule' })).body).toMatchObject({ code: 'rule.unknown' })
  expect((await ask({ condition: { op: 'lt', factor: 'nothing', value: 1 } })).body).toMatchObject({
    code: 'rule.unknown-factor',
  })
})

test('every rule in force fares as its own backtest says, and drift is told of nights in scope', async () => {
  const { application } = city
  const campaign = await city.as('campaign')
  const { status, body } = await campaign.ask('listPrecision', {
    query: { what: 'recharged', withinDays: '1' },
  })
  expect(status).toBe(200)
  const seen = body as Precisions
  const asked = { what: 'recharged', withinDays: 1 } as const
  const { rules, mornings } = value(await rulePreview.precision(application, commandLine, asked))
  expect([mornings, seen.mornings]).toEqual([[addDays(today, -1)], [addDays(today, -1)]])
  expect(seen.rules.map(r => r.id)).toEqual(rules.map(r => r.id))
  const { catalogue } = application
  expect(rules.map(r => r.id)).toEqual(catalogue.rules.map(r => r.id))
  for (const { id, all, months } of rules) {
    const rule = catalogue.rules.find(r => r.id === id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    const draft = { condition: rule.condition, parameters: rule.parameters }
    const own = value(await rulePreview.backtest(application, commandLine, { ...order, draft }))
    expect({ id, all, held: months.map(m => m.held) }).toEqual({
      id,
      all: own.all.own,
      held: own.months.map(m => m.held),
    })
  }
  expect(rules.some(r => (r.all?.precision.successes ?? 0) > 0)).toBe(true)
  // Three nights are too few to say what is usual.
  expect(rules.every(r => r.drift === null)).toBe(true)
})
