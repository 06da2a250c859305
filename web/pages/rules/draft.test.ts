import { describe, expect, test } from 'vitest'
import {
  askedOf,
  changed,
  comparisonsIn,
  type Draft,
  draftOf,
  emptyDraft,
  type Factor,
  ofFactor,
  opsFor,
  withOp,
} from './draft.ts'

const balance = { id: 'balance', type: 'money' } as Factor
const brand = { id: 'brand', type: 'text' } as Factor

function first(draft: Draft) {
  const [comparison] = comparisonsIn(draft.root)
  if (comparison === undefined) throw new Error('an empty draft has a place to begin')
  return comparison
}

test('nothing is asked until something is finished, and then only that', () => {
  const draft = emptyDraft()
  expect(askedOf(draft)).toBeUndefined()
  const chosen = ofFactor(first(draft), balance)
  expect(chosen).toMatchObject({ op: 'lt', operands: [{ value: null }] })
  const typed = { ...chosen, operands: [{ is: 'value' as const, value: 1000 }] }
  const root = changed(draft.root, chosen.key, () => typed)
  expect(askedOf({ ...draft, root })).toEqual({
    condition: { op: 'lt', factor: 'balance', value: 1000 },
    parameters: [],
  })
})

test('another factor keeps what its type allows', () => {
  const typed = { ...ofFactor(first(emptyDraft()), balance), operands: [{ is: 'value' as const, value: 1 }] }
  expect(ofFactor(typed, brand)).toMatchObject({ factor: 'brand', op: 'is', operands: [{ value: null }] })
  expect(withOp(typed, 'between').operands).toHaveLength(2)
  expect(withOp(typed, 'present').operands).toEqual([])
})

test('a part that is taken out is gone however deep it stood', () => {
  const draft = draftOf(nested, [], null)
  const deep = comparisonsIn(draft.root).find(c => c.factor === 'brand')
  const root = changed(draft.root, deep?.key ?? '', () => null)
  expect(JSON.stringify(askedOf({ ...draft, root }))).not.toContain('brand')
})

const nested = {
  op: 'all',
  of: [
    { op: 'between', factor: 'days_since_activation', from: { param: 'days_min' }, to: 90 },
    {
      op: 'not',
      of: {
        op: 'any',
        of: [
          { op: 'one_of', factor: 'brand', values: ['a', 'b'] },
          { op: 'missing', factor: 'balance' },
        ],
      },
    },
    { op: 'not', of: { op: 'is_true', factor: 'opted_out' } },
    { op: 'entered', of: { op: 'is_true', factor: 'tag.late_payer' } },
    {
      op: 'not',
      of: {
        op: 'left',
        of: {
          op: 'any',
          of: [
            { op: 'is', factor: 'segment.stage', value: 'stable' },
            { op: 'risen', factor: 'balance' },
          ],
        },
      },
    },
    { op: 'changed', factor: 'segment.value' },
    { op: 'ge', factor: 'contract_end', value: { daysFromAsOf: 30 } },
    { op: 'lt', factor: 'contract_end', value: { daysFromAsOf: { param: 'days_min' } } },
  ],
}

describe('a rule that is there', () => {
  test('is written further and asked as it stood', () => {
    const parameter = {
      id: 'days_min',
      title: { zh: '天', en: 'days' },
      type: 'integer' as const,
      unit: 'day',
      default: 15,
      min: 1,
      max: null,
    }
    const asked = askedOf(draftOf(nested, [parameter, { ...parameter, id: 'unused' }], 'keep'))
    expect(asked).toEqual({
      condition: nested,
      parameters: [
        {
          id: 'days_min',
          title: { zh: '天', en: 'days' },
          type: 'integer',
          unit: 'day',
          default: 15,
          min: 1,
        },
      ],
      action: 'keep',
    })
  })

  test('every type has its comparisons, and every one can be asked whether it is known', () => {
    for (const type of ['number', 'integer', 'money', 'date', 'text', 'flag', 'list'] as const) {
      expect(opsFor(type)).toEqual(expect.arrayContaining(['missing', 'present', 'changed']))
      expect(opsFor(type).length).toBeGreaterThan(3)
    }
  })
})
