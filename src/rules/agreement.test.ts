import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ident, join, openWarehouse, type Row, raw, type Sql, sql, type Warehouse } from '#warehouse'
import type { BoundComparison, BoundCondition, ComparisonOp } from './condition.ts'
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

// ---- what is asked: every operator, every type, missing values, and values that have bitten others

const numbers = [0, 1, -1, 0.1, 0.1 + 0.2, 0.3, 1e-9, -2.5, Number.MAX_SAFE_INTEGER, 12345.678]
const integers = [0, 1, -1, 7, 30, 2147483647, 2147483648, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
const days = [
  '0001-01-01',
  '1999-12-31',
  '2024-02-29',
  '2026-02-28',
  '2026-11-21',
  '2026-11-22',
  '9999-12-31',
]
const texts = [
  '',
  'a',
  'A',
  'ab',
  '移动',
  '移动10元',
  '移动10元 ',
  '动',
  '10元',
  'b',
  "it's",
  "''",
  '"',
  '%',
  '_',
  '\\',
  'NULL',
  '😀',
  'é',
  'e\u0301',
  'a\nb',
  'ａ',
]

const number = fc.oneof(
  fc.constantFrom(...numbers),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }),
)
const integer = fc.oneof(fc.constantFrom(...integers), fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 }))
const day = fc.oneof(
  fc.constantFrom(...days),
  fc.integer({ min: 0, max: 60 }).map(n => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)),
)
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).filter(t => !t.includes('\0')) },
)

const factors = {
  number: ['n1', 'n2'],
  integer: ['i1', 'i2'],
  money: ['m1'],
  date: ['d1', 'd2'],
  text: ['t1', 't2'],
  flag: ['f1'],
  list: ['l1', 'l2'],
} as const
const sqlTypes: Readonly<Record<keyof typeof factors, string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  money: 'BIGINT',
  date: 'DATE',
  text: 'VARCHAR',
  flag: 'BOOLEAN',
  list: 'VARCHAR[]',
}

const quantities = [
  [factors.number, number],
  [factors.integer, integer],
  [factors.money, integer],
  [factors.date, day],
] as const

function quantity(op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'between'): fc.Arbitrary<BoundComparison> {
  return fc.oneof(
    ...quantities.map(([columns, values]) =>
      fc
        .record({
          factor: fc.constantFrom(...columns),
          a: values as fc.Arbitrary<number | string>,
          b: values as fc.Arbitrary<number | string>,
        })
        .map(
          ({ factor, a, b }): BoundComparison =>
            op === 'between' ? { op, factor, from: a, to: b } : { op, factor, value: a },
        ),
    ),
  )
}
const ofText = (op: 'is' | 'is_not' | 'contains' | 'starts_with'): fc.Arbitrary<BoundComparison> =>
  fc.record({ op: fc.constant(op), factor: fc.constantFrom(...factors.text), value: text })
const many = (
  op: 'one_of' | 'has_any' | 'has_all',
  columns: readonly string[],
): fc.Arbitrary<BoundComparison> =>
  fc.record({
    op: fc.constant(op),
    factor: fc.constantFrom(...columns),
    values: fc.array(text, { maxLength: 4 }),
  })
const bare = (
  op: 'is_true' | 'is_false' | 'missing' | 'present',
  columns: readonly string[],
): fc.Arbitrary<BoundComparison> => fc.record({ op: fc.constant(op), factor: fc.constantFrom(...columns) })
const anyFactor = Object.values(factors).flat()

const comparisons: Readonly<Record<ComparisonOp, fc.Arbitrary<BoundComparison>>> = {
  eq: quantity('eq'),
  ne: quantity('ne'),
  lt: quantity('lt'),
  le: quantity('le'),
  gt: quantity('gt'),
  ge: quantity('ge'),
  between: quantity('between'),
  is: ofText('is'),
  is_not: ofText('is_not'),
  contains: ofText('contains'),
  starts_with: ofText('starts_with'),
  one_of: many('one_of', factors.text),
  has: fc.record({ op: fc.constant('has' as const), factor: fc.constantFrom(...factors.list), value: text }),
  has_any: many('has_any', factors.list),
  has_all: many('has_all', factors.list),
  is_true: bare('is_true', factors.flag),
  is_false: bare('is_false', factors.flag),
  missing: bare('missing', anyFactor),
  present: bare('present', anyFactor),
}

const comparison = fc.oneof(...Object.values(comparisons))
const condition: fc.Arbitrary<BoundCondition> = fc.letrec<{ any: BoundCondition }>(tie => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: comparison },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('not' as const), of: tie('any') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('any'), { minLength: 1, maxLength: 4 }),
      }),
    },
  ),
})).any

// ---- whom it is asked of: rows go through the warehouse's own types, and both sides see what comes out of it

const column = (type: keyof typeof factors): fc.Arbitrary<Sql> => {
  const values: Readonly<Record<keyof typeof factors, fc.Arbitrary<Sql>>> = {
    number: fc
      .oneof(number, fc.constantFrom(1e300, -1e300, 2 ** 53 + 2, Infinity))
      .map(v => sql`${String(v)}`),
    integer: fc
      .oneof(integer.map(BigInt), fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n))
      .map(v => sql`${String(v)}`),
    money: integer.map(v => sql`${String(v)}`),
    date: day.map(v => sql`${v}`),
    text: text.map(v => sql`${v}`),
    flag: fc.boolean().map(v => sql`${String(v)}`),
    list: fc
      .array(fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) }), {
        maxLength: 4,
      })
      .map(items => sql`[${join(items.map(item => sql`${item}`))}]`),
  }
  return fc.oneof({ weight: 4, arbitrary: values[type] }, { weight: 1, arbitrary: fc.constant(sql`NULL`) })
}
const named = Object.entries(factors).flatMap(([type, ids]) =>
  ids.map(id => ({ id, type: type as keyof typeof factors })),
)
const row: fc.Arbitrary<Sql> = fc.tuple(...named.map(f => column(f.type))).map(
  cells =>
    sql`SELECT ${join(
      cells.map((cell, i) => {
        const { id, type } = named[i] ?? { id: '', type: 'text' as const }
        return sql`CAST(${cell} AS ${raw(sqlTypes[type])}) AS ${ident(id)}`
      }),
    )}`,
)

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
