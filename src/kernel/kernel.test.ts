import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  attempt,
  daysBetween,
  daysOf,
  digest,
  FaultError,
  type Fen,
  fen,
  isPlainDate,
  localTime,
  momentOn,
  plainDate,
  uniform,
  yuan,
} from './index.ts'

test('a day that does not exist is not a day', () => {
  expect(
    ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', ''].filter(isPlainDate),
  ).toEqual([])
  expect(isPlainDate('2028-02-29')).toBe(true)
  expect(() => plainDate('2026-02-30')).toThrow('day.malformed')
})

test('a span has its first day and not its last', () => {
  expect(daysOf({ from: plainDate('2026-02-27'), to: plainDate('2026-03-01') })).toEqual([
    '2026-02-27',
    '2026-02-28',
  ])
})

test('adding days and counting them are inverse, over leap days and year ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000, max: 2_000 }), days => {
      const start = plainDate('2026-11-22')
      expect(daysBetween(start, addDays(start, days))).toBe(days)
    }),
  )
})

test('a month added to its last day stays a last day', () => {
  expect(addMonths(plainDate('2026-01-31'), 1)).toBe('2026-02-28')
})

test('money is whole fen or an error', () => {
  expect(() => fen(0.5)).toThrow(RangeError)
  expect(() => fen(2 ** 53)).toThrow(RangeError)
  expect([yuan(1230 as Fen), yuan(-5 as Fen)]).toEqual(['¥12.30', '-¥0.05'])
})

test('chance depends on nothing but its arguments and is even', () => {
  expect(uniform('salt', 'a')).toBe(uniform('salt', 'a'))
  expect(digest('ab', 'c')).not.toBe(digest('a', 'bc'))
  const share =
    Array.from({ length: 20_000 }, (_, i) => uniform('salt', String(i))).filter(u => u < 0.1).length / 20_000
  expect(Math.abs(share - 0.1)).toBeLessThan(0.01)
})

test('a fault becomes a value at the door; a bug goes on up', async () => {
  const fault = { code: 'x.y', en: 'e', zh: '中' }
  expect(await attempt(() => Promise.reject(new FaultError(fault)))).toEqual({ ok: false, fault })
  await expect(attempt(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
})

test("a moment and the time on the wall are inverse, in the carrier's zone", () => {
  const at = momentOn(plainDate('2026-10-29'), 10 * 60 + 30, 'Asia/Shanghai')
  expect(at.toISOString()).toBe('2026-10-29T02:30:00.000Z')
  expect(localTime(at, 'Asia/Shanghai')).toEqual({ day: '2026-10-29', minute: 630 })
  expect(localTime(new Date('2026-10-28T16:30:00Z'), 'Asia/Shanghai').day).toBe('2026-10-29')
})
