import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import { dateOf, join, openWarehouse, type Sql, sql, type Warehouse } from '#warehouse'
import {
  type CohortRow,
  compared,
  effectsOf,
  type Outcomes,
  outcomesOf,
  precisionOf,
  precisionsOf,
  type Success,
  wilson,
} from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'evaluate-'))
let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: folder })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = plainDate('2026-10-25')
const asOf = addDays(start, 20)

interface Recharge {
  readonly subscriber: number
  readonly day: PlainDate
  readonly amount: number
}
interface Leaving {
  readonly subscriber: number
  readonly day: PlainDate
}
interface City {
  readonly cohort: readonly CohortRow[]
  readonly recharges: readonly Recharge[]
  readonly leavings: readonly Leaving[]
}
const known = 25

function relation(columns: Sql, rows: readonly Sql[]): Sql {
  const none = sql`SELECT ${columns} WHERE FALSE`
  return rows.length === 0 ? sql`(${none})` : sql`(${none} UNION ALL VALUES ${join(rows)})`
}

function outcomesIn({ recharges, leavings }: City): Outcomes {
  return {
    keys: sql`(SELECT CAST(i AS BIGINT) AS sub, 's' || i AS subscriber_id FROM range(${known}) AS r(i))`,
    recharges: relation(
      sql`CAST(0 AS BIGINT) AS sub, CAST(NULL AS DATE) AS day, CAST(0 AS BIGINT) AS amount`,
      recharges.map(r => sql`(${r.subscriber}, ${dateOf(r.day)}, ${r.amount})`),
    ),
    leavings: relation(
      sql`CAST(0 AS BIGINT) AS sub, CAST(NULL AS DATE) AS left_on`,
      leavings.map(l => sql`(${l.subscriber}, ${dateOf(l.day)})`),
    ),
  }
}

/** The slow and obvious version: person by person, day by day. */
function byHand({ cohort, recharges, leavings }: City) {
  const rules = [...new Set(cohort.map(c => `${c.ruleId} ${c.success.kind}`))].sort()
  return rules.map(key => {
    const tally = { treated: { count: 0, successes: 0 }, control: { count: 0, successes: 0 } }
    let [pending, unknown] = [0, 0]
    const people = new Set(
      cohort.filter(c => `${c.ruleId} ${c.success.kind}` === key).map(c => c.subscriberId),
    )
    for (const person of people) {
      const decisions = cohort.filter(
        c => `${c.ruleId} ${c.success.kind}` === key && c.subscriberId === person,
      )
      const first = decisions.reduce((a, b) => (b.day < a.day ? b : a))
      const subscriber = Number(person.slice(1))
      if (subscriber >= known) unknown += 1
      else if (addDays(first.day, first.success.withinDays) > asOf) pending += 1
      else {
        tally[first.arm].count += 1
        if (succeeded(first, subscriber, recharges, leavings)) tally[first.arm].successes += 1
      }
    }
    const [ruleId, kind] = key.split(' ')
    return { ruleId, kind, ...compared(tally.treated, tally.control), pending, unknown }
  })
}

function succeeded(
  row: CohortRow,
  subscriber: number,
  recharges: readonly Recharge[],
  leavings: readonly Leaving[],
) {
  for (let i = 0; i < row.success.withinDays; i++) {
    const day = addDays(row.day, i)
    const { success } = row
    if (
      success.kind === 'recharged' &&
      recharges.some(r => r.subscriber === subscriber && r.day === day && r.amount >= success.atLeastFen)
    )
      return true
  }
  const end = addDays(row.day, row.success.withinDays)
  return row.success.kind === 'stayed' && !leavings.some(l => l.subscriber === subscriber && l.day < end)
}

const day = fc.integer({ min: 0, max: 22 }).map(n => addDays(start, n))
const subscriber = fc.integer({ min: 0, max: known - 1 })
const success: fc.Arbitrary<Success> = fc.oneof(
  fc.record({
    kind: fc.constant('recharged' as const),
    withinDays: fc.integer({ min: 1, max: 9 }),
    atLeastFen: fc.constantFrom(0, 3000, 5000),
  }),
  fc.record({ kind: fc.constant('stayed' as const), withinDays: fc.integer({ min: 1, max: 9 }) }),
)
const city: fc.Arbitrary<City> = fc.record({
  cohort: fc.array(
    fc.record({
      subscriberId: fc.integer({ min: 0, max: known + 2 }).map(n => `s${n}`),
      ruleId: fc.constantFrom('low_balance', "it's"),
      day,
      arm: fc.constantFrom('treated' as const, 'control' as const),
      success,
    }),
    { maxLength: 40 },
  ),
  recharges: fc.array(fc.record({ subscriber, day, amount: fc.constantFrom(2999, 3000, 5000, 10_000) }), {
    maxLength: 40,
  }),
  leavings: fc.array(fc.record({ subscriber, day }), { maxLength: 8 }),
})

describe('the effect', () => {
  test('equals the slow and obvious count, person by person and day by day', async () => {
    await fc.assert(
      fc.asyncProperty(city, async random => {
        const effects = await effectsOf(warehouse, {
          cohort: random.cohort,
          outcomes: outcomesIn(random),
          asOf,
        })
        expect(effects).toEqual(byHand(random))
      }),
      { numRuns: 150 },
    )
  })

  test('counts a waiting time only when all of it is known: its last day is in, the as-of day is out', async () => {
    const row = (id: number, from: PlainDate): CohortRow => ({
      subscriberId: `s${id}`,
      ruleId: 'r',
      day: from,
      arm: 'treated',
      success: { kind: 'recharged', withinDays: 7, atLeastFen: 0 },
    })
    const cohort = [row(1, addDays(asOf, -7)), row(2, addDays(asOf, -6))]
    const recharges = [{ subscriber: 1, day: addDays(asOf, -1), amount: 100 }]
    const [effect] = await effectsOf(warehouse, {
      cohort,
      outcomes: outcomesIn({ cohort, recharges, leavings: [] }),
      asOf,
    })
    expect(effect).toMatchObject({ treated: { count: 1, successes: 1 }, pending: 1, verdict: 'too-little' })
  })

  test('nobody decided for is no effect, and no fault', async () => {
    const nothing = { cohort: [], recharges: [], leavings: [] }
    expect(await effectsOf(warehouse, { cohort: [], outcomes: outcomesIn(nothing), asOf })).toEqual([])
  })

  test('who is closed or ported out has left, from the first day of that state on', async () => {
    const subscribers = sql`(SELECT * FROM (VALUES (1, 's1', 'ported_out', ${dateOf(addDays(start, 6))}), (2, 's2', 'closed', ${dateOf(addDays(start, 7))}),
      (3, 's3', 'suspended', ${dateOf(start)})) AS v(sub, subscriber_id, status, status_since))`
    const nobodyPaid = outcomesIn({ cohort: [], recharges: [], leavings: [] }).recharges
    const cohort = ['s1', 's2', 's3'].map((subscriberId): CohortRow => {
      return {
        subscriberId,
        ruleId: 'r',
        day: start,
        arm: 'control',
        success: { kind: 'stayed', withinDays: 7 },
      }
    })
    const [effect] = await effectsOf(warehouse, {
      cohort,
      outcomes: outcomesOf(subscribers, nobodyPaid),
      asOf,
    })
    expect(effect?.control).toMatchObject({ count: 3, successes: 2 })
  })

  test('leaves no table behind', async () => {
    const tables = await warehouse.rows(sql`SELECT table_name FROM information_schema.tables`)
    expect(tables).toEqual([])
  })
})

describe('precision', () => {
  const base = sql`(SELECT i, CASE WHEN i % 10 = 9 THEN NULL ELSE i % 3 = 0 END AS left_us, i % 2 = 0 AS picked FROM range(300) AS r(i))`

  test('counts hits among the selected, recall among the labelled, lift over the base', async () => {
    const found = await precisionOf(warehouse, base, sql`picked`, sql`left_us`)
    const people = Array.from({ length: 300 }, (_, i) => i).filter(i => i % 10 !== 9)
    const hits = people.filter(i => i % 6 === 0).length
    expect(found.precision).toMatchObject({ count: people.filter(i => i % 2 === 0).length, successes: hits })
    expect(found.recall).toMatchObject({ count: people.filter(i => i % 3 === 0).length, successes: hits })
    expect(found.lift).toBeCloseTo(hits / 150 / (people.filter(i => i % 3 === 0).length / 270), 12)
    expect(found.precision.interval).toEqual(wilson({ count: 150, successes: hits }))
    expect(found.unlabelled).toBe(30)
  })

  test('of a condition that selects nobody is unknown, not zero', async () => {
    const found = await precisionOf(warehouse, base, sql`FALSE`, sql`left_us`)
    expect(found.precision.share).toBeUndefined()
    expect(found.lift).toBeUndefined()
    expect(found.recall.share).toBe(0)
  })

  test('of several conditions in one scan is that of each alone', async () => {
    const conditions = [sql`picked`, sql`FALSE`, sql`i % 7 = 0 AND i > 20`, sql`NULL::BOOLEAN`]
    const alone = []
    for (const condition of conditions)
      alone.push(await precisionOf(warehouse, base, condition, sql`left_us`))
    expect(await precisionsOf(warehouse, base, conditions, sql`left_us`)).toEqual(alone)
    expect(alone.map(one => one.precision.count)).toEqual([150, 0, 36, 0])
  })
})
