import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '#kernel'
import type { BoundCondition } from '#rules'
import { ident, join, openWarehouse, type Row, raw, type Sql, sql, type Warehouse } from '#warehouse'
import { classOf, classSql, cutsOf, type Scale } from './scale.ts'
import { type BoundTree, bindTree, pathTo, stageOf, type Tree, treeSql, treeUses } from './tree.ts'

let warehouse: Warehouse
const folder = mkdtempSync(path.join(tmpdir(), 'segments-'))
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: folder })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

// ---- random trees over random rows: small values, so that equality and boundaries come up often

const small = fc.integer({ min: -2, max: 2 })
const days = ['2026-02-28', '2026-03-01', '2026-03-02']
const words = ['a', 'b', '移动']
const comparison: fc.Arbitrary<BoundCondition> = fc.oneof(
  fc.record({
    op: fc.constantFrom(
      'lt' as const,
      'le' as const,
      'gt' as const,
      'ge' as const,
      'eq' as const,
      'ne' as const,
    ),
    factor: fc.constantFrom('n', 'm'),
    value: small,
  }),
  fc.record({
    op: fc.constantFrom('lt' as const, 'ge' as const),
    factor: fc.constant('d'),
    value: fc.constantFrom(...days),
  }),
  fc.record({
    op: fc.constantFrom('is' as const, 'is_not' as const),
    factor: fc.constant('t'),
    value: fc.constantFrom(...words),
  }),
  fc.record({
    op: fc.constantFrom('missing' as const, 'present' as const),
    factor: fc.constantFrom('n', 'm', 'd', 't', 'f'),
  }),
  fc.record({ op: fc.constantFrom('is_true' as const, 'is_false' as const), factor: fc.constant('f') }),
)
const condition: fc.Arbitrary<BoundCondition> = fc.oneof(
  { weight: 3, arbitrary: comparison },
  { weight: 1, arbitrary: comparison.map(of => ({ op: 'not' as const, of })) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(comparison, { minLength: 1, maxLength: 3 }),
    }),
  },
)
const asks = { zh: '问', en: 'asks' }
const tree: fc.Arbitrary<BoundTree> = fc.letrec<{ any: BoundTree }>(tie => ({
  any: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    { weight: 1, arbitrary: fc.constantFrom('one', 'two', 'three') },
    {
      weight: 2,
      arbitrary: fc.record({ asks: fc.constant(asks), when: condition, yes: tie('any'), no: tie('any') }),
    },
  ),
})).any

const cell = <T>(values: fc.Arbitrary<T>, type: string) =>
  fc.option(values, { freq: 4 }).map(v => sql`CAST(${v === null ? null : String(v)} AS ${raw(type)})`)
const row: fc.Arbitrary<Sql> = fc
  .record({
    n: cell(small, 'BIGINT'),
    m: cell(small, 'BIGINT'),
    d: cell(fc.constantFrom(...days), 'DATE'),
    t: cell(fc.constantFrom(...words), 'VARCHAR'),
    f: cell(fc.boolean(), 'BOOLEAN'),
  })
  .map(cells => sql`SELECT ${join(Object.entries(cells).map(([id, c]) => sql`${c} AS ${ident(id)}`))}`)

async function disagreements(trees: readonly BoundTree[], rows: readonly Sql[], print = treeSql) {
  const columns = trees.map((one, i) => sql`${print(one)} AS ${ident(`s${i}`)}`)
  const found = await warehouse.rows<Row>(
    sql`SELECT t.*, ${join(columns)} FROM (${join(rows, ' UNION ALL ')}) AS t`,
  )
  return found.flatMap(r =>
    trees.flatMap((one, i) => (r[`s${i}`] === stageOf(one, r) ? [] : [{ tree: one, row: r }])),
  )
}

test('a tree as SQL and as a plain function give every row the same stage: 2,000 random trees', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(tree, { minLength: 100, maxLength: 100, size: 'max' }),
      fc.array(row, { minLength: 30, maxLength: 30, size: 'max' }),
      async (trees, rows) => {
        expect((await disagreements(trees, rows))[0]).toBeUndefined()
      },
    ),
    { numRuns: 20, endOnFailure: true },
  )
}, 120_000)

test('a tree whose branches were exchanged in SQL is noticed', async () => {
  const wrong = (one: BoundTree): Sql =>
    typeof one === 'string' ? treeSql(one) : treeSql({ ...one, yes: one.no, no: one.yes })
  const trees = fc.sample(tree, { numRuns: 100, seed: 3 })
  const rows = fc.sample(row, { numRuns: 30, seed: 4 })
  expect((await disagreements(trees, rows, wrong)).length).toBeGreaterThan(0)
})

test('the path to a stage leads where the stage says', () => {
  const known = new Map(
    (['n', 'm', 'd', 't', 'f'] as const).map(id => {
      const type = { n: 'integer', m: 'money', d: 'date', t: 'text', f: 'flag' } as const
      return [id as string, { id, title: { zh: id, en: id }, type: type[id], feeds: [] }]
    }),
  )
  fc.assert(
    fc.property(
      tree,
      fc.record({ n: small, m: small, d: fc.constantFrom(...days), t: fc.constant('a'), f: fc.boolean() }),
      (one, r) => {
        let at: BoundTree = one
        for (const step of pathTo(one, r, known)) {
          if (typeof at === 'string') throw new Error('a step behind a leaf')
          at = step.held ? at.yes : at.no
        }
        expect(at).toBe(stageOf(one, r))
      },
    ),
  )
})

test('days counted from the as-of day become days, and every factor is named once', () => {
  const one: Tree = {
    asks,
    when: { op: 'ge', factor: 'd', value: { daysFromAsOf: -3 } },
    yes: 'one',
    no: { asks, when: { op: 'missing', factor: 'd' }, yes: 'two', no: 'one' },
  }
  expect(bindTree(one, plainDate('2026-03-01'))).toMatchObject({ when: { value: '2026-02-26' } })
  expect(treeUses(one)).toEqual(['d'])
})

// ---- value classes

const scale = (by: Scale['by'], begins: readonly number[]): Scale => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const title = { zh: '级', en: 'class' }
  const classes = [...begins.toSorted((x, y) => y - x), undefined].map((from, i) => {
    return { id: ids[i] ?? '', title, ...(from === undefined ? {} : { from }) }
  })
  // Whoever is not known may belong anywhere: here to the highest where there is an even number of classes.
  const missing = classes.at(classes.length % 2 === 0 ? 0 : -1)?.id ?? ''
  return { factor: 'm', by, missing, classes }
}
const scales = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).map(b => scale('thresholds', b)),
  fc.uniqueArray(fc.constantFrom(0, 0.25, 0.5, 0.8, 0.99), { maxLength: 4 }).map(b => scale('quantiles', b)),
)

test('a class as SQL and as a plain function agree, by thresholds and by quantiles', async () => {
  await fc.assert(
    fc.asyncProperty(scales, fc.array(row, { minLength: 1, maxLength: 20 }), async (one, rows) => {
      const table = sql`(${join(rows, ' UNION ALL ')})`
      const cuts = await cutsOf(warehouse, one, table)
      const found = await warehouse.rows<{ m: number | null; is: string }>(
        sql`SELECT m, ${classSql(one, cuts)} AS "is" FROM ${table} AS t`,
      )
      for (const { m, is } of found) expect(is).toBe(classOf(one, cuts, m))
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('the top fifth begins at a value that somebody has; whoever stands on it belongs to the higher class', async () => {
  const fifth = scale('quantiles', [0.8])
  const table = sql`(SELECT i AS m FROM range(1, 101) AS r(i))`
  const cuts = await cutsOf(warehouse, fifth, table)
  expect(cuts).toEqual([
    { id: 'a', from: 80 },
    { id: 'b', from: null },
  ])
  expect([classOf(fifth, cuts, 80), classOf(fifth, cuts, 79)]).toEqual(['a', 'b'])
})

test('nobody known: every class but the last begins nowhere', async () => {
  const cuts = await cutsOf(warehouse, scale('quantiles', [0.5]), sql`(SELECT CAST(NULL AS BIGINT) AS m)`)
  expect(cuts.map(c => c.from)).toEqual([null, null])
})
