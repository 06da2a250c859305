import fc from 'fast-check'
import type { PlainDate } from '#kernel'
import { ident, join, raw, type Sql, sql } from '#warehouse'
import { beforeOf, inBaseBefore } from './beside.ts'
import { bind } from './bind.ts'
import type { BoundComparison, BoundCondition, ComparisonOp, Condition, MorningsOp } from './condition.ts'

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

const today = {
  number: ['n1', 'n2'],
  integer: ['i1', 'i2'],
  money: ['m1'],
  date: ['d1', 'd2'],
  text: ['t1', 'segment.stage', 'warned.daily'],
  flag: ['f1', 'tag.t'],
  list: ['l1'],
} as const
type Type = keyof typeof today

/** With all of it of the morning before. */
const factors = Object.fromEntries(
  Object.entries(today).map(([type, ids]) => [type, [...ids, ...ids.map(beforeOf)]]),
) as unknown as Readonly<Record<Type, readonly string[]>>
const sqlTypes: Readonly<Record<Type, string>> = {
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
const mornings = (op: MorningsOp, columns: readonly string[]): fc.Arbitrary<BoundComparison> =>
  fc.record({ op: fc.constant(op), factor: fc.constantFrom(...columns) })
const measured = [...today.number, ...today.integer, ...today.money, ...today.date]

export const comparisons: Readonly<Record<ComparisonOp, fc.Arbitrary<BoundComparison>>> = {
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
  changed: mornings('changed', Object.values(today).flat()),
  risen: mornings('risen', measured),
  fallen: mornings('fallen', measured),
}

const comparison = fc.oneof(...Object.values(comparisons))
type Inner = Condition<number | string>

function conditionsOf(one: fc.Arbitrary<BoundComparison>): fc.Arbitrary<BoundCondition> {
  return fc.letrec<{ any: BoundCondition }>(tie => ({
    any: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 3, arbitrary: one },
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
}

/** A condition that asks this morning only, as what turned since the morning before is made of. */
export const thisMorning: fc.Arbitrary<BoundCondition> = conditionsOf(
  comparison.filter(
    c => !c.factor.startsWith('before.') && c.op !== 'changed' && c.op !== 'risen' && c.op !== 'fallen',
  ),
)
const someMorning = { asOf: '2026-01-15' as PlainDate, parameters: [] }
/** What turned since the morning before, as it is bound. */
const turned: fc.Arbitrary<BoundCondition> = fc
  .record({
    op: fc.constantFrom('entered' as const, 'left' as const),
    of: thisMorning as fc.Arbitrary<Inner>,
  })
  .map(asked => bind(asked as Condition, someMorning))

/** Any condition, of every operator, some levels deep. */
export const condition: fc.Arbitrary<BoundCondition> = fc.oneof(
  { weight: 6, arbitrary: conditionsOf(comparison) },
  { weight: 1, arbitrary: turned },
)

// ---- whom it is asked of: rows go through the warehouse's own types, and both sides see what comes out of it

const column = (type: Type): fc.Arbitrary<Sql> => {
  const values: Readonly<Record<Type, fc.Arbitrary<Sql>>> = {
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
export const named = Object.entries(factors).flatMap(([type, ids]) =>
  (type === 'flag' ? [...ids, inBaseBefore] : ids).map(id => ({ id, type: type as Type })),
)
/** A row with a value, or none, for every factor. */
export const row: fc.Arbitrary<Sql> = fc.tuple(...named.map(f => column(f.type))).map(
  cells =>
    sql`SELECT ${join(
      cells.map((cell, i) => {
        const { id, type } = named[i] ?? { id: '', type: 'text' as const }
        return sql`CAST(${cell} AS ${raw(sqlTypes[type])}) AS ${ident(id)}`
      }),
    )}`,
)
