import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uniform } from '#kernel'
import { pooled, shift, surprise } from './drift.ts'

/** Four weeks with quiet weekends and a little noise. */
const month = Array.from({ length: 28 }, (_, i) => ({
  weekday: i % 7,
  rows: Math.round((i % 7 < 5 ? 1000 : 300) * (0.97 + 0.06 * uniform('day', String(i)))),
}))

test('a quiet weekend is no surprise, and half a weekday is', () => {
  expect(Math.abs(surprise(month, { weekday: 6, rows: 305 }, 7)?.z ?? 9)).toBeLessThan(2)
  const half = surprise(month, { weekday: 1, rows: 480 }, 7)
  expect([half?.expected, (half?.z ?? 0) < -6, (half?.ratio ?? 1) < 0.5]).toEqual([
    expect.closeTo(1000, -2),
    true,
    true,
  ])
})

test('one odd day in the past does not hide the next', () => {
  const spoilt = month.map((d, i) => (i === 9 ? { ...d, rows: 90_000 } : d))
  expect(surprise(spoilt, { weekday: 2, rows: 400 }, 7)?.z ?? 0).toBeLessThan(-6)
})

test('rare things scatter by themselves; too little history, and days that bring nothing, say nothing', () => {
  const rare = month.map(d => ({ ...d, rows: d.rows > 500 ? 4 : 3 }))
  expect(surprise(rare, { weekday: 1, rows: 1 }, 7)?.z ?? -9).toBeGreaterThan(-4)
  expect(surprise(month.slice(0, 6), { weekday: 1, rows: 1 }, 7)).toBeUndefined()
  expect(
    surprise(
      month.map(d => ({ ...d, rows: 0 })),
      { weekday: 1, rows: 99 },
      7,
    ),
  ).toBeUndefined()
})

const buckets = fc.dictionary(fc.stringMatching(/^[a-d]$/), fc.integer({ min: 400, max: 4000 }), {
  minKeys: 2,
})

test('the same distribution is no shift, another scale of numbers is a large one', () => {
  fc.assert(
    fc.property(buckets, fc.integer({ min: 1, max: 9 }), (some, times) => {
      const more = Object.fromEntries(Object.entries(some).map(([name, n]) => [name, n * times]))
      expect(shift(some, more, 500)).toBeLessThan(0.001)
    }),
  )
  const usual = { '5': 300, '6': 600, '7': 300 }
  const inFen = { '12': 300, '13': 600, '14': 300 }
  expect(shift(usual, inFen, 500)).toBeGreaterThan(1)
  expect(shift(usual, { '6': 20 }, 500)).toBeUndefined()
})

test('pooling adds buckets up', () => {
  expect(pooled([{ a: 1, b: 2 }, { b: 3 }])).toEqual({ a: 1, b: 5 })
})
