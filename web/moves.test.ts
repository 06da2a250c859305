import { expect, test } from 'vitest'
import { moveState, nextStep, refusalsOf } from './moves.ts'

const taken = { zh: '已被 Li 领取', en: 'already taken by Li' }

test('a move is allowed, refused with its reason, or not spoken of', () => {
  const moves = [
    { move: 'outcome' as const, allowed: true, reason: null },
    { move: 'claim' as const, allowed: false, reason: taken },
    { move: 'drop' as const, allowed: false, reason: null },
  ]
  expect(moveState(moves, 'outcome')).toBe('allowed')
  expect(moveState(moves, 'claim')).toEqual({ refused: taken })
  expect(moveState(moves, 'send')).toBe('absent')
})

test('a refused move never stays without a reason on the button', () => {
  expect(moveState([{ move: 'drop', allowed: false, reason: null }], 'drop')).toMatchObject({
    refused: { zh: expect.stringMatching(/./), en: expect.stringMatching(/./) },
  })
})

test('reasons are told once, however many buttons share them', () => {
  const moves = [
    { move: 'claim' as const, allowed: false, reason: taken },
    { move: 'drop' as const, allowed: false, reason: { ...taken } },
    { move: 'send' as const, allowed: true, reason: null },
  ]
  expect(refusalsOf(moves, ['claim', 'send', 'drop'])).toEqual([taken])
})

test('after the outcome comes a reason for leaving where it may be said, else the confirmation', () => {
  const outcome = (leavingReason: 'never' | 'may' | 'must') => ({
    code: 'x',
    title: taken,
    means: null,
    reached: true,
    leavingReason,
  })
  expect(nextStep(undefined)).toBe('choose-outcome')
  expect(nextStep(outcome('never'))).toBe('confirm')
  expect(nextStep(outcome('may'))).toBe('choose-reason')
  expect(nextStep(outcome('must'))).toBe('choose-reason')
})
