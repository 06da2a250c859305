import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFactors } from '#factors'
import { plainDate } from '#kernel'
import { typesOfOp } from './check.ts'
import { bindRule, readRules, sentence } from './index.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue')
const { byId } = await readFactors(path.join(catalogue, 'factors'))
const book = await readRules(path.join(catalogue, 'rules'), byId)

test('the page beside the rules names every comparison and joins', () => {
  const page = readFileSync(path.join(catalogue, 'rules', 'README.md'), 'utf8')
  const lacking = [...Object.keys(typesOfOp), 'all', 'any', 'not'].filter(op => !page.includes(`\`${op}\``))
  expect(lacking).toEqual([])
})

describe('the rules of the catalogue', () => {
  test('have no faults over the factors of the catalogue', () => {
    expect(book.faults).toEqual([])
  })

  test('hold the six standing conditions', () => {
    const ids = book.rules.map(rule => rule.id)
    expect(ids).toEqual(
      expect.arrayContaining([
        'no_recharge_after_activation',
        'low_balance_by_tenure',
        'entered_grace',
        'low_balance_month_end',
        'selected_by_model',
        'many_complaints',
      ]),
    )
  })

  test('read as sentences without a code or an id in them', () => {
    for (const rule of book.rules) {
      const condition = bindRule(rule, plainDate('2026-11-22'))
      for (const lang of ['zh', 'en'] as const)
        expect(sentence(condition, byId, lang)).not.toMatch(/[a-z]_[a-z]|undefined|NaN/)
    }
  })

  test('say what they call for, and leave their owner room on both sides of every threshold', () => {
    expect(book.rules.filter(rule => rule.action === undefined).map(rule => rule.id)).toEqual([])
    const tight = book.rules.flatMap(rule =>
      rule.parameters.filter(p => p.min === undefined || p.max === undefined),
    )
    expect(tight.map(p => p.id)).toEqual([])
  })
})
