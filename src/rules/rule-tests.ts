import { type Fault, isPlainDate, type PlainDate } from '#kernel'
import type { Cell, Row } from '#warehouse'
import { inBaseBefore, ofBefore } from './beside.ts'
import { testFails, testOfAnother, testValueWrong } from './faults.ts'
import { holds } from './holds.ts'
import type { FactorType, KnownFactors } from './known-factor.ts'
import { bindRule, type Rule, type RuleTest } from './rule.ts'

/** The morning on which tests with values of their own are asked unless they name another. */
const usualMorning = '2026-01-01' as PlainDate

/** Faults of the tests that say themselves what a subscriber's factors are; those about a real one are asked elsewhere. */
export function testFaults(rule: Rule, factors: KnownFactors): readonly Fault[] {
  return (rule.tests ?? []).flatMap((test, i): Fault[] => {
    if (!('values' in test)) return []
    const path = `tests/${i}`
    const wrong = Object.entries(test.values).flatMap(([id, value]): Fault[] => {
      if (!rule.uses.includes(id)) return [testOfAnother({ path: `${path}/values/${id}` }, id)]
      const type = factors.get(id)?.type ?? 'text'
      return isOf(type, value) ? [] : [testValueWrong({ path: `${path}/values/${id}` }, id, type)]
    })
    if (wrong.length > 0) return wrong
    const missing = Object.fromEntries(rule.uses.map(id => [id, null]))
    // Whose values of the morning before are told was there then.
    const wasThere = Object.keys(test.values).some(id => ofBefore(id) !== undefined)
    const row: Row = { ...missing, [inBaseBefore]: wasThere, ...test.values }
    return outcome(rule, test, row, test.on ?? usualMorning, path)
  })
}

/** Whether a real subscriber's factors of a morning do what a test says. */
export function testOnRow(rule: Rule, nth: number, row: Row, asOf: PlainDate): readonly Fault[] {
  const test = rule.tests?.[nth]
  return test === undefined ? [] : outcome(rule, test, row, asOf, `tests/${nth}`)
}

function outcome(rule: Rule, test: RuleTest, row: Row, asOf: PlainDate, path: string): Fault[] {
  const held = holds(bindRule(rule, asOf), row)
  return held === test.matches ? [] : [testFails({ path }, test.matches)]
}

function isOf(type: FactorType, value: Cell): boolean {
  if (value === null) return true
  switch (type) {
    case 'number':
      return typeof value === 'number'
    case 'integer':
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'date':
      return typeof value === 'string' && isPlainDate(value)
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value) && value.every(item => typeof item === 'string')
  }
}
