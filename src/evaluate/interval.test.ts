import { describe, expect, test } from 'vitest'
import { compared, newcombe, wilson } from './index.ts'
import { needed } from './interval.ts'

describe('published examples', () => {
  // Newcombe 1998, table II: the eight contrasts of method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1.0],
    [10, 10, 0, 10, 0.6075, 1.0],
  ])('%i/%i against %i/%i gives the printed limits', (a, m, b, n, low, high) => {
    const interval = newcombe({ count: m, successes: a }, { count: n, successes: b })
    expect(interval.low).toBeCloseTo(low, 3)
    expect(interval.high).toBeCloseTo(high, 3)
  })

  // Newcombe 1998 (single proportion), table I, Wilson's score without continuity correction.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i gives the printed limits', (successes, count, low, high) => {
    const interval = wilson({ count, successes })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })
})

/** A small seeded generator (mulberry32): the simulation is the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function draw(random: () => number, count: number, share: number): { count: number; successes: number } {
  let successes = 0
  for (let i = 0; i < count; i++) if (random() < share) successes += 1
  return { count, successes }
}

describe('coverage', () => {
  const trials = 3000
  // A control group of a tenth, rare and common successes, effects of 0, +2 and −2 points.
  test.each([
    [900, 100, 0.3, 0.3],
    [900, 100, 0.32, 0.3],
    [900, 100, 0.28, 0.3],
    [900, 100, 0.05, 0.03],
    [300, 40, 0.92, 0.94],
    [60, 30, 0.5, 0.5],
  ])('of %i against %i, at %d and %d, the truth lies inside as often as promised', (m, n, a, b) => {
    const random = seeded(20261122)
    let inside = 0
    for (let i = 0; i < trials; i++) {
      const { low, high } = newcombe(draw(random, m, a), draw(random, n, b))
      if (low <= a - b && a - b <= high) inside += 1
    }
    // 95 % promised; four standard errors of 3,000 trials are 1.6 points, and the method errs to the safe side.
    expect(inside / trials).toBeGreaterThan(0.934)
    expect(inside / trials).toBeLessThan(0.985)
  })

  test('an interval made a quarter narrower is found out', () => {
    const random = seeded(20261122)
    let inside = 0
    for (let i = 0; i < trials; i++) {
      const [treated, control] = [draw(random, 900, 0.3), draw(random, 100, 0.3)]
      const { low, high } = newcombe(treated, control)
      const difference = treated.successes / 900 - control.successes / 100
      const narrowed = (limit: number) => difference + 0.75 * (limit - difference)
      if (narrowed(low) <= 0 && 0 <= narrowed(high)) inside += 1
    }
    expect(inside / trials).toBeLessThan(0.934)
  })
})

describe('a verdict', () => {
  const of = (count: number, successes: number) => ({ count, successes })

  test('is better or worse only when the interval leaves zero out', () => {
    expect(compared(of(900, 360), of(100, 25)).verdict).toBe('better')
    expect(compared(of(900, 200), of(100, 45)).verdict).toBe('worse')
    expect(compared(of(900, 300), of(100, 30)).verdict).toBe('unclear')
  })

  test('is "too little" with few people, whatever they did, and says how many it would take', () => {
    const few = compared(of(300, 300), of(29, 0))
    expect(few.verdict).toBe('too-little')
    expect(few.needed?.control).toBeGreaterThan(29)
    expect(compared(of(0, 0), of(0, 0))).toMatchObject({ verdict: 'too-little', differencePoints: undefined })
  })

  test('what it would take is enough: 8 of 10 trials of that size see the difference', () => {
    const size = needed(of(900, 270), of(100, 30), 5)
    expect(size.treated / size.control).toBeCloseTo(9, 1)
    const random = seeded(7)
    let seen = 0
    for (let i = 0; i < 500; i++) {
      const verdict = compared(draw(random, size.treated, 0.325), draw(random, size.control, 0.275)).verdict
      if (verdict === 'better') seen += 1
    }
    expect(seen / 500).toBeGreaterThan(0.74)
    expect(seen / 500).toBeLessThan(0.87)
  })
})
