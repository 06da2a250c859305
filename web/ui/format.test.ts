import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { en } from '../say/en.ts'
import { zh } from '../say/zh.ts'
import { formatFen, formatMoment, formatPoints, formatShare, formatValue } from './format.ts'

describe('money', () => {
  test('fen are shown as yuan with both decimals', () => {
    expect([0, 5, 50, 100, 123_456, -1_230].map(formatFen)).toEqual([
      '¥0.00',
      '¥0.05',
      '¥0.50',
      '¥1.00',
      '¥1,234.56',
      '-¥12.30',
    ])
  })

  test('no amount loses a fen on the screen', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), amount => {
        const digits = formatFen(amount).replace(/[¥,.]/g, '')
        expect(BigInt(digits)).toBe(BigInt(amount))
      }),
    )
  })
})

test('a difference shows its sign, and one that rounds to nothing shows none', () => {
  expect([2.04, -2.04, 0, 0.04, -0.04].map(formatPoints)).toEqual(['+2.0', '-2.0', '0.0', '0.0', '0.0'])
})

test('a moment is read on the carrier’s clock, whatever the clock of the browser', () => {
  expect(formatMoment('2026-11-21T16:05:00.000Z')).toBe('2026-11-22 00:05')
  expect(formatMoment('not a moment')).toBe('not a moment')
})

test('shares are percentages', () => {
  expect(formatShare(0.1234)).toBe('12.3%')
})

describe('values of factors', () => {
  const shown = (type: string, unit: string | null, value: null | boolean | number | string | string[]) => [
    formatValue({ type, unit, value }, 'zh', zh),
    formatValue({ type, unit, value }, 'en', en),
  ]

  test('a missing value says so and is never shown as zero', () => {
    expect(shown('money', 'fen', null)).toEqual(['缺失', 'missing'])
  })

  test('each type is written as people write it, with its unit', () => {
    expect(shown('money', 'fen', 880)).toEqual(['¥8.80', '¥8.80'])
    expect(shown('integer', 'day', 12)).toEqual(['12天', '12 days'])
    expect(shown('number', 'share', 0.3)).toEqual(['30.0%', '30.0%'])
    expect(shown('number', 'times', 1.2)).toEqual(['1.2倍', '1.2 times'])
    expect(shown('integer', 'KiB', 2048)).toEqual(['2 MB', '2 MB'])
    expect(shown('flag', null, false)).toEqual(['否', 'no'])
    expect(shown('date', null, '2026-11-22')).toEqual(['2026-11-22', '2026-11-22'])
    expect(shown('number', 'fen/month', -1234.4)).toEqual(['-¥12.34/月', '-¥12.34/month'])
    expect(shown('integer', 'count', 3)).toEqual(['3', '3'])
    expect(shown('list', null, ['a', 'b'])).toEqual(['ab', 'a, b'])
  })
})
