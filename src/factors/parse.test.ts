import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compileFactors, readFactors } from './catalogue.ts'

const head = 'subject: { zh: 测试, en: test }\nowner: retention\nfactors:\n'

function factor(id: string, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => `    ${name}: ${value}`)
  return [
    `  - id: ${id}`,
    '    title: { zh: 题, en: title }',
    '    means: { zh: 义, en: meaning }',
    ...lines,
    '    version: 1',
    '',
  ].join('\n')
}

function faultsOf(...factors: readonly string[]): string[] {
  const { faults } = compileFactors([{ file: 'some.yaml', text: head + factors.join('') }])
  return faults.map(f => `${f.code} ${f.at?.['line']}`)
}

test('every mistake of a file is told at once, each with its line', () => {
  const found = faultsOf(
    factor('unknown_feed', { kind: 'count', feed: 'nowhere', window: '3 days' }),
    factor('unknown_column', { kind: 'sum', feed: 'recharge', column: 'amout', window: '3 days' }),
    factor('no_window', { kind: 'count', feed: 'recharge', window: '0 days' }),
    factor('wrong_kind', { kind: 'median', feed: 'recharge' }),
    factor('bad_where', { kind: 'count', feed: 'usage', where: 'kind is fax', window: '3 days' }),
    factor('extra', { kind: 'count', feed: 'recharge', window: '3 days', colour: 'red' }),
    factor('text_sum', { kind: 'sum', feed: 'recharge', column: 'way', window: '3 days' }),
    factor('lonely', { kind: 'days_since', of: 'nobody' }),
  )
  expect(found).toEqual([
    'factor.feed-unknown 8',
    'factor.column-unknown 16',
    'factor.window-malformed 24',
    'factor.kind-unknown 29',
    'factor.condition-malformed 37',
    'factor.field-unknown 46',
    'factor.column-unfit 53',
    'factor.unknown 60',
  ])
})

test('a range that is none, a decision in one language and a twin that is nobody are faults', () => {
  const count = { kind: 'count', feed: 'recharge', window: '3 days' }
  const date = { kind: 'last_day', feed: 'recharge', window: '3 days' }
  const because = '{ zh: 因, en: because }'
  expect(
    faultsOf(
      factor('upside_down', { ...count, range: '[2, 1]' }),
      factor('one_limit', { ...count, range: '[2]' }),
      factor('text_limit', { ...count, range: '[low, null]' }),
      factor('of_a_date', { ...date, range: '[0, 1]' }),
      factor('half_said', { ...count, helps: '{ zh: 助 }' }),
      factor('no_reason', { ...count, twin: '{ of: upside_down }' }),
      factor('own_twin', { ...count, twin: `{ of: own_twin, because: ${because} }` }),
      factor('lone_twin', { ...count, twin: `{ of: nobody, because: ${because} }` }),
      factor('sound', {
        ...count,
        range: '[0, null]',
        helps: '{ zh: 助, en: help }',
        twin: `{ of: one_limit, because: ${because} }`,
      }),
    ),
  ).toEqual([
    'factor.field-malformed 10',
    'factor.field-malformed 18',
    'factor.field-malformed 26',
    'factor.field-malformed 34',
    'factor.field-malformed 42',
    'factor.field-malformed 50',
    'factor.field-malformed 58',
    'factor.unknown 66',
  ])
})

test('in a catalogue every factor says which decision it helps, and every number its range', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-declared-'))
  try {
    const calls = factor('calls', { kind: 'count', feed: 'usage', window: '7 days', range: '[0, null]' })
    const grace = factor('state', { kind: 'attribute', feed: 'subscriber', column: 'status' })
    const sum = { kind: 'sum', feed: 'recharge', column: 'amount', window: '30 days' }
    const paid = factor('paid', { ...sum, helps: '{ zh: 助, en: help }' })
    await writeFile(path.join(folder, 'some.yaml'), head + calls + grace + paid)
    const { faults, factors } = await readFactors(folder)
    expect(factors).toHaveLength(3)
    expect(faults.map(f => f.en)).toEqual([
      'some.yaml:4: "helps" must be given',
      'some.yaml:12: "helps" must be given',
      'some.yaml:19: "range" must be given',
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a range, the decision it helps and its twin stand with the factor', () => {
  const said = { range: '[null, 9]', helps: '{ zh: 助, en: help }' }
  const text = head + factor('calls', { kind: 'count', feed: 'usage', window: '7 days', ...said })
  expect(compileFactors([{ file: 'x.yaml', text }]).factors).toMatchObject([
    { range: [null, 9], helps: { zh: '助', en: 'help' } },
  ])
})

test('what a kind cannot do is a fault of the definition: a wrong feed, fold, window, limit or column', () => {
  const calls = { feed: 'usage', window: '7 days' }
  const bills = { feed: 'bill', column: 'total', window: '2 months' }
  const faults = { feed: 'fault', by: 'reported_on', window: '90 days' }
  const wrong: readonly (readonly [Record<string, string>, string])[] = [
    [{ kind: 'pace', fold: 'avg', ...calls, against: '28 days' }, 'factor.field-malformed'],
    [{ kind: 'pace', fold: 'count', ...calls, against: '0 days' }, 'factor.window-malformed'],
    [{ kind: 'pace', fold: 'count', feed: 'bill', window: '1 month' }, 'factor.feed-unfit'],
    [{ kind: 'seasonal', column: 'fee', ...calls }, 'factor.feed-unfit'],
    [{ kind: 'streak', feed: 'usage', window: '63 days' }, 'factor.window-too-long'],
    [{ kind: 'streak', of: 'noise', ...calls }, 'factor.field-malformed'],
    [{ kind: 'deviation', fold: 'count', ...faults }, 'factor.feed-unfit'],
    [{ kind: 'peak', fold: 'sum', ...bills }, 'factor.feed-unfit'],
    [{ kind: 'days_over', fold: 'count', over: 'many', ...calls }, 'factor.field-malformed'],
    [{ kind: 'gap', feed: 'bill', window: '2 months' }, 'factor.feed-unfit'],
    [{ kind: 'change', fold: 'count', ...faults }, 'factor.feed-unfit'],
    [{ kind: 'concentration', by: 'counterparty', top: '0', ...calls }, 'factor.field-malformed'],
    [{ kind: 'concentration', by: 'counterparty', spread: 'gini', ...calls }, 'factor.field-malformed'],
    [{ kind: 'concentration', by: 'duration_s', top: '1', ...calls }, 'factor.column-unfit'],
    [{ kind: 'lost_values', column: 'kind', ...faults }, 'factor.feed-unfit'],
    [{ kind: 'first_day', ...faults, by: 'kind' }, 'factor.column-unfit'],
    [{ kind: 'count', ...calls, where: 'hour(day) > 3' }, 'factor.condition-malformed'],
    [{ kind: 'count', ...calls, where: 'weekday(counterparty) is 3' }, 'factor.condition-malformed'],
  ]
  for (const [fields, code] of wrong) {
    const found = faultsOf(factor('wrong', fields))
    expect(found.map(f => f.split(' ')[0], JSON.stringify(fields))).toEqual([code])
  }
})

const money = factor('money', { kind: 'sum', feed: 'recharge', column: 'amount', window: '30 days' })
const minutes = factor('minutes', { kind: 'sum', feed: 'usage', column: 'duration_s', window: '30 days' })
const grace = factor('state', { kind: 'attribute', feed: 'subscriber', column: 'status' })

test('money and minutes cannot be added, a text cannot be divided, a wrong unit is not believed', () => {
  expect(
    faultsOf(money, minutes, factor('nonsense', { kind: 'expression', formula: 'money + minutes' })),
  ).toEqual(['factor.unit-clash 24'])
  expect(
    faultsOf(money, grace, factor('nonsense', { kind: 'expression', formula: 'money / state' })),
  ).toEqual(['factor.type-clash 23'])
  expect(faultsOf(factor('calls', { kind: 'count', feed: 'usage', window: '7 days', unit: 's' }))).toEqual([
    'factor.unit-clash 10',
  ])
})

test('a name given twice and factors that need each other are faults; the others stand', () => {
  const circle = [
    factor('a', { kind: 'expression', formula: 'b + 1' }),
    factor('b', { kind: 'expression', formula: 'c + 1' }),
    factor('c', { kind: 'expression', formula: 'a + 1' }),
  ]
  const text =
    head + [money, money, ...circle, factor('twice', { kind: 'expression', formula: 'money * 2' })].join('')
  const { faults, factors } = compileFactors([{ file: 'some.yaml', text }])
  expect(faults.map(f => f.code)).toContain('factor.name-clash')
  expect(faults.find(f => f.code === 'factor.cycle')?.en).toContain('a → b → c → a')
  expect(factors.map(f => f.id)).toEqual(['money', 'twice'])
})

test('a formula carries units through', () => {
  const text =
    head + money + factor('per_day', { kind: 'expression', formula: 'money / 30 days', unit: 'fen/day' })
  const { faults, factors } = compileFactors([{ file: 'some.yaml', text }])
  expect(faults).toEqual([])
  expect(factors.at(-1)).toMatchObject({
    id: 'per_day',
    type: 'number',
    unit: 'fen/day',
    feeds: ['recharge'],
    needs: ['money'],
  })
})

test('what has no unit is a part of a whole, or so many times: its range says which, or the definition', () => {
  const ratio = (id: string, range: string, more = {}) =>
    factor(id, { kind: 'expression', formula: 'money / money', range, ...more })
  const text =
    head +
    money +
    ratio('part', '[0, 1]') +
    ratio('times', '[0, null]') +
    ratio('said', '[null, null]', { unit: 'share' })
  const { faults, factors } = compileFactors([{ file: 'some.yaml', text }])
  expect(faults).toEqual([])
  expect(factors.slice(1).map(f => f.unit)).toEqual(['share', 'times', 'share'])
})

test.each([
  ['money +', 'the end'],
  ['money money', 'money'],
  ['if(money > 1, 2)', ')'],
  ['sqrt(money)', 'sqrt'],
  ['money ^ 2', 'money ^ 2'],
])('the formula "%s" is refused where it stops making sense', (formula, found) => {
  const { faults } = compileFactors([
    { file: 'some.yaml', text: head + money + factor('f', { kind: 'expression', formula }) },
  ])
  expect(faults).toMatchObject([{ code: 'factor.formula-malformed' }])
  expect(faults[0]?.en).toContain(`"${found}"`)
})

test('a file that is not YAML, or not a catalogue, is a fault and not a crash', () => {
  expect(compileFactors([{ file: 'x.yaml', text: 'factors: [unclosed' }]).faults[0]?.code).toBe(
    'catalogue.unreadable',
  )
  expect(compileFactors([{ file: 'x.yaml', text: '- 1' }]).faults[0]?.code).toBe('factor.field-missing')
  expect(compileFactors([{ file: 'x.yaml', text: `${head}  - 7\n` }]).faults[0]?.code).toBe(
    'factor.field-missing',
  )
})
