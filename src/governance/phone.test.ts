import { expect, test } from 'vitest'
import { plainPhone } from './phone.ts'

test('a number is kept as its digits, however it is written', () => {
  for (const written of ['13800138000', '+86 138-0013-8000', '0086 13800138000', ' 138 0013 8000 '])
    expect(plainPhone(written)).toBe('13800138000')
  expect(plainPhone('010-8888 6666')).toBe('01088886666')
  expect(plainPhone('+44 20 7946 0000')).toBe('442079460000')
})

test('what is no number is none', () => {
  for (const written of ['', '1380', '138****8000', 'none', '=1+1', '1'.repeat(21)])
    expect(plainPhone(written)).toBeUndefined()
})
