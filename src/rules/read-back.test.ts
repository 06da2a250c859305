import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlainDate } from '#kernel'
import { besides } from './beside.ts'
import { bind } from './bind.ts'
import { type BoundCondition, type Condition, isComparison } from './condition.ts'
import type { FactorType, KnownFactor } from './known-factor.ts'
import { readSentence } from './read-sentence.fixture.ts'
import { sentence } from './sentence.ts'

const factor = (id: string, type: FactorType, zh: string, en: string, more: Partial<KnownFactor> = {}) => {
  return [id, { id, type, title: { zh, en }, feeds: [], ...more }] as const
}
const codes = { on: { zh: '在用', en: 'in use' }, off: { zh: '停机', en: 'off' } }
/** Some titles begin like others. */
const own = new Map<string, KnownFactor>([
  factor('balance', 'money', '余额', 'balance', { unit: 'fen' }),
  factor('balance_days', 'integer', '余额可用天数', 'balance days', { unit: 'day' }),
  factor('pace', 'number', '节奏', 'pace'),
  factor('ends', 'date', '合约到期日', 'contract end'),
  factor('plan', 'text', '套餐', 'plan'),
  factor('status', 'text', '状态', 'status', { values: codes }),
  factor('banned', 'flag', '黑名单', 'on the black list'),
  factor('orders', 'list', '已订业务', 'orders'),
])
const named = (id: string, zh: string) => ({ id, title: { zh, en: id }, feeds: [] })
const factors = besides.known(own, {
  tags: [named('rich', '富'), named('very_rich', '富有')],
  axes: [{ ...named('stage', '阶段'), values: codes }],
  plans: [named('daily', '每日')],
})

const quantity = (op: string) =>
  fc
    .oneof(
      fc.tuple(fc.constant('balance'), fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e6 })),
      fc.tuple(
        fc.constant('balance_days'),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
      ),
      fc.tuple(
        fc.constant('pace'),
        fc.integer({ min: -9e5, max: 9e5 }).map(n => n / 100),
        fc.constant(1),
      ),
    )
    .map(([id, a, more]) =>
      op === 'between'
        ? { op, factor: id, from: a, to: Math.round((a + more) * 100) / 100 }
        : { op, factor: id, value: a },
    )
const day = fc
  .integer({ min: 0, max: 400 })
  .map(n => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
const text = fc.oneof(
  fc.constantFrom('移动', '', '，且 ', ') or (', '且 a', 'is', '10元', ' and '),
  fc.string({ maxLength: 5 }).filter(t => !/["“”]/.test(t)),
)
const texts = fc.array(text, { minLength: 1, maxLength: 3 })
const code = fc.constantFrom('on', 'off')
const asked = (op: string, ids: readonly string[]) => fc.constantFrom(...ids).map(id => ({ op, factor: id }))
const valued = (op: string, id: string, value: fc.Arbitrary<unknown>, key = 'value') =>
  value.map(v => ({ op, factor: id, [key]: v }))
const moved = ['balance', 'balance_days', 'pace', 'ends']
const known = [...own.keys(), 'tag.rich', 'segment.stage', 'warned.daily']
const days = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const

const comparison = fc.oneof(
  ...[...days, 'between'].map(quantity),
  ...days.map(op => valued(op, 'ends', day)),
  ...['is', 'is_not', 'contains', 'starts_with'].map(op => valued(op, 'plan', text)),
  valued('one_of', 'plan', texts, 'values'),
  ...['is', 'is_not'].map(op => valued(op, 'status', code)),
  valued('one_of', 'segment.stage', fc.array(code, { minLength: 1, maxLength: 2 }), 'values'),
  valued('is', 'warned.daily', fc.constantFrom('high', 'medium', 'low', 'stable')),
  valued('has', 'orders', text),
  ...['has_any', 'has_all'].map(op => valued(op, 'orders', texts, 'values')),
  ...['is_true', 'is_false'].map(op => asked(op, ['banned', 'tag.rich', 'tag.very_rich'])),
  ...['missing', 'present'].map(op => asked(op, known)),
) as fc.Arbitrary<Condition>
const ofMornings = fc.oneof(
  asked('changed', known),
  ...['risen', 'fallen'].map(op => asked(op, moved)),
) as fc.Arbitrary<Condition>

function joining(one: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.letrec<{ any: Condition }>(tie => ({
    any: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: one },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('not' as const), of: tie('any') }) },
      {
        weight: 3,
        arbitrary: fc.record({
          op: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
        }),
      },
    ),
  })).any
}
const turned = fc.record({
  op: fc.constantFrom('entered' as const, 'left' as const),
  of: joining(comparison),
})
const condition = joining(fc.oneof({ weight: 4, arbitrary: comparison }, ofMornings, turned))

/** Groups of one say what is in them: a sentence has no brackets for these. */
function plain(c: BoundCondition): BoundCondition {
  if (isComparison(c)) return c
  if (c.op === 'not') return { op: 'not', of: plain(c.of) }
  const [only] = c.of
  return c.of.length === 1 && only !== undefined ? plain(only) : { ...c, of: c.of.map(plain) }
}

test.each(['zh', 'en'] as const)('a sentence is read back as the condition that it says: %s', lang => {
  const binding = { asOf: '2026-01-15' as PlainDate, parameters: [] }
  fc.assert(
    fc.property(condition, written => {
      const bound = bind(written, binding)
      const said = sentence(bound, factors, lang)
      expect(plain(bind(readSentence(said, factors, lang), binding))).toEqual(plain(bound))
    }),
    { numRuns: 2_000 },
  )
})

test('what could be read in two ways is not read', () => {
  expect(() => readSentence('余额 低于 ¥1.00，且 余额 高于 ¥2.00，或 黑名单 为是', factors, 'zh')).toThrow(
    'what follows',
  )
  expect(() => readSentence('balance is below 1', factors, 'en')).toThrow('no value')
})
