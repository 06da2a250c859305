import { expect, test } from 'vitest'
import { bugForLog } from './bug-log.ts'

test.each([
  'invalid input syntax for type bigint: "13812345678"',
  'duplicate key value violates unique constraint, Key (number, name)=(13812345678, 张伟) already exists',
  "Conversion Error: Could not convert string '13812345678' to INT32",
  'no such customer: 张伟 13812345678',
])('a bug is logged without the values that its message quotes: %s', message => {
  const logged = JSON.stringify(bugForLog(new TypeError(message)))
  expect(logged).not.toMatch(/13812345678|张伟/)
  expect(logged).toContain('TypeError')
  expect(logged).toContain('bug-log.test.ts')
})
