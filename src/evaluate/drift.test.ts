import { describe, expect, test } from 'vitest'
import { driftOf } from './index.ts'

const steady = Array.from({ length: 28 }, () => ({ count: 10_000, successes: 100 }))

describe('what a rule finds', () => {
  test('is as usual within three deviations of chance, and outside beyond them', () => {
    // 1 % of 10,000: a deviation of 9.95 people, limits at 100 ± 29.85.
    const drifts = [71, 129, 70, 130].map(successes => driftOf(steady, { count: 10_000, successes }))
    expect(drifts.map(d => d?.isOutside)).toEqual([false, false, true, true])
    expect(drifts[0]?.usual).toBeCloseTo(0.01, 12)
    expect(drifts[0]?.limits.low).toBeCloseTo(0.01 - 3 * Math.sqrt((0.01 * 0.99) / 10_000), 12)
  })

  test('may move as much as its own mornings do', () => {
    const lively = Array.from({ length: 28 }, (_, i) => ({
      count: 10_000,
      successes: i % 2 === 0 ? 50 : 150,
    }))
    expect(driftOf(lively, { count: 10_000, successes: 240 })?.isOutside).toBe(false)
    expect(driftOf(lively, { count: 10_000, successes: 260 })?.isOutside).toBe(true)
  })

  test('is judged by shares: a base that grew is no drift', () => {
    expect(driftOf(steady, { count: 20_000, successes: 200 })?.isOutside).toBe(false)
    expect(driftOf(steady, { count: 20_000, successes: 300 })?.isOutside).toBe(true)
  })

  test('is not judged by six mornings, by empty ones, or for nobody', () => {
    expect(driftOf(steady.slice(0, 6), { count: 10_000, successes: 100 })).toBeUndefined()
    const empty = Array.from({ length: 28 }, () => ({ count: 0, successes: 0 }))
    expect(driftOf(empty, { count: 10_000, successes: 100 })).toBeUndefined()
    expect(driftOf(steady, { count: 0, successes: 0 })).toBeUndefined()
  })

  test('of a rule that found nobody and still finds nobody is as usual', () => {
    const none = Array.from({ length: 28 }, () => ({ count: 10_000, successes: 0 }))
    expect(driftOf(none, { count: 10_000, successes: 0 })).toMatchObject({ usual: 0, isOutside: false })
    expect(driftOf(none, { count: 10_000, successes: 1 })?.isOutside).toBe(true)
  })
})
