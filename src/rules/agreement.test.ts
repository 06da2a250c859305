import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlainDate } from '#kernel'
import { ident, join, openWarehouse, type Row, type Sql, sql, type Warehouse } from '#warehouse'
import { beforeOf, inBaseBefore, ofBefore } from './beside.ts'
import { bind } from './bind.ts'
import type { BoundCondition, Condition } from './condition.ts'
import { comparisons, condition, named, row, thisMorning } from './conditions.fixture.ts'
import { holds, test as plain, type Tests } from './holds.ts'
import { type Printers, printer, selecting, where } from './where.ts'

let warehouse: Warehouse
const folder = mkdtempSync(path.join(tmpdir(), 'rules-'))
beforeAll(async () => {
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: folder })
})
afterAll(() => {
  warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

async function answers(
  rows: readonly Sql[],
  conditions: readonly BoundCondition[],
  printers?: Printers,
): Promise<Row[]> {
  const asked = conditions.flatMap((c, i) => [
    sql`${where(c, printers)} AS ${ident(`r${i}`)}`,
    sql`CASE WHEN ${selecting(c, printers)} THEN TRUE ELSE FALSE END AS ${ident(`s${i}`)}`,
  ])
  return warehouse.rows(sql`SELECT t.*, ${join(asked)} FROM (${join(rows, ' UNION ALL ')}) AS t`)
}

function disagreements(rows: readonly Row[], conditions: readonly BoundCondition[], tests?: Tests) {
  return rows.flatMap(r =>
    conditions.flatMap((c, i) => {
      const [bySql, bySelecting, byHand] = [r[`r${i}`], r[`s${i}`], holds(c, r, tests)]
      if (bySql === byHand && bySelecting === byHand) return []
      const row = Object.fromEntries(named.map(f => [f.id, r[f.id]]))
      return [{ condition: c, row, bySql, bySelecting, byHand }]
    }),
  )
}

test('SQL and the plain function agree on 10,000 random rules over random rows', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 250, maxLength: 250, size: 'max' }),
      fc.array(row, { minLength: 20, maxLength: 20, size: 'max' }),
      async (conditions, rows) => {
        for (const c of conditions) for (const op of operators(c)) seen.add(op)
        const found = disagreements(await answers(rows, conditions), conditions)
        expect(found[0]).toBeUndefined()
      },
    ),
    { numRuns: 40, endOnFailure: true },
  )
  expect([...seen].sort()).toEqual(['all', 'any', 'not', ...Object.keys(comparisons)].sort())
}, 300_000)

test('what was entered holds and did not the morning before, what was left the other way round', async () => {
  const joined = named.filter(f => f.id !== inBaseBefore && ofBefore(f.id) === undefined).map(f => f.id)
  let turnedSome = 0
  await fc.assert(
    fc.asyncProperty(thisMorning, row, row, fc.boolean(), async (asked, today, yesterday, wasThere) => {
      const [now = {}, was = {}] = await warehouse.rows(join([today, yesterday], ' UNION ALL '))
      const beside = joined.map(id => [beforeOf(id), wasThere ? was[id] : null])
      const both: Row = { ...now, ...Object.fromEntries(beside), [inBaseBefore]: wasThere }
      const bound = (op: 'entered' | 'left') =>
        bind({ op, of: asked as Condition }, { asOf: '2026-01-15' as PlainDate, parameters: [] })
      const held = wasThere && holds(asked, was)
      expect(holds(bound('entered'), both)).toBe(holds(asked, now) && !held)
      expect(holds(bound('left'), both)).toBe(!holds(asked, now) && held)
      if (held !== holds(asked, now)) turnedSome += 1
    }),
    { numRuns: 300 },
  )
  expect(turnedSome).toBeGreaterThan(20)
})

function operators(c: BoundCondition): string[] {
  if (c.op === 'all' || c.op === 'any') return [c.op, ...c.of.flatMap(operators)]
  if (c.op === 'not') return [c.op, ...operators(c.of)]
  return [c.op]
}

// ---- each operator, wrong in one way at a time, on one side or the other

type Faulty<T> = readonly { readonly op: keyof T; readonly how: string; readonly wrong: Partial<T> }[]
const faulty = <T>(op: keyof T, how: string, wrong: T[keyof T]) => ({
  op,
  how,
  wrong: { [op]: wrong } as Partial<T>,
})

const faultyTests: Faulty<Tests> = [
  faulty<Tests>('all', 'enough if one holds', (parts: readonly boolean[]) => parts.includes(true)),
  faulty<Tests>('any', 'needs them all', (parts: readonly boolean[]) => !parts.includes(false)),
  faulty<Tests>('not', 'left out', (part: boolean) => part),
  faulty<Tests>('eq', 'at least', plain.ge as unknown as Tests['eq']),
  faulty<Tests>('ne', 'missing differs', ((v, c) => v === null || plain.ne(v, c)) as Tests['ne']),
  faulty<Tests>('lt', 'equal too', plain.le as unknown as Tests['lt']),
  faulty<Tests>('le', 'equal not', plain.lt as unknown as Tests['le']),
  faulty<Tests>('gt', 'equal too', plain.ge as unknown as Tests['gt']),
  faulty<Tests>('ge', 'equal not', plain.gt as unknown as Tests['ge']),
  faulty<Tests>(
    'between',
    'end is in',
    ((v, c) =>
      plain.between(v, c) || plain.eq(v, { op: 'eq', factor: c.factor, value: c.to })) as Tests['between'],
  ),
  faulty<Tests>('is', 'missing is it', ((v, c) => v === null || plain.is(v, c)) as Tests['is']),
  faulty<Tests>('is_not', 'missing is not', ((v, c) => v === null || plain.is_not(v, c)) as Tests['is_not']),
  faulty<Tests>('one_of', 'first only', ((v, c) => v !== null && c.values[0] === v) as Tests['one_of']),
  faulty<Tests>(
    'contains',
    'at the start',
    ((v, c) => v !== null && String(v).startsWith(String(c.value))) as Tests['contains'],
  ),
  faulty<Tests>(
    'starts_with',
    'anywhere',
    ((v, c) => v !== null && String(v).includes(String(c.value))) as Tests['starts_with'],
  ),
  faulty<Tests>('has', 'first only', ((v, c) => Array.isArray(v) && v[0] === c.value) as Tests['has']),
  faulty<Tests>(
    'has_any',
    'all of them',
    ((v, c) => Array.isArray(v) && c.values.every(w => v.includes(w))) as Tests['has_any'],
  ),
  faulty<Tests>(
    'has_all',
    'any of them',
    ((v, c) => Array.isArray(v) && c.values.some(w => v.includes(w))) as Tests['has_all'],
  ),
  faulty<Tests>('is_true', 'known is enough', (v => v !== null) as Tests['is_true']),
  faulty<Tests>('is_false', 'missing is no', (v => v !== true) as Tests['is_false']),
  faulty<Tests>('missing', 'never', () => false),
  faulty<Tests>('present', 'always', () => true),
  faulty<Tests>('changed', 'what was not known changed', ((v, c, b) =>
    b === null ? v !== null : plain.changed(v, c, b)) as Tests['changed']),
  faulty<Tests>('risen', 'fallen', plain.fallen as unknown as Tests['risen']),
  faulty<Tests>('fallen', 'any change', plain.changed as unknown as Tests['fallen']),
]

const faultyPrinters: Faulty<Printers> = [
  faulty<Printers>('known', 'coalesce left out', (part: Sql) => part),
  faulty<Printers>('all', 'OR', (parts: readonly Sql[]) => sql`(${join(parts, ' OR ')})`),
  faulty<Printers>('any', 'AND', (parts: readonly Sql[]) => sql`(${join(parts, ' AND ')})`),
  faulty<Printers>('not', 'left out', (part: Sql) => part),
  faulty<Printers>('eq', '>=', printer.ge as unknown as Printers['eq']),
  faulty<Printers>(
    'ne',
    'IS DISTINCT FROM',
    ((column, c) => sql`NOT coalesce(${printer.eq(column, { ...c, op: 'eq' })}, FALSE)`) as Printers['ne'],
  ),
  faulty<Printers>('lt', '<=', printer.le as unknown as Printers['lt']),
  faulty<Printers>('le', '<', printer.lt as unknown as Printers['le']),
  faulty<Printers>('gt', '>=', printer.ge as unknown as Printers['gt']),
  faulty<Printers>('ge', '>', printer.gt as unknown as Printers['ge']),
  faulty<Printers>(
    'between',
    '<= at the end',
    ((column, c) =>
      sql`${printer.between(column, c)} OR ${printer.eq(column, { op: 'eq', factor: c.factor, value: c.to })}`) as Printers['between'],
  ),
  faulty<Printers>(
    'is',
    'lower case',
    ((column, c) => sql`lower(${column}) = lower(${c.value})`) as Printers['is'],
  ),
  faulty<Printers>(
    'is_not',
    'trimmed',
    ((column, c) => sql`trim(${column}) <> trim(${c.value})`) as Printers['is_not'],
  ),
  faulty<Printers>(
    'one_of',
    'NOT IN',
    ((column, c) => sql`NOT ${printer.one_of(column, c)}`) as Printers['one_of'],
  ),
  faulty<Printers>(
    'contains',
    'LIKE, where % and _ match anything',
    ((column, c) => sql`${column} LIKE '%' || ${c.value} || '%'`) as Printers['contains'],
  ),
  faulty<Printers>(
    'starts_with',
    'LIKE, where % and _ match anything',
    ((column, c) => sql`${column} LIKE ${c.value} || '%'`) as Printers['starts_with'],
  ),
  faulty<Printers>(
    'has',
    'in the joined text',
    ((column, c) => sql`contains(array_to_string(${column}, ','), ${c.value})`) as Printers['has'],
  ),
  faulty<Printers>('has_any', 'all of them', printer.has_all as unknown as Printers['has_any']),
  faulty<Printers>('has_all', 'any of them', printer.has_any as unknown as Printers['has_all']),
  faulty<Printers>(
    'is_true',
    'known is enough',
    ((column: Sql) => sql`${column} IS NOT NULL`) as Printers['is_true'],
  ),
  faulty<Printers>(
    'is_false',
    'missing is no',
    ((column: Sql) => sql`${column} IS NOT TRUE`) as Printers['is_false'],
  ),
  faulty<Printers>('missing', 'never', (() => sql`FALSE`) as Printers['missing']),
  faulty<Printers>('present', 'always', (() => sql`TRUE`) as Printers['present']),
  faulty<Printers>(
    'changed',
    'IS DISTINCT FROM',
    ((column, _, before) => sql`${column} IS DISTINCT FROM ${before}`) as Printers['changed'],
  ),
  faulty<Printers>('risen', '>=', ((column, _, before) => sql`${column} >= ${before}`) as Printers['risen']),
  faulty<Printers>('fallen', '>', printer.risen as unknown as Printers['fallen']),
]

describe('a planted fault is noticed', () => {
  // One fixed sample for all faults: about 1,500 rules, every operator on its own at least 40 times.
  const own = Object.values(comparisons).flatMap(c => fc.sample(c, { numRuns: 40, seed: 7 }))
  const conditions = [...own, ...fc.sample(condition, { numRuns: 700, seed: 8 })]
  const rows = fc.sample(row, { numRuns: 60, seed: 9 })

  test('no operator is left out of the list of faults', () => {
    const all = ['all', 'any', 'not', ...Object.keys(comparisons)].sort()
    expect(faultyTests.map(f => f.op).sort()).toEqual(all)
    expect(
      faultyPrinters
        .map(f => f.op)
        .filter(op => op !== 'known')
        .sort(),
    ).toEqual(all)
  })

  test('in the plain function, for every operator', async () => {
    const right = await answers(rows, conditions)
    expect(disagreements(right, conditions)).toEqual([])
    const missed = faultyTests.filter(
      f => disagreements(right, conditions, { ...plain, ...f.wrong }).length === 0,
    )
    expect(missed.map(f => `${f.op}: ${f.how}`)).toEqual([])
  })

  test.each(faultyPrinters)('in the SQL of "$op": $how', async fault => {
    const asking = conditions.filter(c => fault.op === 'known' || operators(c).includes(fault.op))
    const wrong = await answers(rows, asking, { ...printer, ...fault.wrong })
    expect(disagreements(wrong, asking).length).toBeGreaterThan(0)
  })
})
