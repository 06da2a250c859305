import { expect, test } from 'vitest'
import { rowAfter } from './row-keys.ts'

test('arrows lead to the neighbours and stop at both ends', () => {
  expect([rowAfter('ArrowDown', 0, 3), rowAfter('ArrowDown', 2, 3)]).toEqual([1, 2])
  expect([rowAfter('ArrowUp', 2, 3), rowAfter('ArrowUp', 0, 3)]).toEqual([1, 0])
  expect([rowAfter('Home', 2, 3), rowAfter('End', 0, 3)]).toEqual([0, 2])
})

test('other keys are left to the browser', () => {
  expect(['Tab', 'a', 'Enter', ' '].map(key => rowAfter(key, 1, 3))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
